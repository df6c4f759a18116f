import { describe, expect, test } from "vitest";
import { catalogueReferenceData } from "../../../catalogue/reference-data.ts";
import { returnPathSymmetric } from "../../../policy-packs/network/rules/return-path-symmetric.ts";
import { allowAll } from "../../model/support/ask.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { type DesignWords, design, findingsOf } from "../design.ts";

const reference = catalogueReferenceData();
const find = (words: DesignWords) => findingsOf(returnPathSymmetric, { reference, firewallRules: allowAll, ...words });

/** The GatewaySubnet sends what is for the spoke to the firewall. */
const backThroughFirewall = { gatewayRoutes: { "10.1.0.0/16": "VirtualAppliance 10.0.0.4" } };
/** The spoke has no route to on-premises of its own, so its default route decides. */
const thereThroughFirewall = { routes: throughFirewall, propagate: false };
const answer = 'the answer of spoke/cpc to 172.20.0.0/16 behind gateway "gw"';

describe("return-path-symmetric", () => {
  test.each([
    {
      case: "straight there and back through the firewall",
      words: backThroughFirewall,
      finding: `fail: ${answer} does not come back the same way: the way back from subnet "GatewaySubnet" passes firewall "fw", which did not see the flow`,
    },
    {
      case: "through the firewall there and straight back",
      words: thereThroughFirewall,
      finding: `fail: ${answer} does not come back the same way: the way back from subnet "GatewaySubnet" goes straight to the source and does not pass firewall "fw", which saw the flow`,
    },
    {
      case: "a part of the Cloud PCs, whose answers take another way",
      words: { gatewayRoutes: { "10.1.1.128/25": "VirtualAppliance 10.0.0.4" } },
      finding: `fail: ${answer} does not come back the same way: the way back from subnet "GatewaySubnet" passes firewall "fw", which did not see the flow`,
    },
    {
      case: "back through an appliance that nobody knows, as undecided",
      words: { gatewayRoutes: { "10.1.0.0/16": "VirtualAppliance 10.0.2.9" } },
      finding: `undecided: whether ${answer} comes back the same way is not known: the way back from subnet "GatewaySubnet" leads to 10.0.2.9, and what it does is not known`,
    },
  ])("finds $case", ({ words, finding }) => {
    expect(find(words)).toEqual([finding]);
  });

  test("names the subnet whose routes send the answer elsewhere", () => {
    const [check] = returnPathSymmetric.judge(design({ reference, firewallRules: allowAll, ...backThroughFirewall }));
    expect(check?.observations).toMatchObject([{ blamed: { name: "hub/GatewaySubnet" } }]);
  });

  test.each([
    { case: "straight there and back", words: {} },
    { case: "through the firewall there and back", words: { ...thereThroughFirewall, ...backThroughFirewall } },
    {
      case: "answers of flows that never leave, since a security rule denies them",
      words: { ...backThroughFirewall, rules: [{ priority: 100, access: "Deny", to: "172.20.0.0/16" }] as const },
    },
  ])("passes $case", ({ words }) => {
    expect(find(words)).toEqual([]);
  });
});
