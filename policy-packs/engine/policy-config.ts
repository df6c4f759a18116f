import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Waiver } from "../waiver.ts";

/** What the configuration of a pack may say of a rule, besides its enforcement level. */
export interface RuleConfig {
  /** Whether what is still undecided at `pulumi up` stands in the way. @default "fail" */
  readonly undecided?: "fail" | "warn";
  /** What somebody accepts for a while. @default - nothing */
  readonly waivers?: readonly Omit<Waiver, "rule" | "place">[];
}

const notBlank = { type: "string", pattern: "\\S" } as const;

/** The same for the engine, which refuses wrong values; what has another name is left to `unknownKeys`. */
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
          subject: notBlank,
          about: notBlank,
          reason: notBlank,
          owner: notBlank,
          // The engine refuses what is not a day of the calendar.
          expires: { type: "string", format: "date" },
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

/**
 * What is wrong with the names in a configuration, each as a message. The library passes on the properties of a schema but not that
 * there are no others, so a misspelt one would do nothing, in silence.
 */
export function unknownKeys(policy: string, config: object, { properties }: PolicyConfigSchema): readonly string[] {
  const known = Object.keys(properties);
  const there = known.map((key) => `"${key}"`).join(" and ");
  return Object.keys(config)
    .filter((key) => !known.includes(key))
    .map(
      (key) =>
        `the configuration of policy "${policy}" has "${key}", which is not known; besides "enforcementLevel" there is ${there}`,
    );
}

/** The waivers of a rule, as `w365 check --waivers` has them. */
export function waiversOf(rule: string, { waivers = [] }: RuleConfig): readonly Waiver[] {
  return waivers.map((waiver) => ({ ...waiver, rule }));
}
