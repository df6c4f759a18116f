import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { unknown } from "../../../model/read.ts";
import { gatewayRoutesReachSubnet } from "../../../policy-packs/network/rules/gateway-routes-reach-subnet.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { design, entra, findingsOf } from "../design.ts";

const hybrid = { kinds: [{ ...entra, joinType: "hybridAzureADJoin" }] } as const;
const notBorrowed = { spokePeering: { useRemoteGateways: false } };

/** The gateway may learn more by BGP. */
const learning = (estate: Estate): Estate => ({
  ...estate,
  virtualNetworkGateways: estate.virtualNetworkGateways.map((gateway) => ({ ...gateway, enableBgp: true })),
});

describe("gateway-routes-reach-subnet", () => {
  test.each([
    {
      case: "a route table that keeps the routes out",
      words: { propagate: false },
      finding:
        'fail: spoke/cpc is not routed to 172.20.0.0/16 behind gateway "gw": system route 172.16.0.0/12 leads from subnet "cpc" to 172.20.0.0/16 with next hop None',
    },
    {
      case: "a route that is more specific and leads nowhere",
      words: { routes: { "172.20.7.0/24": "None" } },
      finding:
        'fail: spoke/cpc is not routed to 172.20.0.0/16 behind gateway "gw": user route "route-0" 172.20.7.0/24 leads from subnet "cpc" to 172.20.7.0/24 with next hop None',
    },
    {
      case: "hybrid join, whose network does not use the gateway of the hub",
      words: { ...hybrid, ...notBorrowed },
      finding:
        'fail: spoke/cpc is not routed to 172.20.0.0/16 behind gateway "gw": system route 172.16.0.0/12 leads from subnet "cpc" to 172.20.0.0/16 with next hop None',
    },
    {
      case: "a route that leads nowhere, unless the gateway learns a longer one, as undecided",
      words: { propagate: true, routes: { "172.20.0.0/16": "None" }, change: learning },
      finding:
        'undecided: whether spoke/cpc is routed to 172.20.0.0/16 behind gateway "gw" is not known: the route from subnet "cpc" to 172.20.0.0/16: what "gw" learns by BGP is not in the input',
    },
    {
      case: "an appliance that nobody knows, as undecided",
      words: { routes: { "172.20.0.0/16": "VirtualAppliance 10.0.2.9" } },
      finding:
        'undecided: whether spoke/cpc is routed to 172.20.0.0/16 behind gateway "gw" is not known: user route "route-0" 172.20.0.0/16 leads to 10.0.2.9, and where that sends it is not known',
    },
    {
      case: "a route table that nobody could read, as undecided",
      words: { cpc: { routeTableId: unknown('parameter "table" has no default') } },
      finding:
        'undecided: whether spoke/cpc is routed to 172.20.0.0/16 behind gateway "gw" is not known: the route from subnet "cpc" to 172.20.0.0/16: the route table of the subnet: parameter "table" has no default',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(gatewayRoutesReachSubnet, words)).toEqual([finding]);
  });

  test.each([
    { case: "routes that propagate", words: {} },
    {
      case: "a route to a firewall, whatever longer prefixes the gateway may learn",
      words: { routes: { "172.20.0.0/16": "VirtualAppliance 10.0.0.4" }, change: learning },
    },
    {
      case: "routes kept out, and everything sent to a firewall that has them",
      words: { propagate: false, routes: throughFirewall },
    },
    {
      case: "hybrid join behind a firewall, without using the gateway",
      words: { ...hybrid, ...notBorrowed, routes: throughFirewall },
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(gatewayRoutesReachSubnet, words)).toEqual([]);
  });

  test("does not apply to Entra join in a network that uses no gateway", () => {
    expect(gatewayRoutesReachSubnet.judge(design(notBorrowed))).toEqual([]);
  });
});
