import { z } from "zod";
import type { Scenario } from "./scenario.ts";

const match = z.strictObject({
  method: z.enum(["GET", "PUT", "DELETE"]).exactOptional(),
  type: z.string().exactOptional(),
  idContains: z.string().exactOptional(),
  calls: z.union([z.array(z.int().min(1)), z.strictObject({ from: z.int().min(1) })]).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
});

const effect = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("refuse"),
    status: z.int().min(400).max(599),
    code: z.string(),
    message: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("failHalfway"), code: z.string(), message: z.string().exactOptional() }),
]);

const scenario = z.strictObject({
  seed: z.int().exactOptional(),
  faults: z.array(z.strictObject({ on: match, effect })).exactOptional(),
  quotas: z
    .array(z.strictObject({ type: z.string(), location: z.string().exactOptional(), limit: z.int().min(0) }))
    .exactOptional(),
  principalsUnseenFor: z.int().min(0).exactOptional(),
});

/** Reads a scenario from JSON. Throws with every problem and its path. */
export function readScenario(text: string): Scenario {
  const parsed = scenario.safeParse(jsonOf(text));
  if (!parsed.success) throw new Error(`the scenario is not valid\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`the scenario is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
