import { Option } from "commander";
import { runTool, tool } from "./command-line.ts";
import { builtTable } from "./sandbox/built-table.ts";
import { withKeptWorkspace } from "./sandbox/kept-workspace.ts";
import type { Workspace } from "./sandbox/workspace.ts";

/** Walks an example through its whole life. Returns the exit code. */
async function tryExample(workspace: Workspace, stack: string, keep: boolean): Promise<number> {
  await workspace.prepareStack(stack);
  const started = performance.now();
  for (const step of steps(stack)) {
    const failed = await runStep(workspace, step);
    if (failed !== 0) return failed;
  }
  const { azure } = workspace.sandbox;
  heading(`What was built in the sandbox (${azure.count()} resources, in Azure's words)`);
  console.log(builtTable(azure.resources()));
  if (keep) {
    console.log(
      `\n${closing(started)} It is still deployed in the sandbox; look at it, change it, destroy it:\n${keptAdvice(stack)}`,
    );
    return 0;
  }
  const failed = await runStep(workspace, destroy(stack));
  return failed === 0 ? reportEmpty(workspace, started) : failed;
}

/** One command of the CLI, and what it shows. */
interface Step {
  readonly title: string;
  readonly args: readonly string[];
}

function steps(stack: string): readonly Step[] {
  return [
    { title: "Preview", args: ["preview", "--stack", stack, ...quiet] },
    { title: "Deploy", args: ["up", "--yes", "--skip-preview", "--stack", stack, ...quiet] },
    {
      title: "Deploy again: nothing may change",
      args: ["up", "--yes", "--skip-preview", "--expect-no-changes", "--stack", stack, ...quiet],
    },
  ];
}

function destroy(stack: string): Step {
  return { title: "Destroy", args: ["destroy", "--yes", "--skip-preview", "--stack", stack, ...quiet] };
}

/** Outputs are long lists of ids; on a terminal the engine shows its own progress, elsewhere one line a resource. */
const quiet = ["--suppress-outputs", ...(process.stdout.isTTY ? [] : ["--non-interactive"])];

async function runStep(workspace: Workspace, { title, args }: Step): Promise<number> {
  heading(title);
  console.log(`$ pulumi ${args.join(" ")}`);
  const { exitCode } = await workspace.pulumi(args, { output: "terminal" });
  if (exitCode !== 0) console.error(`\n${title}: pulumi ended with exit code ${exitCode}; what it printed is above`);
  return exitCode === 0 ? 0 : 1;
}

function reportEmpty({ sandbox }: Workspace, started: number): number {
  const left = sandbox.azure.resources();
  if (left.length > 0) {
    console.error(
      `\ndestroy left ${left.length} resources in the sandbox:\n${left.map(({ id }) => `  ${id}`).join("\n")}`,
    );
    return 1;
  }
  console.log(`\n${closing(started)} Nothing is left in the sandbox.\n${nextSteps}`);
  return 0;
}

function closing(started: number): string {
  const seconds = Math.round((performance.now() - started) / 1000);
  return `Done in ${seconds} s: previewed, deployed, deployed again without a change.`;
}

function keptAdvice(stack: string): string {
  return [
    `  npm run sandbox -- stack --stack ${stack}              what is deployed, as Pulumi sees it`,
    `  npm run sandbox -- stack output --stack ${stack}       what an Azure network connection asks for`,
    `  npm run sandbox -- up --stack ${stack}                 deploy again, after a change of config/stacks/Pulumi.${stack}.yaml`,
    `  npm run recover -- --sandbox --stack ${stack}          mend it, if a deployment was killed`,
    `  npm run sandbox -- destroy --yes --stack ${stack}      remove it`,
  ].join("\n");
}

const nextSteps = `Where to go next:
  npm run try -- --stack minimal|hybrid   the other examples
  npm run try -- --keep                   leave it up and look around
  config/stacks/Pulumi.example.yaml       the page of configuration that was deployed; docs/configuration.md explains it
  README.md                               how to deploy to Azure`;

function heading(title: string): void {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 76 - title.length))}`);
}

const command = tool(
  "try",
  "Deploys an example with the real Pulumi CLI into a sandbox Azure on this machine: preview, up, up again, destroy.\nNothing leaves the machine and no login is needed.",
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
