import { type ArmFile, readArm } from "./arm/read-arm.ts";
import { type EstateReading, estateFromArm } from "./estate-from-arm.ts";
import type { Problem } from "./problem.ts";

/** The estate of all files together, or every problem that stands in the way. */
export type ArmInputReading =
  | ({ readonly ok: true } & EstateReading)
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads ARM JSON: templates, exports, answers of the REST API, the Azure CLI and Resource Graph, and Graph's connections. */
export function readArmInput(files: readonly ArmFile[]): ArmInputReading {
  const reading = readArm(files);
  if (!reading.ok) return reading;
  return { ok: true, ...estateFromArm(reading.resources, reading.connections, reading.notes) };
}
