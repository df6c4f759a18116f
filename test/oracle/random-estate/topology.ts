import type { Random } from "../../model/support/random.ts";
import {
  idOf,
  natGateway,
  networkInterface,
  peering,
  publicAddress,
  ref,
  resource,
  site,
  virtualNetwork,
  vpnGateway,
  type WireResource,
} from "../../support/arm-resources.ts";
import { tableNames } from "./routes.ts";
import { groupNames, memberGroupNames } from "./security.ts";
import { addresses, mostly, prefixes, some } from "./world.ts";

/** What stands in the hub of a random estate. */
export interface Parts {
  readonly firewall: boolean;
  readonly gateway: boolean;
  /** DNS servers of each network; empty means Azure's own. */
  readonly dnsServers: () => readonly string[];
}

/** A hub, two peered spokes and a network apart, with machines, a private endpoint and ways out. */
export function randomTopology(random: Random, parts: Parts): readonly WireResource[] {
  const network = (name: keyof typeof prefixes, subnets: Parameters<typeof virtualNetwork>[2]) =>
    virtualNetwork(name, [prefixes[name]], subnets, { dhcpOptions: { dnsServers: parts.dnsServers() } });
  return [
    network("hub", {
      AzureFirewallSubnet: {
        addressPrefix: "10.0.0.0/26",
        ...(random.chance(0.2) ? { natGateway: ref("natGateways", "nat") } : {}),
        ...(random.chance(0.15) ? { routeTable: ref("routeTables", "rt-firewall") } : {}),
      },
      GatewaySubnet: {
        addressPrefix: "10.0.1.0/27",
        ...(random.chance(0.6) ? { routeTable: ref("routeTables", "rt-gateway") } : {}),
      },
      servers: randomSubnet(random, "10.0.2.0/24"),
      outbound: { addressPrefix: "10.0.3.0/28" },
    }),
    network("spoke", {
      "cloud-pcs": randomSubnet(random, "10.1.1.0/24", memberGroupNames),
      servers: randomSubnet(random, "10.1.2.0/24", memberGroupNames),
      endpoints: {
        ...randomSubnet(random, "10.1.3.0/24", memberGroupNames),
        privateEndpointNetworkPolicies: random.pick([
          "Disabled",
          "Enabled",
          "NetworkSecurityGroupEnabled",
          "RouteTableEnabled",
        ]),
      },
    }),
    network("other", { machines: randomSubnet(random, "10.2.1.0/24") }),
    network("far", { machines: randomSubnet(random, "10.3.1.0/24") }),
    ...randomPeerings(random, parts),
    ...randomMachines(random),
    natGateway("nat"),
    publicAddress("nat-pip", "203.0.113.210"),
    ...(parts.gateway ? randomGateway(random) : []),
  ];
}

function randomSubnet(random: Random, addressPrefix: string, groups: readonly string[] = groupNames) {
  const table = random.pick(tableNames);
  return {
    addressPrefix,
    ...(random.chance(0.6) ? { networkSecurityGroup: ref("networkSecurityGroups", random.pick(groups)) } : {}),
    ...(random.chance(0.6) ? { routeTable: ref("routeTables", table) } : {}),
    ...(random.chance(0.3) ? { natGateway: ref("natGateways", "nat") } : {}),
    ...(random.chance(0.5) ? { defaultOutboundAccess: random.chance(0.4) } : {}),
    ...(random.chance(0.15) ? { serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["*"] }] } : {}),
  };
}

function randomPeerings(random: Random, { gateway }: Parts): readonly WireResource[] {
  const pairs: readonly (readonly [string, string])[] = [
    ["hub", "spoke"],
    ["hub", "other"],
    ...(random.chance(0.2) ? [["spoke", "other"] as const] : []),
    ...(random.chance(0.2) ? [["other", "far"] as const] : []),
  ];
  return pairs.flatMap(([from, to]) => {
    const transit = gateway && from === "hub" && random.chance(0.8);
    const there = { ...randomFlags(random), allowGatewayTransit: transit };
    if (random.chance(0.05)) return [peering(from, to, { ...there, peeringState: "Initiated" })];
    const peeringState = mostly(random, "Connected", "Connected", "Connected", "Disconnected");
    const back = { ...randomFlags(random), useRemoteGateways: transit && random.chance(0.8) };
    return [peering(from, to, { ...there, peeringState }), peering(to, from, { ...back, peeringState })];
  });
}

function randomFlags(random: Random) {
  return { allowVirtualNetworkAccess: random.chance(0.93), allowForwardedTraffic: random.chance(0.8) };
}

function randomMachines(random: Random): readonly WireResource[] {
  const machine = (name: string, subnet: string, address: string) => {
    const inSpoke = subnet.startsWith("spoke/");
    const names = inSpoke ? memberGroupNames : groupNames;
    const group = random.chance(0.4) ? { networkSecurityGroup: ref("networkSecurityGroups", random.pick(names)) } : {};
    const member =
      inSpoke && random.chance(0.5)
        ? { applicationSecurityGroups: [ref("applicationSecurityGroups", "asg-machines")] }
        : {};
    const open = random.chance(0.3) ? { publicIPAddress: ref("publicIPAddresses", `${name}-pip`) } : {};
    return networkInterface(name, subnet, address, { properties: group, configuration: { ...member, ...open } });
  };
  return [
    resource("applicationSecurityGroups", "asg-machines", {}),
    machine("pc", "spoke/cloud-pcs", "10.1.1.4"),
    machine("server", "spoke/servers", "10.1.2.4"),
    machine("stranger", "other/machines", "10.2.1.9"),
    networkInterface("nva", "hub/servers", addresses.nva, { properties: { enableIPForwarding: random.chance(0.7) } }),
    ...["pc", "server", "stranger"].map((name, index) => publicAddress(`${name}-pip`, `203.0.113.${100 + index}`)),
    resource("privateEndpoints", "endpoint", {
      subnet: ref("virtualNetworks", "spoke", "subnets", "endpoints"),
      customDnsConfigs: [{ fqdn: "files.example", ipAddresses: [addresses.endpoint] }],
    }),
  ];
}

function randomGateway(random: Random): readonly WireResource[] {
  const bgp = random.chance(0.4);
  const kind = random.chance(0.2) ? { gatewayType: "ExpressRoute" } : {};
  const hasDefaultSite = random.chance(0.1);
  return [
    vpnGateway("gw", "hub", {
      ...kind,
      enableBgp: bgp,
      ...(hasDefaultSite ? { gatewayDefaultSite: ref("localNetworkGateways", "site") } : {}),
    }),
    ...site("gw", "site", [prefixes.site]),
    ...(random.chance(0.4)
      ? site("gw", "branch", some(random, [prefixes.branch, "10.1.1.0/26", "10.64.0.0/10"], 2))
      : []),
  ];
}

/** The id of the hub's gateway. */
export const gatewayId = idOf("virtualNetworkGateways", "gw");
