import {
  applicationRule,
  firewall,
  firewallPolicy,
  natGateway,
  networkInterface,
  networkRule,
  peering,
  publicAddress,
  ref,
  routeTable,
  ruleCollection,
  ruleGroup,
  securityGroup,
  securityRule,
  site,
  virtualNetwork,
  vpnGateway,
  type WireResource,
} from "../../support/arm-resources.ts";
import type { Random } from "./random.ts";

/** A random estate as the REST API would return it, with the tables that both models are handed. */
export interface RandomEstate {
  readonly resources: readonly WireResource[];
  readonly serviceTags: Readonly<Record<string, readonly string[]>>;
  readonly fqdnTags: Readonly<Record<string, readonly string[]>>;
  readonly dnsRecords: Readonly<Record<string, readonly string[]>>;
}

/** A random question about it, for one packet. */
export interface RandomQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: "Tcp" | "Udp" | "Icmp";
  readonly port: number;
}

const tables = {
  serviceTags: { Storage: ["198.51.100.0/24"], WindowsVirtualDesktop: ["203.0.113.64/26"] },
  fqdnTags: { Windows365: ["*.w365.example.com"] },
  dnsRecords: {
    "a.w365.example.com": ["203.0.113.70"],
    "b.example.com": ["198.51.100.7"],
    "kms.example.com": ["192.0.2.9"],
  },
};

/** A hub with firewall and VPN gateway, two spokes, a site on-premises; everything that may differ does. */
export function randomEstate(random: Random): RandomEstate {
  const may = (probability: number) => random.chance(probability);
  const nsg = () =>
    may(0.6) ? { networkSecurityGroup: ref("networkSecurityGroups", random.pick(["nsg-a", "nsg-b"])) } : {};
  const table = () => (may(0.7) ? { routeTable: ref("routeTables", random.pick(["rt-a", "rt-b"])) } : {});
  const nat = () => (may(0.5) ? { natGateway: ref("natGateways", "nat") } : {});
  const outbound = () => ({ defaultOutboundAccess: may(0.3) });
  const subnet = (addressPrefix: string) => ({ addressPrefix, ...nsg(), ...table(), ...nat(), ...outbound() });
  const dns = () => (may(0.3) ? { dhcpOptions: { dnsServers: [random.pick(["10.0.0.4", "10.0.2.10"])] } } : {});
  const gatewayTable = may(0.5) ? { routeTable: ref("routeTables", "rt-gateway") } : {};
  const flags = (side: "hub" | "spoke") => ({
    allowVirtualNetworkAccess: may(0.95),
    allowForwardedTraffic: may(0.8),
    ...(side === "hub" ? { allowGatewayTransit: may(0.9) } : { useRemoteGateways: may(0.8) }),
  });
  return {
    ...tables,
    resources: [
      virtualNetwork("hub", ["10.0.0.0/16"], {
        AzureFirewallSubnet: {
          addressPrefix: "10.0.0.0/26",
          ...(may(0.2) ? { routeTable: ref("routeTables", "rt-firewall") } : {}),
        },
        GatewaySubnet: { addressPrefix: "10.0.1.0/27", ...gatewayTable },
        servers: subnet("10.0.2.0/24"),
      }),
      virtualNetwork("one", ["10.1.0.0/16"], { cpc: subnet("10.1.1.0/24"), apps: subnet("10.1.2.0/24") }, dns()),
      virtualNetwork("two", ["10.2.0.0/16"], { apps: subnet("10.2.1.0/24") }, dns()),
      ...["one", "two"].flatMap((spoke) => [
        peering("hub", spoke, flags("hub")),
        peering(spoke, "hub", flags("spoke")),
      ]),
      ...["nsg-a", "nsg-b"].map((name) => randomGroup(random, name)),
      ...["rt-a", "rt-b"].map((name) => randomTable(random, name)),
      routeTable("rt-gateway", {
        ...(may(0.8) ? { one: ["10.1.0.0/16", "VirtualAppliance", "10.0.0.4"] as const } : {}),
        ...(may(0.5) ? { two: ["10.2.0.0/16", "VirtualAppliance", "10.0.0.4"] as const } : {}),
      }),
      routeTable("rt-firewall", { internet: ["0.0.0.0/0", "Internet"] }),
      publicAddress("nat-pip", "203.0.113.10"),
      publicAddress("fw-pip", "203.0.113.20"),
      natGateway("nat"),
      firewall("fw", "hub", "10.0.0.4"),
      ...randomPolicy(random),
      vpnGateway("gw", "hub"),
      ...site("gw", "site", ["172.20.0.0/16"]),
      networkInterface("vm", "one/cpc", "10.1.1.9", {
        properties: may(0.5) ? { networkSecurityGroup: ref("networkSecurityGroups", "nsg-b") } : {},
      }),
    ],
  };
}

/** A question between the places of such an estate. */
export function randomQuestion(random: Random): RandomQuestion {
  const private_ = ["10.1.1.4", "10.1.1.9", "10.1.2.4", "10.2.1.4", "10.0.2.10", "172.20.1.1"];
  const outside = ["198.51.100.7", "203.0.113.70", "192.0.2.9", "10.99.0.1", "10.1.200.1"];
  const from = random.pick(private_);
  return {
    from,
    to: random.pick([...private_, ...outside, ...Object.keys(tables.dnsRecords)].filter((to) => to !== from)),
    protocol: random.pick(["Tcp", "Tcp", "Udp", "Icmp"] as const),
    port: random.pick([53, 80, 443, 1688, 3389]),
  };
}

const ends = [
  "*",
  "VirtualNetwork",
  "Internet",
  "10.1.0.0/16",
  "10.1.1.0/24",
  "10.0.0.0/8",
  "198.51.100.0/24",
  "Storage",
  "172.20.0.0/16",
];

function randomGroup(random: Random, name: string): WireResource {
  const rules = Array.from({ length: random.below(5) }, (_, index) =>
    securityRule(`rule-${index}`, 100 + index * 10, {
      direction: random.pick(["Outbound", "Inbound"]),
      access: random.pick(["Allow", "Deny"]),
      protocol: random.pick(["*", "Tcp", "Udp", "Icmp"]),
      sourceAddressPrefix: random.pick(ends),
      destinationAddressPrefix: random.pick(ends),
      destinationPortRange: random.pick(["*", "443", "53", "80-2000"]),
    }),
  );
  return securityGroup(name, ...rules);
}

function randomTable(random: Random, name: string): WireResource {
  const hop = () =>
    random.pick([["VirtualAppliance", "10.0.0.4"], ["VirtualAppliance", "10.0.0.4"], ["Internet"], ["None"]] as const);
  const prefixes = [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.2.0.0/16",
    "198.51.100.0/24",
    "172.20.0.0/16",
    "WindowsVirtualDesktop",
  ];
  const chosen = prefixes.filter(() => random.chance(0.3));
  const routes = Object.fromEntries(
    chosen.map((prefix, index) => {
      const [type, address] = hop();
      return [`route-${index}`, address === undefined ? ([prefix, type] as const) : ([prefix, type, address] as const)];
    }),
  );
  return routeTable(name, routes, { disableBgpRoutePropagation: random.chance(0.4) });
}

function randomPolicy(random: Random): readonly WireResource[] {
  const net = () =>
    networkRule("net", [random.pick(["*", "443", "53", "1688"])], {
      ipProtocols: [random.pick(["TCP", "UDP", "Any"])],
      destinationAddresses: [random.pick(["*", "10.0.0.0/8", "198.51.100.0/24", "172.20.0.0/16"])],
    });
  const app = () =>
    random.chance(0.5)
      ? applicationRule("app", [random.pick(["*", "*.example.com", "b.example.com"])])
      : { ...applicationRule("tag", []), fqdnTags: ["Windows365"] };
  const collections = Array.from({ length: random.below(4) }, (_, index) =>
    ruleCollection(
      `collection-${index}`,
      100 + index * 10,
      random.chance(0.75) ? "Allow" : "Deny",
      random.chance(0.6) ? net() : app(),
    ),
  );
  return [
    firewallPolicy("fw", { dnsSettings: { enableProxy: random.chance(0.6) } }),
    ruleGroup("fw", "group", 200, ...collections),
  ];
}
