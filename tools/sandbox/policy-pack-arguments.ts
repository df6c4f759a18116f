import { join } from "node:path";
import { type PackName, packNames } from "../../policy-packs/rule.ts";
import { projectRoot } from "./workspace.ts";

/**
 * Arguments of `pulumi preview` and `pulumi up` that pass this project's policy packs.
 *
 * @param configuration - file with the configuration of every pack that is passed; by default they have none
 */
export function policyPackArguments(packs: readonly PackName[] = packNames, configuration?: string): readonly string[] {
  return packs.flatMap((pack) => [
    "--policy-pack",
    join(projectRoot, "policy-packs", pack),
    ...(configuration === undefined ? [] : ["--policy-pack-config", configuration]),
  ]);
}
