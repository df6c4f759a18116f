import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { routeTableAttached } from "../../../policy-packs/network/rules/route-table-attached.ts";
import { idOf } from "../../model/support/build.ts";
import { design, findingsOf, withSpoke } from "../design.ts";

const none = { cpc: { routeTableId: undefined } as object };
const withoutFirewall = { more: { azureFirewalls: [] } satisfies Partial<Estate> };

describe("route-table-attached", () => {
  test("fails a subnet without a route table, with a firewall in the hub", () => {
    expect(findingsOf(routeTableAttached, none)).toEqual([
      'fail: subnet "spoke/cpc" has no route table, so nothing sends what it sends to firewall "fw"',
    ]);
  });

  test("leaves a route table undecided that is not in the input", () => {
    const elsewhere = idOf("routeTables", "of-others");
    expect(findingsOf(routeTableAttached, { cpc: { routeTableId: elsewhere } })).toEqual([
      `undecided: the route table of subnet "spoke/cpc" is not known: "${elsewhere}" is not in the input`,
    ]);
  });

  test("passes a route table, whatever its routes: those are for other rules", () => {
    expect(findingsOf(routeTableAttached, {})).toEqual([]);
  });

  test.each([
    { case: "there is no firewall", words: { ...none, ...withoutFirewall } },
    {
      case: "the firewall is in a network that is no peer",
      words: { ...none, change: withSpoke((spoke) => ({ ...spoke, virtualNetworkPeerings: [] })) },
    },
  ])("does not apply where $case", ({ words }) => {
    expect(routeTableAttached.judge(design(words))).toEqual([]);
  });
});
