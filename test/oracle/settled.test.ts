import { describe, expect, test } from "vitest";
import { askBoth, openBoth } from "./both.ts";
import { settledBalancerCases } from "./settled-balancer-cases.ts";
import { settledCases } from "./settled-cases.ts";

const nothing = { serviceTags: {}, fqdnTags: {}, dnsRecords: {}, learnedRoutes: {} };

describe.each([...settledCases, ...settledBalancerCases])(
  "$title ($page, read $read)",
  ({ resources, tables, question, expect: wanted }) => {
    const opinions = askBoth(openBoth({ ...nothing, ...tables, resources }), question);

    test.each(["model", "walker"] as const)("so says the %s", (who) => {
      const { verdict, disposition, because } = opinions[who];
      expect([verdict, disposition, because]).toEqual([...wanted, because]);
    });
  },
);
