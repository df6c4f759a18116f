import { resolve } from "node:path";

const pathOptions = ["--policy-pack", "--policy-pack-config"];

/**
 * Arguments of the Pulumi CLI whose paths of policy packs are seen from the folder of the person who typed them: the CLI runs in the
 * folder of the workspace, where they would lead elsewhere. Several paths of one option are separated by commas, as the CLI has them.
 */
export function withCallerPaths(args: readonly string[], folder: string): readonly string[] {
  const resolved = (paths: string) =>
    paths
      .split(",")
      .map((path) => resolve(folder, path))
      .join(",");
  return args.map((argument, index) => {
    if (pathOptions.includes(args[index - 1] ?? "")) return resolved(argument);
    const option = pathOptions.find((name) => argument.startsWith(`${name}=`));
    return option === undefined ? argument : `${option}=${resolved(argument.slice(option.length + 1))}`;
  });
}
