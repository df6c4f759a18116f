import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { environmentOf } from "./environment-of.ts";
import { type BenchResult, benchResult } from "./result.ts";

const root = resolve(import.meta.dirname, "../..");
const module = (path: string) => pathToFileURL(join(root, path)).href;

/** What `w365 check --stack` costs beside the program that it evaluates, and how its time grows with the number of regions. */
export async function measure(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "w365-bench-"));
  try {
    return [example(folder), growth(folder)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const registering = `
  const { loadStackFile } = await import("${module("config/load-file.ts")}");
  const { registeredResources } = await import("${module("stacks/registered-resources.ts")}");
  const loaded = loadStackFile("config/stacks/Pulumi.example.yaml");
  await registeredResources(loaded.settings, "example");
`;

function example(folder: string): BenchResult {
  const check = ["cli/w365.js", "check", "--stack", "example", "--format", "json"];
  const reference = ["--input-type=module", "-e", registering];
  for (const args of [check, reference]) seconds(args, folder);
  const pairs = Array.from({ length: 7 }, () => [seconds(check, folder), seconds(reference, folder)] as const);
  const what = "w365 check --stack example / importing the SDKs and registering the same resources, start to end";
  return benchResult({ name: "check-stack", what, goal: 1.3 }, pairs);
}

function seconds(args: readonly string[], folder: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    // The command keeps its compile cache in the folder for temporary files; both have the use of it.
    env: { ...process.env, TMPDIR: folder, TEMP: folder, NODE_COMPILE_CACHE: join(folder, "cache") },
  });
  const passed = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`node ${args.slice(0, 4).join(" ")} ended with ${status}: ${stderr}`);
  return passed;
}

function growth(folder: string): BenchResult {
  for (const regions of [10, 100]) {
    const config = { "windows365-network:environment": environmentOf(regions) };
    writeFileSync(join(folder, `Pulumi.regions${regions}.yaml`), JSON.stringify({ config }));
  }
  // Once: a hundred regions are two hundred subnets, each asked about every endpoint, which takes minutes.
  const pairs = [[checked(100, folder), checked(10, folder)] as const];
  const what = "w365 check of 100 regions / of 10 regions, without starting";
  const details = pairs.map(([large, small]) => `${large.toFixed(1)} s and ${small.toFixed(1)} s`).join("; ");
  return { ...benchResult({ name: "check-regions-10-to-100", what, goal: 11 }, pairs), details };
}

/** Seconds that evaluating the program and asking every rule take, in a process of its own. */
function checked(regions: number, folder: string): number {
  const script = `
    const { loadStack } = await import("${module("cli/input/load-stack.ts")}");
    const { catalogueReferenceData } = await import("${module("catalogue/reference-data.ts")}");
    const { networkOf } = await import("${module("model/topology/network.ts")}");
    const { chooseSubnets } = await import("${module("policy-packs/choose-subnets.ts")}");
    const { allRules } = await import("${module("policy-packs/all-rules.ts")}");
    const { runRules } = await import("${module("policy-packs/run-rules.ts")}");
    const start = performance.now();
    const problems = [];
    const input = await loadStack("regions${regions}", problems, ${JSON.stringify(folder)});
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const { directories } = input;
    const network = networkOf(input.estate, { ...catalogueReferenceData(), attestations: [], directories });
    const chosen = chooseSubnets(network, input, undefined);
    if (!chosen.ok) throw new Error(chosen.message);
    const { findings } = runRules(allRules, { network, cloudPcSubnets: chosen.value, resources: input.resources });
    if (findings.length > 0) throw new Error(findings[0].message);
    process.stdout.write(String((performance.now() - start) / 1000));
  `;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" }));
}
