import { createRequire } from "node:module";
import { watchEngine } from "./engine-watch.ts";
import { loadSdk, resolveFrom } from "./sdk.ts";

/**
 * Runs the provider of dynamic resources that the program's own SDK brings, and ends with the engine. Started by the
 * engine as `pulumi-resource-pulumi-nodejs <engine address>`, in the program's folder.
 */
export async function run(args: readonly string[]): Promise<void> {
  const script = resolveFrom(process.cwd(), "@pulumi/pulumi/cmd/dynamic-provider");
  const address = args.at(-1);
  if (address) watchEngine(loadSdk(process.cwd()), address, () => process.exit(0));
  process.argv = [process.execPath, script, ...args];
  createRequire(script)(script);
}
