import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { unknown } from "../../../model/read.ts";
import { peeringFlagsConsistent } from "../../../policy-packs/network/rules/peering-flags-consistent.ts";
import { idOf, peering } from "../../model/support/build.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { findingsOf, withSpoke } from "../design.ts";

/** The hub without a subnet. */
const hubWithout = (name: string) => (estate: Estate) => ({
  ...estate,
  virtualNetworks: estate.virtualNetworks.map((each) => ({
    ...each,
    subnets: each.subnets.filter((subnet) => subnet.name !== name),
  })),
});

describe("peering-flags-consistent", () => {
  test.each([
    {
      case: "a peering that is not in sync",
      words: { spokePeering: { peeringSyncLevel: "RemoteNotInSync" } as const },
      finding:
        'fail: peering "to-hub" is "RemoteNotInSync": addresses that were added since it was synchronised are not routed',
    },
    {
      case: "no access from the other side",
      words: { hubPeering: { allowVirtualNetworkAccess: false } },
      finding:
        'fail: peering "to-spoke" does not allow virtual network access, so nothing crosses it without a security rule',
    },
    {
      case: "a firewall in the hub whose answers are not let in",
      words: { routes: throughFirewall, spokePeering: { allowForwardedTraffic: false } },
      finding:
        'fail: peering "to-hub" does not allow forwarded traffic, but user route "route-0" sends Cloud PCs through an appliance of "hub", whose answers are forwarded',
    },
    {
      case: "a gateway that the hub cannot have",
      words: { change: hubWithout("GatewaySubnet") },
      finding: 'fail: peering "to-hub" uses the gateway of "hub", which has no GatewaySubnet and so no gateway',
    },
    {
      case: "a borrowed gateway beside an own one",
      words: {
        change: (estate: Estate) => ({
          ...estate,
          virtualNetworkGateways: estate.virtualNetworkGateways.flatMap((gateway) => [
            gateway,
            {
              ...gateway,
              id: idOf("virtualNetworkGateways", "own"),
              name: "own",
              subnetIds: [`${idOf("virtualNetworks", "spoke")}/subnets/servers`],
            },
          ]),
        }),
      },
      finding: 'fail: peering "to-hub" uses a remote gateway, but "spoke" has gateway "own" of its own',
    },
    {
      case: "two borrowed gateways",
      words: {
        change: withSpoke((spoke) => ({
          ...spoke,
          virtualNetworkPeerings: [
            ...spoke.virtualNetworkPeerings,
            peering("spoke", "elsewhere", { useRemoteGateways: true }),
          ],
        })),
      },
      finding: 'fail: peerings "to-hub" and "to-elsewhere" of "spoke" both use remote gateways; only one may',
    },
    {
      case: "a flag that nobody could read, as undecided",
      words: {
        routes: throughFirewall,
        spokePeering: { allowForwardedTraffic: unknown('parameter "forwarded" has no default') },
      },
      finding:
        'undecided: whether peering "to-hub" is open to forwarded traffic is not known: parameter "forwarded" has no default',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(peeringFlagsConsistent, words)).toEqual([finding]);
  });

  test.each([
    { case: "a firewall in the hub whose answers are let in", words: { routes: throughFirewall } },
    {
      case: "no forwarded traffic where nothing goes through the hub",
      words: { spokePeering: { allowForwardedTraffic: false } },
    },
    { case: "a peering in sync", words: { spokePeering: { peeringSyncLevel: "FullyInSync" } as const } },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(peeringFlagsConsistent, words)).toEqual([]);
  });
});
