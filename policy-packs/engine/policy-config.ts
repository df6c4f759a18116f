import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Waiver } from "../waiver.ts";

/** What the configuration of a pack may say of a rule, besides its enforcement level. */
export interface RuleConfig {
  /** Whether what is still undecided at `pulumi up` stands in the way. @default "fail" */
  readonly undecided?: "fail" | "warn";
  /** What somebody accepts for a while. @default - nothing */
  readonly waivers?: readonly Omit<Waiver, "rule" | "place">[];
}

/** The same for the engine, which refuses anything else. */
export const ruleConfigSchema: PolicyConfigSchema = {
  properties: {
    undecided: {
      type: "string",
      enum: ["fail", "warn"],
      default: "fail",
      description: "Whether what is still undecided at `pulumi up` stands in the way.",
    },
    waivers: {
      type: "array",
      description: "Findings of this rule that somebody accepts for a while.",
      items: {
        type: "object",
        properties: {
          subject: { type: "string", minLength: 1 },
          about: { type: "string", minLength: 1 },
          reason: { type: "string", minLength: 1 },
          owner: { type: "string", minLength: 1 },
          expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
        },
        required: ["subject", "reason", "owner", "expires"],
        additionalProperties: false,
      },
    },
  },
};

/** What the configuration of a pack may say of policy `program-understood`. */
export interface ProgramConfig {
  /**
   * Files about networks that the program refers to but does not make: exports of Azure, or states of other stacks; absolute, or from
   * the folder of the pack.
   * @default - nothing is known of other networks
   */
  readonly captured?: readonly string[];
}

/** The same for the engine. */
export const programConfigSchema: PolicyConfigSchema = {
  properties: {
    captured: {
      type: "array",
      items: { type: "string", minLength: 1 },
      description:
        "Files about networks that the program refers to but does not make: exports of Azure, or what `pulumi stack export` prints of another stack; absolute, or from the folder of the pack.",
    },
  },
};

/** The waivers of a rule, as `w365 check --waivers` has them. */
export function waiversOf(rule: string, { waivers = [] }: RuleConfig): readonly Waiver[] {
  return waivers.map((waiver) => ({ ...waiver, rule }));
}
