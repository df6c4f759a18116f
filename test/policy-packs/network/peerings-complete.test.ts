import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { unknown } from "../../../model/read.ts";
import { peeringsComplete } from "../../../policy-packs/network/rules/peerings-complete.ts";
import { findingsOf } from "../design.ts";

/** The estate in which a virtual network has no peerings. */
const without = (name: string) => (estate: Estate) => ({
  ...estate,
  virtualNetworks: estate.virtualNetworks.map((each) =>
    each.name === name ? { ...each, virtualNetworkPeerings: [] } : each,
  ),
});

describe("peerings-complete", () => {
  test.each([
    {
      case: "a hub without a peering back",
      words: { change: without("hub") },
      finding: 'fail: peering "to-hub" has no peering back from "hub"',
    },
    {
      case: "a spoke without a peering to the hub",
      words: { change: without("spoke") },
      finding: 'fail: peering "to-spoke" has no peering back from "spoke"',
    },
    {
      case: "a peering that Azure calls disconnected",
      words: { spokePeering: { peeringState: "Disconnected" } as const },
      finding: 'fail: peering "to-hub" is "Disconnected", not "Connected"',
    },
    {
      case: "a gateway that the hub does not lend",
      words: { hubPeering: { allowGatewayTransit: false } },
      finding:
        'fail: peering "to-hub" uses the gateway of the other side, but peering "to-spoke" does not allow gateway transit',
    },
    {
      case: "a state that nobody could read, as undecided",
      words: { hubPeering: { peeringState: unknown('parameter "state" has no default') } },
      finding: 'undecided: whether peering "to-hub" is connected is not known: parameter "state" has no default',
    },
    {
      case: "a gateway that the hub may lend or not, as undecided",
      words: { hubPeering: { allowGatewayTransit: unknown('parameter "transit" has no default') } },
      finding:
        'undecided: whether peering "to-hub" and its reverse agree on gateway transit is not known: parameter "transit" has no default',
    },
    {
      case: "a hub that is not in the input, as undecided",
      words: {
        change: (estate: Estate) => ({
          ...estate,
          virtualNetworks: estate.virtualNetworks.filter(({ name }) => name !== "hub"),
        }),
      },
      finding:
        'undecided: the other direction of peering "to-hub" is not in the input, so whether it exists is not known',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(peeringsComplete, words)).toEqual([finding]);
  });

  test.each([
    { case: "both directions, and a gateway that is lent", words: {} },
    {
      case: "a hub that lends a gateway nobody uses",
      words: { spokePeering: { useRemoteGateways: false } },
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(peeringsComplete, words)).toEqual([]);
  });
});
