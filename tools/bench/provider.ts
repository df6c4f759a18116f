import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openWorkspace, projectRoot, type Workspace } from "../sandbox/workspace.ts";
import { type BenchResult, benchResult } from "./result.ts";

/** Enough that the engine's own start does not hide what a resource costs. */
const resources = 60;

/**
 * What the provider `windows365` adds for each resource: a deployment of user settings through it, every one a request to the
 * sandbox's Graph, beside the same deployment through a provider of the same types with nothing behind them.
 */
export async function measure(): Promise<BenchResult[]> {
  const about = {
    name: "provider",
    what: `pulumi up of ${resources} user settings through the provider windows365 / through a no-op provider`,
    goal: 1.2,
  };
  const noOp = pathToFileURL(join(projectRoot, "test/provider/support/no-op-provider.ts")).href;
  const [ours, reference] = [await open(), await open(noOp)];
  try {
    for (const { workspace } of [ours, reference]) await deploy(workspace);
    if (ours.workspace.sandbox.graph.requests.length < resources) throw new Error("the provider did not ask Graph");
    const pairs = [];
    for (let round = 0; round < 5; round++)
      pairs.push([await deploy(ours.workspace), await deploy(reference.workspace)] as const);
    const [mine = 0, theirs = 0] = pairs.at(-1) ?? [];
    const each = ((mine - theirs) / resources) * 1000;
    return [
      {
        ...benchResult(about, pairs),
        details: `${mine.toFixed(1)} s and ${theirs.toFixed(1)} s: ${each.toFixed(1)} ms a resource`,
      },
    ];
  } finally {
    for (const { close } of [ours, reference]) await close();
  }
}

/** A workspace whose program makes the resources; with the provider of the project, or another one. */
async function open(
  otherProvider?: string,
): Promise<{ readonly workspace: Workspace; readonly close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "w365-bench-"));
  const programRoot = join(folder, "program");
  mkdirSync(join(programRoot, "stacks"), { recursive: true });
  cpSync(join(projectRoot, "Pulumi.yaml"), join(programRoot, "Pulumi.yaml"));
  writeFileSync(join(programRoot, "package.json"), '{ "type": "module", "private": true }\n');
  writeFileSync(join(programRoot, "stacks/main.js"), program);
  symlinkSync(join(projectRoot, "node_modules"), join(programRoot, "node_modules"), "junction");
  if (otherProvider === undefined)
    symlinkSync(join(projectRoot, "provider"), join(programRoot, "provider"), "junction");
  else writeProvider(join(programRoot, "provider"), otherProvider);
  const workspace = await openWorkspace({ folder, programRoot, log: console.error, persistent: false, timeScale: 0 });
  const close = async () => {
    await workspace.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { workspace, close };
}

function writeProvider(folder: string, module: string): void {
  mkdirSync(folder);
  cpSync(join(projectRoot, "provider/PulumiPlugin.yaml"), join(folder, "PulumiPlugin.yaml"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true, "main": "index.js" }\n');
  writeFileSync(join(folder, "index.js"), `import ${JSON.stringify(module)};\n`);
}

const program = `
import { CloudPcUserSetting } from ${JSON.stringify(pathToFileURL(join(projectRoot, "provider/resources/cloud-pc-user-setting.ts")).href)};

export default async function () {
  for (let number = 0; number < ${resources}; number++) {
    new CloudPcUserSetting("setting-" + number, { displayName: "Setting " + number, resetEnabled: true });
  }
}
`;

/** Seconds of a deployment into an empty stack. */
async function deploy(workspace: Workspace): Promise<number> {
  await workspace.prepareStack("bench", {});
  const start = performance.now();
  await succeed(workspace, ["up", "--yes", "--skip-preview", "--stack", "bench", "--non-interactive"]);
  const seconds = (performance.now() - start) / 1000;
  await succeed(workspace, ["destroy", "--yes", "--skip-preview", "--stack", "bench", "--non-interactive"]);
  return seconds;
}

async function succeed({ pulumi }: Workspace, args: readonly string[]): Promise<void> {
  const { exitCode, output } = await pulumi(args);
  if (exitCode !== 0) throw new Error(output);
}
