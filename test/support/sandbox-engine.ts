import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../sandbox/start-sandbox.ts";
import { ensureCli } from "../../tools/pulumi/ensure-cli.ts";

/** A Pulumi project of one file in a folder of its own, run by the real engine against a sandbox. */
export interface SandboxProject {
  readonly folder: string;
  /** Replaces the program. */
  setProgram(source: string): void;
  /** Runs the CLI to its end. */
  pulumi(...args: readonly string[]): Promise<EngineRun>;
  /** Starts the CLI and does not wait, for tests that kill it. */
  start(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<EngineRun> };
  /** Removes the folder. */
  remove(): void;
}

/** How a run of the CLI ended; `output` is stdout and stderr as they came. */
export interface EngineRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Makes a project with a stack `dev` that is deployed into this sandbox. The program is an ES module of TypeScript. */
export async function createSandboxProject(sandbox: Sandbox, source: string): Promise<SandboxProject> {
  const cli = await ensureCli({ log: (line) => console.error(line) });
  const folder = mkdtempSync(join(tmpdir(), "sandbox-project-"));
  symlinkSync(join(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: sandbox-test\nruntime: { name: nodejs, options: { typescript: false } }\nmain: program.ts\n",
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  mkdirSync(join(folder, "backend"));
  const env = {
    ...process.env,
    ...cli.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_DEBUG_PROVIDERS: sandbox.debugProviders,
    NODE_COMPILE_CACHE: join(tmpdir(), "sandbox-project-compile-cache"),
    CI: "1",
  };
  const setProgram = (text: string): void => writeFileSync(join(folder, "program.ts"), text);
  const start: SandboxProject["start"] = (...args) => run(cli.pulumi, [...args, "--non-interactive"], folder, env);
  const project: SandboxProject = {
    folder,
    setProgram,
    start,
    pulumi: (...args) => start(...args).ended,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  setProgram(source);
  const { exitCode, output } = await project.pulumi("stack", "init", "dev");
  if (exitCode !== 0) throw new Error(`could not make a stack: ${output}`);
  return project;
}

function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): ReturnType<SandboxProject["start"]> {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data) => {
    output += String(data);
  });
  child.stderr.on("data", (data) => {
    output += String(data);
  });
  const ended = new Promise<EngineRun>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
  return { child, ended };
}
