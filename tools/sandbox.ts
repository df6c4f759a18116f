import { existsSync } from "node:fs";
import { join } from "node:path";
import { runTool, tool } from "./command-line.ts";
import { withCallerPaths } from "./sandbox/caller-paths.ts";
import { withKeptWorkspace } from "./sandbox/kept-workspace.ts";
import { projectRoot } from "./sandbox/workspace.ts";

const command = tool(
  "sandbox",
  'Runs a command of the Pulumi CLI against the sandbox Azure that "npm run try -- --keep" left, or a new one.\nThe configuration is that of config/stacks; the deployment is kept in .sandbox until "npm run try" starts afresh.',
)
  .argument("<arguments...>", 'the Pulumi command, for example "up --yes --stack example"')
  .passThroughOptions()
  .allowUnknownOption()
  .helpOption("--help", "this text; give it after a Pulumi command for that command's own help");

/** npm runs scripts in the project's folder, and tells where it was called. */
const callerFolder = process.env.INIT_CWD ?? process.cwd();

await runTool(command, (_, args) =>
  withKeptWorkspace({ log: console.error }, async (workspace) => {
    const stack = stackOf(args);
    if (stack !== undefined && existsSync(join(projectRoot, "config", "stacks", `Pulumi.${stack}.yaml`))) {
      await workspace.prepareStack(stack);
    }
    const { exitCode } = await workspace.pulumi(withCallerPaths(args, callerFolder), { output: "terminal" });
    return exitCode;
  }),
);

/** The stack that a Pulumi command line names. */
function stackOf(args: readonly string[]): string | undefined {
  const joined = args.find((argument) => argument.startsWith("--stack="));
  if (joined !== undefined) return joined.slice("--stack=".length);
  const at = args.findIndex((argument) => argument === "--stack" || argument === "-s");
  return at < 0 ? undefined : args[at + 1];
}
