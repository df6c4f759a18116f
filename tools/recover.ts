import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { runTool, tool } from "./command-line.ts";
import { ensureCli } from "./pulumi/ensure-cli.ts";
import { withLock } from "./pulumi/process-lock.ts";
import { type RunPulumi, recover } from "./recover/recover.ts";
import { openWorkspace, projectRoot } from "./sandbox/workspace.ts";

const command = tool(
  "recover",
  "Mends a stack whose deployment was killed: releases its lock, and takes into the state what was being created when it\nstopped, so that the next deployment neither loses it nor makes it twice. Nothing in Azure is changed.",
)
  .requiredOption("--stack <name>", "the stack to mend")
  .option("--sandbox", 'a stack of "npm run sandbox", not of Azure', false)
  .option("--subscription <id>", "the subscription of resources whose provider names none (default: as in the state)");

await runTool(command, async ({ stack, sandbox, subscription }) => {
  const mend = (run: RunPulumi) =>
    recover(run, String(stack), typeof subscription === "string" ? subscription : process.env.ARM_SUBSCRIPTION_ID);
  const { found, absent, unknown } = await (sandbox === true ? inSandbox(mend) : inAzure(mend));
  console.log(`stack "${stack}": the lock is released`);
  for (const { id } of found) console.log(`  was being created, and is there: ${id}`);
  for (const { id } of absent) console.log(`  was being created, and is not there: ${id}`);
  for (const { urn } of unknown) {
    console.error(
      `  was being created, but its id is not known: ${urn}; find it and run "pulumi import", or give --subscription`,
    );
  }
  if (unknown.length > 0) return 1;
  console.log("now run the deployment again");
  return 0;
});

/** Runs against the backend and the cloud that the caller is signed in to. */
async function inAzure<T>(action: (run: RunPulumi) => Promise<T>): Promise<T> {
  const cli = await ensureCli({ log: (line) => console.error(line) });
  return action(async (args, input) => {
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
  });
}

async function inSandbox<T>(action: (run: RunPulumi) => Promise<T>): Promise<T> {
  const folder = join(projectRoot, ".sandbox");
  const onWait = ({ pid }: { pid: number }) => console.error(`process ${pid} is using the sandbox; waiting for it`);
  return withLock(`${folder}.lock`, { onWait }, async () => {
    const workspace = await openWorkspace({ folder, log: (line) => console.error(line) });
    try {
      return await action(async (args, input) => {
        const { exitCode, output } = await workspace.pulumi(args, { ...(input !== undefined && { input }) });
        if (exitCode !== 0) throw new Error(`pulumi ${args[0]} ended with exit code ${exitCode}:\n${output}`);
        return output;
      });
    } finally {
      await workspace.close();
    }
  });
}
