import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openWorkspace } from "../sandbox/workspace.ts";
import { environmentOf } from "./environment-of.ts";
import { type BenchResult, benchResult } from "./result.ts";

const root = resolve(import.meta.dirname, "../..");
const module = (path: string) => pathToFileURL(join(root, path)).href;

/**
 * What the program costs: until it registers its first resource, beside a program that only imports the same SDKs; and how
 * its time grows with the number of regions, evaluated without an engine and previewed with it.
 */
export async function measure(): Promise<BenchResult[]> {
  return [firstRegistration(), growth(10, 30), growth(1, 10), await previewGrowth()];
}

function firstRegistration(): BenchResult {
  const about = {
    name: "first-registration",
    what: "start to the first registration of the example / the same of a program with one resource that imports the same SDKs",
    goal: 1.5,
  };
  const ours = untilFirst(`
    pulumi.runtime.setAllConfig({ "windows365-network:environment": ${JSON.stringify(JSON.stringify(environmentOf(1)))} });
    const { default: program } = await import("${module("stacks/main.js")}");
    await program();
  `);
  const reference = untilFirst(`
    const { resources } = await import("@pulumi/azure-native");
    await import("@pulumi/azuread");
    new resources.ResourceGroup("only");
  `);
  for (const warmUp of [ours, reference]) milliseconds(warmUp);
  const pairs = Array.from({ length: 7 }, () => [milliseconds(ours), milliseconds(reference)] as const);
  return benchResult(about, pairs);
}

/** Milliseconds from the start of the process until a program registers something. */
function untilFirst(body: string): string {
  return `
    const pulumi = await import("@pulumi/pulumi");
    let first = true;
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => {
        if (first) process.stdout.write(String(performance.now()));
        first = false;
        return { id: name, state: inputs };
      },
      call: () => ({ subscriptionId: "s", objectId: "o", outputs: {} }),
    }, "windows365-network", "bench", true, "organization");
    ${body}
    await pulumi.runtime.disconnect();
  `;
}

/** Time per resource at the larger number of regions over that at the smaller; 1 is linear. */
function growth(small: number, large: number): BenchResult {
  const about = {
    name: `regions-${small}-to-${large}`,
    what: `evaluating ${large} regions / evaluating ${small} regions, each divided by its resources`,
    goal: 1.3,
  };
  const runs = Array.from({ length: 5 }, () => [evaluated(large), evaluated(small)] as const);
  const [last] = runs.slice(-1);
  const details = last?.map(({ resources, seconds }) => `${resources} resources in ${seconds.toFixed(1)} s`).join("; ");
  const perResource = ({ resources, seconds }: Evaluated) => seconds / resources;
  return {
    ...benchResult(
      about,
      runs.map(([a, b]) => [perResource(a), perResource(b)] as const),
    ),
    ...(details !== undefined && { details }),
  };
}

interface Evaluated {
  readonly resources: number;
  readonly seconds: number;
}

/** Evaluates an environment without an engine, in a process of its own; the first evaluation warms it up. */
function evaluated(regions: number): Evaluated {
  const program = `
    const { registeredResources } = await import("${module("stacks/registered-resources.ts")}");
    const { parseEnvironment } = await import("${module("config/parse-environment.ts")}");
    const evaluate = async (environment) => {
      const parsed = parseEnvironment(environment, { stackName: "bench", configKeys: [], secretsRequired: false });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      return registeredResources({ environment: parsed.environment, environmentDigest: "", layer: { layer: "all" } }, "bench");
    };
    await evaluate(${JSON.stringify(environmentOf(1))});
    const start = performance.now();
    const { length } = await evaluate(${JSON.stringify(environmentOf(regions))});
    process.stdout.write(JSON.stringify({ resources: length, seconds: (performance.now() - start) / 1000 }));
  `;
  return JSON.parse(run(program));
}

/** The real engine's preview of 10 regions beside that of 1, per resource; starting it costs the same for both. */
async function previewGrowth(): Promise<BenchResult> {
  const about = {
    name: "preview-1-to-10",
    what: "pulumi preview of 10 regions / of 1 region, each divided by its resources",
    goal: 1,
  };
  const folder = mkdtempSync(join(tmpdir(), "w365-bench-"));
  const workspace = await openWorkspace({ folder, log: console.error, persistent: false });
  try {
    const preview = async (regions: number): Promise<Evaluated> => {
      const stack = `regions-${regions}`;
      await workspace.prepareStack(stack, { "windows365-network:environment": environmentOf(regions) });
      const start = performance.now();
      const { exitCode, output } = await workspace.pulumi(["preview", "--stack", stack, "--non-interactive"]);
      if (exitCode !== 0) throw new Error(output);
      const resources = Number(/\+ (\d+) to create/.exec(output)?.[1]);
      return { resources, seconds: (performance.now() - start) / 1000 };
    };
    await preview(1);
    const runs = [];
    for (let round = 0; round < 3; round++) runs.push([await preview(10), await preview(1)] as const);
    const details = runs[0]
      ?.map(({ resources, seconds }) => `${resources} resources in ${seconds.toFixed(1)} s`)
      .join("; ");
    const pairs = runs.map(([a, b]) => [a.seconds / a.resources, b.seconds / b.resources] as const);
    return { ...benchResult(about, pairs), ...(details !== undefined && { details }) };
  } finally {
    await workspace.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function milliseconds(program: string): number {
  return Number(run(program));
}

function run(program: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" });
}
