import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policyPackArguments } from "../sandbox/policy-pack-arguments.ts";
import { openWorkspace, type Workspace } from "../sandbox/workspace.ts";
import { environmentOf } from "./environment-of.ts";
import { type BenchResult, benchResult } from "./result.ts";

/** What the gate costs: a preview with both policy packs beside one without. */
export async function measure(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "w365-bench-"));
  const workspace = await openWorkspace({ folder, log: console.error, persistent: false });
  try {
    await workspace.prepareStack("example");
    await workspace.prepareStack("ten", { "windows365-network:environment": environmentOf(10) });
    return [
      await withPacks(workspace, "example", "the example", 1.5),
      await withPacks(workspace, "ten", "10 regions", 1.15),
    ];
  } finally {
    await workspace.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withPacks(workspace: Workspace, stack: string, what: string, goal: number): Promise<BenchResult> {
  const preview = async (more: readonly string[]) => {
    const start = performance.now();
    const { exitCode, output } = await workspace.pulumi(["preview", "--stack", stack, "--non-interactive", ...more]);
    if (exitCode !== 0) throw new Error(output);
    return (performance.now() - start) / 1000;
  };
  const packs = policyPackArguments();
  // The first runs fill the compile cache.
  for (const warmUp of [packs, []]) await preview(warmUp);
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < 3; round++) pairs.push([await preview(packs), await preview([])]);
  const about = { name: `packs-${stack}`, what: `pulumi preview of ${what} with both packs / without`, goal };
  return { ...benchResult(about, pairs), details: seconds(pairs) };
}

/** Absolute figures of the first pair, for people. */
function seconds(pairs: readonly (readonly [number, number])[]): string {
  return (pairs[0] ?? []).map((value) => `${value.toFixed(1)} s`).join(" / ");
}
