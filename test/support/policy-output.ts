import { join } from "node:path";
import type { PulumiRun } from "../../tools/sandbox/workspace.ts";
import { projectRoot } from "../../tools/sandbox/workspace.ts";

/** Arguments that pass the policy packs to the engine, and their configuration if there is any. */
export function packArguments(packs: readonly ("network" | "identity")[], configuration?: string): readonly string[] {
  return packs.flatMap((pack) => [
    "--policy-pack",
    join(projectRoot, "policy-packs", pack),
    ...(configuration === undefined ? [] : ["--policy-pack-config", configuration]),
  ]);
}

/** Both packs. */
export const bothPacks = packArguments(["network", "identity"]);

/** What a policy said, as the CLI prints it. */
export interface PrintedViolation {
  readonly level: "mandatory" | "advisory";
  readonly policy: string;
  /** The resource that it is shown at: type and logical name. */
  readonly at: string;
  readonly text: string;
}

/** The violations in the output of a command. */
export function violationsIn({ output }: PulumiRun): readonly PrintedViolation[] {
  const policies = /^Policies:\n([\s\S]*?)(?=^\S|$(?![\s\S]))/m.exec(output)?.[1] ?? "";
  return policies.split(/^(?= {8}- \[)/m).flatMap((block) => {
    const found = /^ {8}- \[(mandatory|advisory)\](?:\s+\[severity: \w+\])?\s+([\w-]+)\s+\((.*)\)\n([\s\S]*)/.exec(
      block,
    );
    if (found === null) return [];
    const [, level, policy = "", at = "", text = ""] = found;
    return [
      { level: level === "mandatory" ? "mandatory" : "advisory", policy, at, text: text.replace(/^ {10}/gm, "") },
    ];
  });
}
