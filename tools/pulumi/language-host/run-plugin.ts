import type { RunPluginRequest } from "@pulumi/pulumi/proto/language_pb.js";
import type { Command } from "./children.ts";
import { resolveFrom } from "./sdk.ts";

/**
 * The Node process that runs a plugin written for Node: a policy pack (`analyzer`) or a provider (`resource`).
 *
 * A policy pack runs in its own folder, because `@pulumi/policy` reads its name and version from the `package.json`
 * there. Throws on any other kind of plugin.
 */
export function pluginCommand(request: RunPluginRequest): Command {
  const folder = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const env = Object.fromEntries(request.getEnvList().map(splitVariable));
  const kind = request.getKind();
  switch (kind) {
    case "analyzer":
      return {
        args: [resolveFrom(folder, "@pulumi/pulumi/cmd/run-policy-pack"), ...request.getArgsList(), folder],
        cwd: folder,
        env,
      };
    case "resource":
      return {
        args: [resolveFrom(folder, "@pulumi/pulumi/cmd/run-plugin"), folder, ...request.getArgsList()],
        cwd: request.getPwd() || folder,
        env,
      };
    default:
      throw new Error(
        `plugin "${request.getName()}" is of kind "${kind}"; this language host runs "analyzer" and "resource" plugins`,
      );
  }
}

/** Splits `NAME=value` at the first equals sign after the first character: Windows has names such as `=C:`. */
function splitVariable(variable: string): [string, string] {
  const equals = variable.indexOf("=", 1);
  return equals < 0 ? [variable, ""] : [variable.slice(0, equals), variable.slice(equals + 1)];
}
