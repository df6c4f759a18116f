import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { explicitEgress } from "../../../policy-packs/network/rules/explicit-egress.ts";
import { allowAll } from "../../model/support/ask.ts";
import { findingsOf } from "../design.ts";

const viaFirewall = { "0.0.0.0/0": "VirtualAppliance 10.0.0.4" };

describe("explicit-egress", () => {
  test.each([
    {
      case: "a private subnet with no way out",
      subnets: ["spoke/servers"],
      finding:
        'fail: subnet "spoke/servers" has no way to the Internet: subnet "servers" is private and has no NAT gateway, public IP address or outbound rule',
    },
    {
      case: "default outbound access",
      cpc: { natGatewayId: undefined, defaultOutboundAccess: true } as object,
      finding:
        'fail: subnet "spoke/cpc" leaves by default outbound access, which Azure does not promise; give it a NAT gateway, a firewall or a load balancer\'s outbound rule',
    },
    {
      case: "default outbound access of RDP alone, past the firewall",
      cpc: { natGatewayId: undefined, defaultOutboundAccess: true } as object,
      routes: { ...viaFirewall, WindowsVirtualDesktop: "Internet" },
      firewallRules: allowAll,
      finding:
        'fail: subnet "spoke/cpc" leaves by default outbound access, which Azure does not promise; give it a NAT gateway, a firewall or a load balancer\'s outbound rule',
    },
    {
      case: "an unknown NAT gateway, as undecided",
      cpc: { natGatewayId: unknown('parameter "nat" has no default') },
      finding:
        'undecided: how subnet "spoke/cpc" leaves for the Internet is not known: the NAT gateway of subnet "cpc": parameter "nat" has no default',
    },
  ])("finds $case", ({ case: _, finding, ...words }) => {
    expect(findingsOf(explicitEgress, words)).toEqual([finding]);
  });

  test.each([
    { case: "a NAT gateway", words: {} },
    { case: "a firewall, even one that lets nothing pass", words: { routes: viaFirewall } },
    { case: "a NAT gateway though default outbound access is on", words: { cpc: { defaultOutboundAccess: true } } },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(explicitEgress, words)).toEqual([]);
  });
});
