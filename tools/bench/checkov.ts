import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BenchResult, benchResult } from "./result.ts";

const root = resolve(import.meta.dirname, "../..");
const runs = 5;

/** Where Checkov is, if it is not on PATH (`pip install checkov`). */
const checkov = process.env.CHECKOV ?? "checkov";

/**
 * `w365 check --arm` beside Checkov on the same file, from start to end and in turns. Nothing is measured where Checkov is not
 * installed, which is said on standard error.
 */
export async function measure(): Promise<BenchResult[]> {
  const { status, stdout } = spawnSync(checkov, ["--version"], { encoding: "utf8" });
  if (status !== 0) {
    console.error(
      "  Checkov is not installed (pip install checkov, or name it by CHECKOV), so it is not compared with",
    );
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "w365-bench-"));
  try {
    return [compare(templateIn(folder), folder, stdout.trim())];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The hub and spoke of the tests as a template, the only form of ARM that Checkov reads. */
function templateIn(folder: string): string {
  const { value }: { readonly value: readonly object[] } = JSON.parse(
    readFileSync(join(root, "test/cli/fixtures/hub-and-spoke.json"), "utf8"),
  );
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: value.map((resource) => ({ apiVersion: "2024-05-01", ...resource })),
  };
  const file = join(folder, "template.json");
  writeFileSync(file, JSON.stringify(template, null, 2));
  return file;
}

function compare(file: string, folder: string, version: string): BenchResult {
  const own = [process.execPath, "cli/w365.js", "check", "--arm", file, "--subnet", "snet-cloudpc", "--format", "json"];
  // Without downloading its latest policies, which would be a measure of the network.
  const other = [checkov, "--file", file, "--framework", "arm", "--skip-download", "--quiet", "--output", "json"];
  for (const command of [own, other]) seconds(command, folder);
  const pairs = Array.from({ length: runs }, () => [seconds(own, folder), seconds(other, folder)] as const);
  const what = `w365 check --arm FILE / Checkov ${version} on the same file, start to end`;
  const result = benchResult({ name: "check-checkov", what, goal: 0.333 }, pairs);
  const means = ([0, 1] as const).map((side) => pairs.reduce((sum, pair) => sum + pair[side], 0) / runs);
  const [mine, theirs] = means.map((mean) => mean.toFixed(2));
  return { ...result, details: `${mine} s and ${theirs} s on average` };
}

/** Both end with 1 where they find something. */
function seconds([program = "", ...args]: readonly string[], folder: string): number {
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    // The command keeps its compile cache in the folder for temporary files.
    env: { ...process.env, TMPDIR: folder, TEMP: folder },
  });
  const passed = (performance.now() - start) / 1000;
  if ((status !== 0 && status !== 1) || !/^\s*[[{]/.test(stdout)) {
    throw new Error(`${program} ${args.join(" ")} ended with ${status} and no report: ${stderr}`);
  }
  return passed;
}
