import { policyPackArguments } from "../../tools/sandbox/policy-pack-arguments.ts";
import type { PulumiRun } from "../../tools/sandbox/workspace.ts";

/** Both packs. */
export const bothPacks = policyPackArguments();

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
