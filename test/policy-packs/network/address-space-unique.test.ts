import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { prefix } from "../../../model/prefix.ts";
import { unknown } from "../../../model/read.ts";
import { addressSpaceUnique } from "../../../policy-packs/network/rules/address-space-unique.ts";
import { idOf, peering, virtualNetwork } from "../../model/support/build.ts";
import { design, findingsOf, withSpoke } from "../design.ts";

/** The site on-premises with these prefixes. */
const site = (...blocks: readonly string[]) => ({
  more: {
    localNetworkGateways: [
      { id: idOf("localNetworkGateways", "site"), name: "site", addressPrefixes: blocks.map(prefix) },
    ],
  },
});

/** Another virtual network with these addresses, made where there is none. */
const renumbered = (name: string, block: string, made?: string) => ({
  change: (estate: Estate) => ({
    ...estate,
    virtualNetworks: [...estate.virtualNetworks, ...(made === undefined ? [] : [virtualNetwork(name, made, {})])].map(
      (each) => (each.name === name ? { ...each, addressSpace: [prefix(block)] } : each),
    ),
  }),
});

/** The spoke and a network "elsewhere", connected to a virtual hub. */
const onHub = (block: string) => {
  const connection = (name: string) => ({
    id: idOf("virtualHubs", `vhub/hubVirtualNetworkConnections/${name}`),
    name,
    remoteVirtualNetworkId: idOf("virtualNetworks", name),
    propagatedRouteTableIds: [],
    propagatedLabels: [],
    staticRoutes: [],
  });
  return {
    more: {
      virtualHubs: [
        {
          id: idOf("virtualHubs", "vhub"),
          name: "vhub",
          addressPrefix: prefix(block),
          connections: [connection("spoke"), connection("elsewhere")],
          routeTables: [],
          routingPolicies: [],
          gatewayIds: [],
        },
      ],
    },
  };
};

describe("address-space-unique", () => {
  test.each([
    {
      case: "a peer with addresses inside",
      words: renumbered("hub", "10.1.128.0/24"),
      finding: 'fail: 10.1.0.0/16 of virtual network "spoke" overlaps 10.1.128.0/24 of peer "hub"',
    },
    {
      case: "another spoke of the hub",
      words: renumbered("two", "10.0.0.0/14"),
      finding:
        'fail: 10.1.0.0/16 of virtual network "spoke" overlaps 10.0.0.0/14 of virtual network "two" behind peer "hub"',
    },
    {
      case: "a virtual hub",
      words: onHub("10.1.240.0/24"),
      finding: 'fail: 10.1.0.0/16 of virtual network "spoke" overlaps 10.1.240.0/24 of virtual hub "vhub"',
    },
    {
      case: "another network of a virtual hub",
      words: { ...onHub("10.100.0.0/23"), ...renumbered("elsewhere", "10.1.7.0/24", "10.50.0.0/16") },
      finding:
        'fail: 10.1.0.0/16 of virtual network "spoke" overlaps 10.1.7.0/24 of virtual network "elsewhere" on virtual hub "vhub"',
    },
    {
      case: "a site on-premises with addresses inside",
      words: site("10.1.7.0/24"),
      finding:
        'fail: 10.1.0.0/16 of virtual network "spoke" overlaps 10.1.7.0/24 behind gateway "gw" (local network gateway "site")',
    },
    {
      case: "a site on-premises with the same addresses",
      words: site("10.1.0.0/16"),
      finding:
        'fail: 10.1.0.0/16 of virtual network "spoke" overlaps 10.1.0.0/16 behind gateway "gw" (local network gateway "site")',
    },
  ])("fails $case", ({ words, finding }) => {
    expect(findingsOf(addressSpaceUnique, words)).toEqual([finding]);
  });

  test.each([
    { case: "networks apart", words: {} },
    { case: "a virtual hub apart", words: onHub("10.100.0.0/23") },
    { case: "a peer that begins where it ends", words: renumbered("hub", "10.2.0.0/16") },
    { case: "a site that is next to it", words: site("10.0.255.0/24", "10.2.0.0/24") },
    { case: "a default route from on-premises", words: site("0.0.0.0/0") },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(addressSpaceUnique, words)).toEqual([]);
  });

  test("takes a summary route as given, and says so", () => {
    const [check] = addressSpaceUnique.judge(design(site("10.0.0.0/8")));
    expect(check).toMatchObject({
      observations: [],
      assumptions: [
        'nothing behind 10.0.0.0/8 behind gateway "gw" (local network gateway "site") uses addresses of virtual network "spoke"',
      ],
    });
  });

  test("says that what a gateway learns is taken to be apart", () => {
    const [check] = addressSpaceUnique.judge(
      design({
        change: (estate) => ({
          ...estate,
          virtualNetworkGateways: estate.virtualNetworkGateways.map((gateway) => ({
            ...gateway,
            gatewayType: "ExpressRoute",
          })),
        }),
      }),
    );
    expect(check?.assumptions).toEqual(['what gateway "gw" learns overlaps no addresses of "spoke"']);
  });

  test("leaves a peer undecided whose addresses are not in the input", () => {
    const elsewhere = peering("spoke", "of-others");
    const change = withSpoke((spoke) => ({
      ...spoke,
      virtualNetworkPeerings: [...spoke.virtualNetworkPeerings, elsewhere],
    }));
    expect(findingsOf(addressSpaceUnique, { change })).toEqual([
      `undecided: whether virtual network "spoke" overlaps the remote network of peering "to-of-others" is not known: the address space of "${idOf("virtualNetworks", "of-others")}" is not in the input`,
    ]);
  });

  test("leaves its own address space undecided where nobody could read it", () => {
    const change = withSpoke((spoke) => ({ ...spoke, addressSpace: [unknown('parameter "space" has no default')] }));
    expect(findingsOf(addressSpaceUnique, { change })).toContain(
      'undecided: whether virtual network "spoke" overlaps peer "hub" is not known: parameter "space" has no default',
    );
  });
});
