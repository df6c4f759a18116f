import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { InputError } from "../../cli/input-error.ts";
import { readYamlFile } from "../../config/yaml-file.ts";
import type { Scenario } from "../../sandbox/scenario.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { ensureCli, type PulumiCli } from "../pulumi/ensure-cli.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { missingSecrets, type StackFile, stackFile } from "./stack-file.ts";

/** How a workspace is opened. */
export interface WorkspaceOptions {
  /** Folder of the workspace: project, state, configuration and the make-believe Azure. */
  readonly folder: string;
  /** Told what takes time, one line a step. */
  readonly log: (line: string) => void;
  /** Folder of the program. @default - this project */
  readonly programRoot?: string;
  /** What goes wrong in the sandbox. @default - nothing */
  readonly scenario?: Scenario;
  /** Sandbox seconds per Azure second. @default - the sandbox's own */
  readonly timeScale?: number;
  /** Keep the make-believe Azure in the folder, for a later process. @default true */
  readonly persistent?: boolean;
}

/** How the CLI ended, and what it printed if that was kept. */
export interface PulumiRun {
  readonly exitCode: number;
  /** stdout and stderr in the order they came; empty if they went to the terminal. */
  readonly output: string;
}

/** How a command of the CLI is run. */
export interface PulumiRunOptions {
  /** Whether the output goes to this process's terminal or is kept. @default "keep" */
  readonly output?: "terminal" | "keep";
  /** Written to its standard input, for values that must not be on a command line. @default - nothing */
  readonly input?: string;
  /** Told of the process, so that a test can kill it. */
  readonly onSpawn?: (child: ChildProcess) => void;
  /** Variables added to the environment. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real Pulumi CLI, in a project of its own, attached to a sandbox. */
export interface Workspace {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly cli: PulumiCli;
  /** Runs the CLI in the project. */
  pulumi(args: readonly string[], options?: PulumiRunOptions): Promise<PulumiRun>;
  /**
   * Makes a stack ready: its configuration, from `config/stacks` or as given, a backend entry, and a random value for
   * each secret that the configuration names and nobody has set, unless `secrets` is false.
   */
  prepareStack(
    stack: string,
    config?: Readonly<Record<string, unknown>>,
    options?: { readonly secrets?: boolean },
  ): Promise<void>;
  /** Where the configuration of a stack is. */
  configFile(stack: string): string;
  close(): Promise<void>;
}

/** The project's own folder. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Opens a workspace. The project's files are not touched: the stack configuration is a copy, and the program and its
 * packages are reached by links, because the engine wants both below its project.
 */
export async function openWorkspace({
  folder,
  log,
  programRoot = projectRoot,
  scenario,
  timeScale,
  persistent = true,
}: WorkspaceOptions): Promise<Workspace> {
  const cli = await ensureCli({ log });
  for (const name of ["state", "home", "config"]) mkdirSync(join(folder, name), { recursive: true });
  writeProject(folder, programRoot);
  const sandbox = await startSandbox({
    ...(persistent && { statePath: join(folder, "azure.json") }),
    ...(scenario && { scenario }),
    ...(timeScale !== undefined && { timeScale }),
  });
  const env = {
    ...engineEnvironment(folder, sandbox.debugProviders, { ...process.env, ...cli.env }),
    WINDOWS365_GRAPH_ENDPOINT: sandbox.graph.endpoint,
    WINDOWS365_GRAPH_TOKEN: sandbox.graph.delegatedToken(),
  };
  const configFile = (stack: string) => join(folder, "config", `Pulumi.${stack}.yaml`);
  const pulumi = (args: readonly string[], options: PulumiRunOptions = {}) => run(cli, folder, env, args, options);

  return {
    folder,
    sandbox,
    cli,
    pulumi,
    configFile,
    prepareStack: async (stack, config, { secrets = true } = {}) => {
      const source = join(programRoot, "config", "stacks", `Pulumi.${stack}.yaml`);
      const file = stackFile(config ? { config } : readYaml(source), readYaml(configFile(stack)));
      writeFileSync(configFile(stack), stringify(file));
      await succeed(pulumi(["stack", "select", "--create", stack, "--non-interactive"]));
      for (const key of secrets ? missingSecrets(file) : []) {
        const value = crypto.randomUUID().replaceAll("-", "");
        await succeed(pulumi(["config", "set", "--secret", key, "--stack", stack], { input: value }));
      }
    },
    close: async () => {
      await sandbox.stop();
    },
  };
}

/** The project's own `Pulumi.yaml`, with its configuration in the workspace, and its program and its provider behind links. */
function writeProject(folder: string, programRoot: string): void {
  const project = readYaml(join(programRoot, "Pulumi.yaml"));
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, stackConfigDir: "config" }));
  for (const name of ["stacks", "provider", "node_modules"]) {
    rmSync(join(folder, name), { force: true });
    symlinkSync(join(programRoot, name), join(folder, name), "junction");
  }
}

/** A YAML file as a mapping; an absent one is empty. Throws an InputError that names the file and the line. */
function readYaml(file: string): StackFile {
  if (!existsSync(file)) return {};
  const read = readYamlFile(file);
  if (!read.ok) throw new InputError(`"${file}" cannot be read: ${read.message}`);
  if (typeof read.value === "object" && read.value !== null && !Array.isArray(read.value)) return read.value;
  throw new InputError(`"${file}" must be a mapping that begins with "config:"`);
}

async function succeed(running: Promise<PulumiRun>): Promise<void> {
  const { exitCode, output } = await running;
  if (exitCode !== 0) throw new Error(`pulumi ended with exit code ${exitCode}:\n${output}`);
}

function run(
  cli: PulumiCli,
  folder: string,
  env: Record<string, string>,
  args: readonly string[],
  { output = "keep", input, onSpawn, env: added }: PulumiRunOptions,
): Promise<PulumiRun> {
  const terminal = output === "terminal";
  const child = spawn(cli.pulumi, args, {
    cwd: folder,
    env: { ...env, ...added },
    stdio: [input === undefined ? "ignore" : "pipe", terminal ? "inherit" : "pipe", terminal ? "inherit" : "pipe"],
  });
  onSpawn?.(child);
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  }
  if (input !== undefined) child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ exitCode: code ?? (signal ? 128 : 0), output: chunks.join("") }));
  });
}
