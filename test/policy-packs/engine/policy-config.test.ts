import { describe, expect, test } from "vitest";
import { programConfigSchema, ruleConfigSchema, unknownKeys } from "../../../policy-packs/engine/policy-config.ts";

describe("the names in the configuration of a policy", () => {
  test("may be those of the schema", () => {
    expect(unknownKeys("explicit-egress", { undecided: "warn", waivers: [] }, ruleConfigSchema)).toEqual([]);
  });

  test.each([
    {
      policy: "explicit-egress",
      config: { undecide: "warn" },
      schema: ruleConfigSchema,
      says: 'the configuration of policy "explicit-egress" has "undecide", which is not known; besides "enforcementLevel" there is "undecided" and "waivers"',
    },
    {
      policy: "program-understood",
      config: { captures: [] },
      schema: programConfigSchema,
      says: 'the configuration of policy "program-understood" has "captures", which is not known; besides "enforcementLevel" there is "captured"',
    },
  ])("are refused where they are misspelt: $policy", ({ policy, config, schema, says }) => {
    expect(unknownKeys(policy, config, schema)).toEqual([says]);
  });
});
