import { readFileSync } from "node:fs";
import type { ArmFile } from "../../readers/arm/read-arm.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import type { EstateReading } from "../../readers/estate-from-arm.ts";
import { renderProblem } from "../../readers/problem.ts";

/** A file of `fixtures/`, under its own name. */
export function fixture(name: string): ArmFile {
  return { name, text: readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8") };
}

/** The reading of files that must be readable. */
export function readGood(...files: readonly ArmFile[]): EstateReading {
  const reading = readArmInput(files);
  if (!reading.ok) throw new Error(reading.problems.map(renderProblem).join("\n"));
  return reading;
}

/** The reading of one document given as data. */
export function readData(data: unknown, name = "input.json"): EstateReading {
  return readGood({ name, text: JSON.stringify(data) });
}

/** A template around resources. */
export function template(resources: unknown, rest: object = {}): object {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    ...rest,
    resources,
  };
}

/** A copy without the places, which differ between the forms of an input. */
export function withoutPlaces<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key: string, item: unknown) => (key === "place" ? undefined : item)));
}

/** The problems of files that must be refused, as they are printed. */
export function problemsOf(...files: readonly ArmFile[]): readonly string[] {
  const reading = readArmInput(files);
  return reading.ok ? [] : reading.problems.map(renderProblem);
}
