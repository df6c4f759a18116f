import { spawn } from "node:child_process";
import { join } from "node:path";
import { Option } from "commander";
import { z } from "zod";
import { runTool, tool } from "./command-line.ts";
import { builtTable } from "./sandbox/built-table.ts";
import { withKeptWorkspace } from "./sandbox/kept-workspace.ts";
import { plantMistake } from "./sandbox/planted-mistake.ts";
import { policyPackArguments } from "./sandbox/policy-pack-arguments.ts";
import { withConnections } from "./sandbox/with-connections.ts";
import { projectRoot, type Workspace } from "./sandbox/workspace.ts";

/** Walks an example through its whole life. Returns the exit code. */
async function tryExample(workspace: Workspace, stack: string, keep: boolean): Promise<number> {
  const started = performance.now();
  const stopped = await showGate(workspace, stack);
  if (stopped !== 0) return stopped;
  await workspace.prepareStack(stack, withConnections(stack));
  for (const step of steps(stack)) {
    const failed = await runStep(workspace, step);
    if (failed !== 0) return failed;
  }
  const { azure } = workspace.sandbox;
  heading(`What was built in the sandbox (${azure.count()} resources, in Azure's words)`);
  console.log(builtTable(azure.resources()));
  const unhealthy = await showConnections(workspace, stack);
  if (unhealthy !== 0) return unhealthy;
  const exported = await exportState(workspace, stack);
  const removed = keep || exported !== 0 ? 0 : await destroyAll(workspace, stack);
  const failed = exported || removed || (await reportReadiness(workspace, stack));
  if (failed === 0) console.log(`\n${closing(started)}${keep ? keptAdvice(stack) : nextSteps}`);
  return failed;
}

/** One command of the CLI, and what it shows. */
interface Step {
  readonly title: string;
  readonly args: readonly string[];
}

function steps(stack: string): readonly Step[] {
  return [
    { title: "Preview, as it should be", args: ["preview", "--stack", stack, ...gated] },
    { title: "Deploy", args: ["up", "--yes", "--skip-preview", "--stack", stack, ...gated] },
    {
      title: "Deploy again: nothing may change",
      args: ["up", "--yes", "--skip-preview", "--expect-no-changes", "--stack", stack, ...gated],
    },
  ];
}

function destroy(stack: string): Step {
  return { title: "Destroy", args: ["destroy", "--yes", "--skip-preview", "--stack", stack, ...quiet] };
}

/** Outputs are long lists of ids; on a terminal the engine shows its own progress, elsewhere one line a resource. */
const quiet = ["--suppress-outputs", ...(process.stdout.isTTY ? [] : ["--non-interactive"])];

/** The packs judge every preview and deployment. */
const gated = [...quiet, ...policyPackArguments()];

/** Previews the example with one mistake in it, which the packs must stop. */
async function showGate(workspace: Workspace, stack: string): Promise<number> {
  const { description, config } = plantMistake(stack);
  heading("Preview with one mistake: the policy packs must stop it");
  console.log(`The mistake: ${description}.`);
  await workspace.prepareStack(stack, config);
  const args = ["preview", "--stack", stack, ...gated];
  console.log(`$ ${commandLine(args)}`);
  const { exitCode } = await workspace.pulumi(args, { output: "terminal" });
  if (exitCode === 0) {
    console.error("\nthe policy packs let the mistake through");
    return 1;
  }
  console.log(`\nStopped, as it should be: pulumi ended with exit code ${exitCode}, and nothing was made.`);
  return 0;
}

/** Lists the connections, each of which must be healthy. */
async function showConnections(workspace: Workspace, stack: string): Promise<number> {
  heading("The Azure network connections, and what their health checks say");
  const { exitCode, output } = await workspace.pulumi(["stack", "output", "connections", "--json", "--stack", stack]);
  if (exitCode !== 0) {
    console.error(output);
    return 1;
  }
  const connections = z.array(connectionOutput).min(1).parse(JSON.parse(output));
  for (const { region, pool, displayName, healthCheckStatus } of connections) {
    console.log(`${`${region}/${pool}`.padEnd(24)}${displayName.padEnd(40)}${healthCheckStatus}`);
  }
  return connections.every(({ healthCheckStatus }) => healthCheckStatus === "passed") ? 0 : 1;
}

const connectionOutput = z.object({
  region: z.string(),
  pool: z.string(),
  displayName: z.string(),
  healthCheckStatus: z.string(),
});

/** Keeps the state of the stack as it is deployed. */
async function exportState(workspace: Workspace, stack: string): Promise<number> {
  const { exitCode, output } = await workspace.pulumi([
    "stack",
    "export",
    "--stack",
    stack,
    "--file",
    stateFile(workspace, stack),
  ]);
  if (exitCode !== 0) console.error(output);
  return exitCode;
}

/** What `w365 check` says of the network that was deployed: on the terminal, and as a page with its picture. */
async function reportReadiness(workspace: Workspace, stack: string): Promise<number> {
  heading("Is what was deployed ready for Cloud PCs?");
  const state = stateFile(workspace, stack);
  const page = join(workspace.folder, `readiness-${stack}.html`);
  const text = await w365("check", "--state", state);
  if (text > 1) return text;
  console.log("");
  const html = await w365("check", "--state", state, "--format", "html", "--out", page);
  if (html <= 1) console.log(`The same as a page with a picture of the network: ${page}`);
  return Math.max(text, html);
}

function stateFile({ folder }: Workspace, stack: string): string {
  return join(folder, `state-${stack}.json`);
}

/** Runs `w365` in a process of its own, as people do. */
function w365(...args: readonly string[]): Promise<number> {
  console.log(`$ npm run w365 -- ${args.map(fromProject).join(" ")}`);
  const child = spawn(process.execPath, [join(projectRoot, "cli", "w365.js"), ...args], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** A command as a person would type it in the project's folder. */
function commandLine(args: readonly string[]): string {
  return `pulumi ${args.map(fromProject).join(" ")}`;
}

/** A path as it is seen from the project's folder; other arguments as they are. */
function fromProject(argument: string): string {
  return argument.startsWith(projectRoot) ? argument.slice(projectRoot.length) : argument;
}

async function runStep(workspace: Workspace, { title, args }: Step): Promise<number> {
  heading(title);
  console.log(`$ ${commandLine(args)}`);
  const { exitCode } = await workspace.pulumi(args, { output: "terminal" });
  if (exitCode !== 0) console.error(`\n${title}: pulumi ended with exit code ${exitCode}; what it printed is above`);
  return exitCode === 0 ? 0 : 1;
}

/** Destroys the stack, and makes sure that nothing is left. */
async function destroyAll(workspace: Workspace, stack: string): Promise<number> {
  const failed = await runStep(workspace, destroy(stack));
  const left = workspace.sandbox.azure.resources();
  if (failed !== 0 || left.length === 0) return failed;
  console.error(
    `\ndestroy left ${left.length} resources in the sandbox:\n${left.map(({ id }) => `  ${id}`).join("\n")}`,
  );
  return 1;
}

function closing(started: number): string {
  const seconds = Math.round((performance.now() - started) / 1000);
  return `Done in ${seconds} s: a mistake stopped; previewed, deployed, deployed again without a change; connections healthy, and ready.\n`;
}

function keptAdvice(stack: string): string {
  return [
    "It is still deployed in the sandbox; look at it, change it, destroy it:",
    `  npm run sandbox -- stack --stack ${stack}              what is deployed, as Pulumi sees it`,
    `  npm run sandbox -- stack output --stack ${stack}       the connections, and what they are on`,
    `  npm run sandbox -- up --stack ${stack}                 deploy again, after a change of config/stacks/Pulumi.${stack}.yaml`,
    `  npm run recover -- --sandbox --stack ${stack}          mend it, if a deployment was killed`,
    `  npm run sandbox -- destroy --yes --stack ${stack}      remove it`,
  ].join("\n");
}

const nextSteps = `Nothing is left in the sandbox. Where to go next:
  npm run try -- --stack minimal|hybrid   the other examples
  npm run try -- --keep                   leave it up and look around
  config/stacks/Pulumi.example.yaml       the page of configuration that was deployed; docs/configuration.md explains it
  README.md                               how to deploy to Azure`;

function heading(title: string): void {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 76 - title.length))}`);
}

const command = tool(
  "try",
  "Deploys an example with the real Pulumi CLI and both policy packs into a sandbox Azure on this machine: a preview that they stop,\npreview, up with healthy connections, up again, readiness report, destroy. Nothing leaves the machine and no login is needed.",
)
  .addOption(new Option("--stack <name>", "which example").choices(["example", "minimal", "hybrid"]).default("example"))
  .option("--keep", 'leave it deployed, to look at with "npm run sandbox"', false);

await runTool(command, async ({ stack, keep }) => {
  console.log(
    `Trying "${stack}": the real Pulumi engine, and a sandbox in the place of Azure. Nothing is deployed to Azure.`,
  );
  return withKeptWorkspace({ log: console.log, afresh: true }, (workspace) =>
    tryExample(workspace, String(stack), keep === true),
  );
});
