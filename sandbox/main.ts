import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readScenario } from "./read-scenario.ts";
import { startSandbox } from "./start-sandbox.ts";

const usage = `A sandbox: a make-believe Azure on this machine, that the Pulumi engine deploys to. Nothing of it is real.

node sandbox/main.ts [options]
  --state FILE         keep what is built in FILE, and go on from there
  --scenario FILE      what goes wrong, as JSON (sandbox/scenario.ts)
  --export FILE        at the end, write what was built as an ARM template
  --time-scale NUMBER  sandbox seconds per second of Azure (default 0.0001)
  --help               this text`;

/** Runs the sandbox until it is told to stop. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (typeof options === "string") {
    console.error(`sandbox: ${options}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const sandbox = await startSandbox({
    ...(options.state !== undefined && { statePath: options.state }),
    ...(options.scenario !== undefined && { scenario: readScenario(readFileSync(options.scenario, "utf8")) }),
    ...(options.timeScale !== undefined && { timeScale: options.timeScale }),
    log: (line) => console.log(line),
  });
  // A second signal ends the process at once.
  const told = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  console.log(
    `This is a sandbox, not Azure: ${sandbox.azure.count()} make-believe resources. Set this for the Pulumi CLI, and press Ctrl+C to end:`,
  );
  console.log(`PULUMI_DEBUG_PROVIDERS=${sandbox.debugProviders}`);
  console.log(`WINDOWS365_GRAPH_ENDPOINT=${sandbox.graph.endpoint}`);
  console.log(`WINDOWS365_GRAPH_TOKEN=${sandbox.graph.delegatedToken()}`);
  await told;
  await sandbox.stop();
  if (options.export !== undefined) {
    writeFileSync(options.export, `${JSON.stringify(sandbox.azure.exportTemplate(), null, 2)}\n`);
    console.log(`sandbox: wrote what was built to ${options.export}`);
  }
  return 0;
}

interface MainOptions {
  readonly help: boolean;
  readonly state?: string;
  readonly scenario?: string;
  readonly export?: string;
  readonly timeScale?: number;
}

/** The options, or what is wrong with them. */
function readArguments(args: readonly string[]): MainOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", default: false },
        state: { type: "string" },
        scenario: { type: "string" },
        export: { type: "string" },
        "time-scale": { type: "string" },
      },
    });
    const { "time-scale": scaleText, ...rest } = values;
    if (rest.scenario !== undefined && !existsSync(rest.scenario))
      return `there is no scenario file "${rest.scenario}"`;
    if (scaleText === undefined) return rest;
    const timeScale = Number(scaleText);
    return scaleText !== "" && timeScale >= 0
      ? { ...rest, timeScale }
      : `--time-scale is "${scaleText}"; expected a number from 0 on`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(`sandbox: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
