import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { formatIpSpace, prefixSpace } from "../../../model/ip-space.ts";
import { formatAddress, prefix } from "../../../model/prefix.ts";
import type { ReferenceData } from "../../../model/reference-data.ts";
import { effectiveRoutes } from "../../../model/routes/effective-routes.ts";
import { selectRoutes } from "../../../model/routes/select-route.ts";
import { idOf, network, peering, place, routeTable, type SubnetWords, virtualNetwork } from "../support/build.ts";

const gateway = (learned?: readonly string[]): Partial<Estate> => ({
  virtualNetworkGateways: [
    {
      id: idOf("virtualNetworkGateways", "gw"),
      name: "gw",
      gatewayType: "ExpressRoute",
      subnetIds: [`${idOf("virtualNetworks", "vnet")}/subnets/GatewaySubnet`],
      publicIpAddressIds: [],
      vpnClientAddressPool: [],
      customRoutes: [],
      ...(learned === undefined ? {} : { learnedRoutes: learned.map((text) => ({ network: prefix(text) })) }),
    },
  ],
});

interface Asked {
  readonly to: string;
  readonly routes?: Readonly<Record<string, string>>;
  readonly propagate?: boolean;
  readonly space?: readonly string[];
  readonly more?: Partial<Estate>;
  readonly words?: SubnetWords;
  readonly tags?: readonly string[];
  readonly reference?: Partial<ReferenceData>;
}

function build({ routes, propagate, space, more, words, reference }: Asked) {
  return network(
    {
      routeTables: routes === undefined ? [] : [routeTable("rt", routes, propagate)],
      virtualNetworks: [
        virtualNetwork(
          "vnet",
          space ?? ["10.0.0.0/16"],
          {
            cpc: ["10.0.1.0/24", { ...(routes === undefined ? {} : { routes: "rt" }), ...words }],
            GatewaySubnet: "10.0.255.0/27",
          },
          { virtualNetworkPeerings: [peering("vnet", "peer")] },
        ),
        virtualNetwork("peer", "10.1.0.0/16", {}, { virtualNetworkPeerings: [peering("peer", "vnet")] }),
      ],
      ...more,
    },
    reference,
  );
}

/** `nextHop [address] by name`, one line for each different part. */
function hops(asked: Asked): readonly string[] {
  const of = build(asked);
  return selectRoutes(of, place(of, "vnet/cpc"), prefixSpace(prefix(asked.to)), asked.tags ?? []).map(
    ({ route, because }) => {
      if (route === undefined) return `Unknown: ${because}`;
      const via = route.nextHopIpAddress === undefined ? "" : ` ${formatAddress(route.nextHopIpAddress)}`;
      return `${route.nextHopType}${via}`;
    },
  );
}

const toFirewall = { "0.0.0.0/0": "VirtualAppliance 10.1.0.4" };
const udr = "virtual-networks-udr-overview";

describe("selectRoutes", () => {
  test.each<Asked & { hop: string; because: string }>([
    { to: "10.0.9.9/32", hop: "VnetLocal", because: `${udr}: the prefix of the virtual network` },
    { to: "10.1.2.3/32", hop: "VNetPeering", because: `${udr}: the prefix of a peer` },
    { to: "192.0.2.1/32", hop: "Internet", because: `${udr}: the default route` },
    { to: "10.9.9.9/32", hop: "None", because: `${udr}: private ranges are dropped` },
    { to: "100.64.1.1/32", hop: "None", because: `${udr}: the shared range is dropped` },
    {
      to: "10.9.9.9/32",
      space: ["10.0.0.0/8"],
      hop: "VnetLocal",
      because: "an equal prefix turns None into the virtual network",
    },
    {
      to: "192.0.2.1/32",
      routes: toFirewall,
      hop: "VirtualAppliance 10.1.0.4",
      because: "a user default beats the system one",
    },
    {
      to: "10.9.9.9/32",
      routes: toFirewall,
      hop: "VirtualAppliance 10.1.0.4",
      because: "a user default removes the None routes",
    },
    {
      to: "10.1.2.3/32",
      routes: toFirewall,
      hop: "VNetPeering",
      because: "a peer's longer prefix ignores the user default (tutorial-hybrid-portal)",
    },
    {
      to: "10.1.2.3/32",
      routes: { "10.1.0.0/16": "VirtualAppliance 10.0.0.4" },
      hop: "VirtualAppliance 10.0.0.4",
      because: "a user route of the peer's own prefix wins",
    },
    {
      to: "192.0.2.1/32",
      more: gateway(["0.0.0.0/0"]),
      hop: "VirtualNetworkGateway",
      because: "a BGP default beats the system one, and bypasses any NAT gateway",
    },
    {
      to: "192.0.2.1/32",
      more: gateway(["0.0.0.0/0"]),
      routes: { "0.0.0.0/0": "Internet" },
      hop: "Internet",
      because: "a user route beats BGP at equal length",
    },
    {
      to: "192.0.2.1/32",
      more: gateway(["0.0.0.0/0"]),
      routes: {},
      propagate: false,
      hop: "Internet",
      because: "propagation is switched off",
    },
    {
      to: "192.168.5.5/32",
      more: gateway(["192.168.0.0/16"]),
      hop: "VirtualNetworkGateway",
      because: "BGP beats the None route of equal length",
    },
    {
      to: "10.1.2.3/32",
      more: gateway(["10.1.2.0/24"]),
      hop: "VNetPeering",
      because: "peering routes are preferred to more specific BGP routes",
    },
    {
      to: "10.0.9.9/32",
      more: gateway(["10.0.9.0/24"]),
      hop: "VnetLocal",
      because: "so are those of the virtual network",
    },
    {
      to: "192.0.2.1/32",
      routes: { ...toFirewall, WindowsVirtualDesktop: "Internet" },
      tags: ["WindowsVirtualDesktop"],
      hop: "Internet",
      because: "a tag counts as its prefixes, which are longer than the default",
    },
    {
      to: "192.0.2.1/32",
      routes: { ...toFirewall, WindowsVirtualDesktop: "Internet" },
      tags: ["AzureMonitor"],
      hop: "VirtualAppliance 10.1.0.4",
      because: "another tag's destinations keep the default",
    },
    {
      to: "192.0.2.1/32",
      routes: { Storage: "None", "Storage.WestEurope": "Internet" },
      reference: { serviceTag: () => ({ prefixes: [prefix("192.0.2.0/24")], asOf: "2026-06-14" }) },
      hop: "Internet",
      because: "a regional tag beats its global one at equal prefixes",
    },
    {
      to: "192.0.2.1/32",
      routes: { Storage: "None", "192.0.2.0/24": "Internet" },
      reference: { serviceTag: () => ({ prefixes: [prefix("192.0.2.0/24")], asOf: "2026-06-14" }) },
      hop: "Internet",
      because: "an explicit prefix beats a tag",
    },
    {
      to: "192.0.2.1/32",
      routes: toFirewall,
      words: { serviceEndpoints: [{ service: "Microsoft.Storage", locations: [] }] },
      tags: ["Storage.WestEurope"],
      hop: "VirtualNetworkServiceEndpoint",
      because: "nothing overrides a service endpoint",
    },
  ])("$to goes to $hop: $because", ({ hop, ...asked }) => {
    expect(hops(asked)).toEqual([hop]);
  });

  test.each<Asked & { says: string; case: string }>([
    {
      case: "learnt routes that nobody told",
      to: "10.50.0.4/32",
      more: gateway(),
      says: 'what "gw" learns by BGP is not in the input',
    },
    {
      case: "a tag without prefixes",
      to: "192.0.2.1/32",
      routes: { ...toFirewall, Storage: "Internet" },
      says: 'the prefixes of service tag "Storage" are not known',
    },
    {
      case: "a route table that is not in the input",
      to: "192.0.2.1/32",
      words: { routes: "other" },
      says: `the route table of the subnet: "${idOf("routeTables", "other")}" is not in the input`,
    },
  ])("is Unknown for $case", ({ says, ...asked }) => {
    expect(hops(asked)).toEqual([`Unknown: ${says}`]);
  });

  test("a set is cut where routes differ", () => {
    const of = build({ to: "", routes: { "192.0.2.64/26": "None" } });
    const parts = selectRoutes(of, place(of, "vnet/cpc"), prefixSpace(prefix("192.0.2.0/24")), []);
    expect(parts.map((part) => `${part.route?.nextHopType} ${formatIpSpace(part.destinations)}`)).toEqual([
      "None 192.0.2.64/26",
      "Internet 192.0.2.0/26, 192.0.2.128/25",
    ]);
  });
});

describe("effectiveRoutes", () => {
  test("shows Azure's columns, with the overridden routes and why", () => {
    const of = build({ to: "", routes: toFirewall });
    const rows = effectiveRoutes(of, place(of, "vnet/cpc")).map(
      (row) =>
        `${row.source} ${row.state} ${row.addressPrefixes} ${row.nextHopType} ${row.nextHopIpAddress}${row.because ? ` (${row.because})` : ""}`,
    );
    expect(rows).toEqual([
      "Default Active 10.0.0.0/16 VnetLocal ",
      "Default Active 10.1.0.0/16 VNetPeering ",
      "User Active 0.0.0.0/0 VirtualAppliance 10.1.0.4",
      'Default Invalid 0.0.0.0/0 Internet  (overridden by user route "route-0" 0.0.0.0/0)',
      ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
        (range) =>
          `Default Invalid ${range} None  (user route "route-0" 0.0.0.0/0 removes the routes that drop private ranges)`,
      ),
    ]);
  });
});
