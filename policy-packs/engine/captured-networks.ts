import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ArmResource } from "../../readers/arm/arm-resource.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import { renderProblem } from "../../readers/problem.ts";
import { readPulumiState } from "../../readers/pulumi-state.ts";

/** Networks that a program refers to but does not make, or why they cannot be read. */
export type CapturedNetworks =
  | { readonly ok: true; readonly resources: readonly ArmResource[] }
  | { readonly ok: false; readonly because: string };

/** No other networks. */
export const nothingCaptured: CapturedNetworks = { ok: true, resources: [] };

/**
 * Reads files about networks of others: exports of Azure, and states as `pulumi stack export` prints them, such as that of the hub's
 * stack.
 *
 * @param files - paths, absolute or from the folder of the pack, which is where the engine runs it
 */
export function readCapturedNetworks(files: readonly string[]): CapturedNetworks {
  const resources: ArmResource[] = [];
  for (const name of files) {
    const file = resolve(name);
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      return { ok: false, because: `"${file}" of "captured" cannot be read: ${String(error)}` };
    }
    const state = readPulumiState({ name: file, text });
    const reading = state.ok ? state : readArmInput([{ name: file, text }]);
    if (!reading.ok) return { ok: false, because: reading.problems.map(renderProblem).join("\n") };
    resources.push(...reading.resources);
  }
  return { ok: true, resources };
}
