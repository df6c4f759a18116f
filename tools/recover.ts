import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runTool, tool } from "./command-line.ts";
import { ensureCli } from "./pulumi/ensure-cli.ts";
import { type Recovery, type RunPulumi, recover } from "./recover/recover.ts";
import { withKeptWorkspace } from "./sandbox/kept-workspace.ts";
import { projectRoot } from "./sandbox/workspace.ts";

const command = tool(
  "recover",
  "Mends a stack whose deployment was killed: releases its lock, and takes into the state what was being created when it\nstopped, so that the next deployment neither loses it nor makes it twice. Nothing in Azure is changed.",
)
  .requiredOption("--stack <name>", "the stack to mend")
  .option("--sandbox", 'a stack of "npm run sandbox", not of Azure', false)
  .option(
    "--subscription <id>",
    "the subscription of what is deployed (default: as in the state, the configuration azure-native:subscriptionId or ARM_SUBSCRIPTION_ID)",
  );

await runTool(command, async ({ stack, sandbox, subscription }) => {
  if (sandbox !== true && existsSync(join(projectRoot, ".sandbox", "config", `Pulumi.${stack}.yaml`))) {
    console.error(`stack "${stack}" exists in the sandbox too; for that one, add --sandbox`);
  }
  const given = typeof subscription === "string" ? subscription : undefined;
  const recovery = await (sandbox === true ? inSandbox(String(stack), given) : inAzure(String(stack), given));
  return report(String(stack), recovery);
});

/** Says what was done. Returns the exit code. */
function report(stack: string, { found, absent, unknown }: Recovery): number {
  console.log(`stack "${stack}": the lock is released`);
  for (const { id } of found) console.log(`  was being created, and is there: ${id}`);
  for (const { id } of absent) console.log(`  was being created, and is not there: ${id}`);
  for (const { urn } of unknown) {
    console.error(`  was being created, but its id is not known: ${urn}; run again with --subscription <id>`);
  }
  if (unknown.length > 0) return 1;
  console.log("now run the deployment again");
  return 0;
}

function inSandbox(stack: string, subscription: string | undefined): Promise<Recovery> {
  return withKeptWorkspace({ log: console.error }, ({ pulumi, sandbox }) => {
    const run: RunPulumi = async (args, input) => {
      const { exitCode, output } = await pulumi(args, { ...(input !== undefined && { input }) });
      if (exitCode !== 0) throw new Error(`pulumi ${args[0]} ended with exit code ${exitCode}:\n${output}`);
      return output;
    };
    return recover(run, stack, subscription ?? sandbox.azure.subscriptions()[0]);
  });
}

/** Runs against the backend and the cloud that the caller is signed in to. */
async function inAzure(stack: string, subscription: string | undefined): Promise<Recovery> {
  const cli = await ensureCli({ log: console.error });
  const run: RunPulumi = async (args, input) => {
    const child = spawn(cli.pulumi, args, {
      cwd: projectRoot,
      env: { ...process.env, ...cli.env },
      stdio: [input === undefined ? "inherit" : "pipe", "pipe", "inherit"],
    });
    if (input !== undefined) child.stdin?.end(input);
    const chunks: string[] = [];
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
    const [exitCode] = await once(child, "close");
    if (exitCode !== 0) throw new Error(`pulumi ${args[0]} ended with exit code ${exitCode}`);
    return chunks.join("");
  };
  const config: Record<string, { readonly value?: string }> = JSON.parse(
    await run(["config", "--json", "--stack", stack]),
  );
  const configured = config["azure-native:subscriptionId"]?.value;
  return recover(run, stack, subscription ?? configured ?? process.env.ARM_SUBSCRIPTION_ID);
}
