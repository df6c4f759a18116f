import {
  child,
  firewall,
  firewallPolicy,
  idOf,
  networkInterface,
  networkRule,
  peering,
  publicAddress,
  ref,
  resource,
  routeTable,
  ruleCollection,
  ruleGroup,
  securityGroup,
  site,
  virtualNetwork,
  vpnGateway,
  type WireResource,
} from "../support/arm-resources.ts";
import type { PacketQuestion } from "./random-estate/random-question.ts";
import type { World } from "./random-estate/world.ts";

/** A difference that a run found, with the sentence of the page that settled it. */
export interface SettledCase {
  readonly title: string;
  /** On Microsoft Learn, without a locale. */
  readonly page: string;
  readonly read: string;
  readonly resources: readonly WireResource[];
  readonly tables?: Partial<Omit<World, "resources">>;
  readonly question: PacketQuestion;
  readonly expect: readonly [verdict: string, disposition: string];
}

const learn = "https://learn.microsoft.com/azure";
const read = "2026-11-21";
const https = { protocol: "Tcp", port: 443 } as const;

/** A spoke whose traffic a firewall in the hub passes. */
function firewalled(rule: Readonly<Record<string, unknown>>, more: readonly WireResource[] = [], policy: object = {}) {
  const firewallSubnet = more.some(({ name }) => name === "rt-firewall")
    ? { addressPrefix: "10.0.0.0/26", routeTable: ref("routeTables", "rt-firewall") }
    : "10.0.0.0/26";
  return [
    virtualNetwork("hub", ["10.0.0.0/16"], { AzureFirewallSubnet: firewallSubnet, GatewaySubnet: "10.0.1.0/27" }),
    virtualNetwork("spoke", ["10.1.0.0/16"], {
      pcs: { addressPrefix: "10.1.1.0/24", routeTable: ref("routeTables", "rt") },
    }),
    peering("hub", "spoke"),
    peering("spoke", "hub"),
    routeTable("rt", { default: ["0.0.0.0/0", "VirtualAppliance", "10.0.0.4"] }),
    firewall("fw", "hub", "10.0.0.4"),
    publicAddress("fw-pip", "203.0.113.200"),
    firewallPolicy("fw", { ...policy }),
    ruleGroup("fw", "group", 100, ruleCollection("rules", 100, "Allow", rule)),
    ...more,
  ];
}

const everything = networkRule("all", ["*"], { ipProtocols: ["Any"] });

/** Two peered networks; the peering gives no access and no security rule speaks of it. */
const withoutAccess = [
  virtualNetwork("a", ["10.0.0.0/16"], { machines: "10.0.0.0/24" }),
  virtualNetwork("b", ["10.1.0.0/16"], { machines: "10.1.0.0/24" }),
  peering("a", "b", { allowVirtualNetworkAccess: false }),
  peering("b", "a"),
];

const endpoint = resource("privateEndpoints", "endpoint", {
  subnet: ref("virtualNetworks", "b", "subnets", "machines"),
  customDnsConfigs: [{ fqdn: "files.example", ipAddresses: ["10.1.0.9"] }],
});

const gateway = (table: Parameters<typeof routeTable>[1], ...more: readonly WireResource[]) => [
  virtualNetwork("vnet", ["10.0.0.0/16"], {
    machines: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "rt") },
    GatewaySubnet: "10.0.255.0/27",
  }),
  routeTable("rt", table),
  vpnGateway("gw", "vnet"),
  ...site("gw", "site", ["172.20.0.0/16"]),
  ...more,
];

const gatewayId = idOf("virtualNetworkGateways", "gw");

const privateSubnet = [
  virtualNetwork("vnet", ["10.0.0.0/16"], { machines: { addressPrefix: "10.0.0.0/24", defaultOutboundAccess: false } }),
];

const redirected = [
  virtualNetwork("vnet", ["10.0.0.0/16"], { machines: "10.0.0.0/24", outbound: "10.0.1.0/28" }),
  resource("privateDnsZones", "privatelink.example", {}),
  child(["privateDnsZones", "privatelink.example", "A", "files"], { ttl: 60, aRecords: [{ ipv4Address: "10.0.0.9" }] }),
  child(["privateDnsZones", "privatelink.example", "virtualNetworkLinks", "vnet"], {
    virtualNetwork: ref("virtualNetworks", "vnet"),
  }),
  resource("dnsResolvers", "resolver", { virtualNetwork: ref("virtualNetworks", "vnet") }),
  child(["dnsResolvers", "resolver", "outboundEndpoints", "out"], {
    subnet: ref("virtualNetworks", "vnet", "subnets", "outbound"),
  }),
  resource("dnsForwardingRulesets", "ruleset", {
    dnsResolverOutboundEndpoints: [{ id: idOf("dnsResolvers", "resolver", "outboundEndpoints", "out") }],
  }),
  child(["dnsForwardingRulesets", "ruleset", "forwardingRules", "rule"], {
    domainName: "example.",
    forwardingRuleState: "Enabled",
    targetDnsServers: [{ ipAddress: "203.0.113.53", port: 53 }],
  }),
  child(["dnsForwardingRulesets", "ruleset", "virtualNetworkLinks", "vnet"], {
    virtualNetwork: ref("virtualNetworks", "vnet"),
  }),
];

/** Differences between the model and the packet walker, each settled by its page and made as small as it gets. */
export const settledCases: readonly SettledCase[] = [
  {
    title: "what on-premises does with Internet traffic that a learnt default route sends there is not known",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route`,
    read,
    resources: gateway({}),
    tables: { learnedRoutes: { [gatewayId]: ["0.0.0.0/0"] } },
    question: { from: "10.0.0.4", to: "203.0.113.9", ...https },
    expect: ["Unknown", "InsufficientInfo"],
  },
  {
    title: "a user route to the gateway leads to the site that has the address",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#user-defined`,
    read,
    resources: gateway({ site: ["172.16.0.0/12", "VirtualNetworkGateway"] }),
    question: { from: "10.0.0.4", to: "172.20.1.1", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
  {
    title: "a user route to the gateway leads nowhere where the network has none",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#user-defined`,
    read,
    resources: gateway({ site: ["172.16.0.0/12", "VirtualNetworkGateway"] }).filter(({ name }) => name !== "gw"),
    question: { from: "10.0.0.4", to: "172.20.1.1", ...https },
    expect: ["Deny", "NoRoute"],
  },
  {
    title: "whatever a gateway learns, its sites are behind it",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#border-gateway-protocol`,
    read,
    resources: gateway({}).map((one) =>
      one.name === "gw" ? { ...one, properties: { ...one.properties, enableBgp: true } } : one,
    ),
    question: { from: "10.0.0.4", to: "172.20.1.1", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
  {
    title: "a private subnet reaches storage of its own region",
    page: `${learn}/virtual-network/ip-services/default-outbound-access`,
    read,
    resources: privateSubnet,
    tables: { serviceTags: { "Storage.WestEurope": ["192.0.2.64/27"] } },
    question: { from: "10.0.0.4", to: "192.0.2.70", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
  {
    title: "a private subnet reaches nothing beside it",
    page: `${learn}/virtual-network/ip-services/default-outbound-access`,
    read,
    resources: privateSubnet,
    tables: { serviceTags: { "Storage.WestEurope": ["192.0.2.64/27"] } },
    question: { from: "10.0.0.4", to: "192.0.2.130", ...https },
    expect: ["Deny", "NoEgress"],
  },
  {
    title: 'a firewall that never translates "can\'t route traffic directly to the Internet"',
    page: `${learn}/firewall/snat-private-range`,
    read,
    resources: firewalled(everything, [], { snat: { privateRanges: ["0.0.0.0/0"] } }),
    question: { from: "10.1.1.4", to: "203.0.113.9", ...https },
    expect: ["Deny", "NoEgress"],
  },
  {
    title: "no network rule leads on from the firewall's own public address",
    page: `${learn}/firewall/rule-processing`,
    read,
    resources: firewalled(everything),
    question: { from: "198.51.100.10", to: "203.0.113.200", ...https },
    expect: ["Deny", "DeniedByFirewall"],
  },
  {
    title: "the firewall's answer follows the routes of its own subnet",
    page: `${learn}/firewall/tutorial-hybrid-portal`,
    read,
    resources: firewalled(everything, [routeTable("rt-firewall", { back: ["10.1.1.0/24", "None"] })]),
    question: { from: "10.1.1.4", to: "203.0.113.9", ...https },
    expect: ["Deny", "NullRouted"],
  },
  {
    title: "a peering without access leaves traffic open that no security rule names",
    page: `${learn}/virtual-network/virtual-network-manage-peering`,
    read,
    resources: withoutAccess,
    question: { from: "10.0.0.4", to: "10.1.0.4", ...https },
    expect: ["Unknown", "InsufficientInfo"],
  },
  {
    title: "a private endpoint of a peer is behind the peering like everything else there",
    page: `${learn}/virtual-network/virtual-network-manage-peering`,
    read,
    resources: [...withoutAccess, endpoint],
    question: { from: "10.0.0.4", to: "10.1.0.9", ...https },
    expect: ["Unknown", "InsufficientInfo"],
  },
  {
    title: "a forwarding rule takes a name before public DNS redirects it into a private link zone",
    page: `${learn}/dns/private-resolver-endpoints-rulesets`,
    read,
    resources: redirected,
    tables: {
      dnsRecords: { "files.example": ["files.privatelink.example"], "files.privatelink.example": ["192.0.2.70"] },
    },
    question: { from: "10.0.0.4", to: "files.example", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
  {
    title: "without a rule the name leads to the private endpoint",
    page: `${learn}/private-link/private-endpoint-dns`,
    read,
    resources: redirected.slice(0, 4),
    tables: {
      dnsRecords: { "files.example": ["files.privatelink.example"], "files.privatelink.example": ["192.0.2.70"] },
    },
    question: { from: "10.0.0.4", to: "files.example", ...https },
    expect: ["Allow", "Delivered"],
  },
  {
    title: "a machine whose address the DNS server's network cannot answer does not speak for its neighbours",
    page: `${learn}/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances`,
    read,
    resources: [
      virtualNetwork(
        "vnet",
        ["10.0.0.0/16"],
        {
          machines: "10.0.0.0/24",
          servers: { addressPrefix: "10.0.2.0/24", routeTable: ref("routeTables", "rt") },
        },
        { dhcpOptions: { dnsServers: ["10.0.2.10"] } },
      ),
      routeTable("rt", { half: ["10.0.0.0/25", "None"] }),
    ],
    tables: { dnsRecords: { "login.example": ["198.51.100.10"] } },
    question: { from: "10.0.0.200", to: "login.example", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
  {
    title: "an interface that does not forward drops before its security group is asked",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#user-defined`,
    read,
    resources: [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        machines: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "rt") },
        appliances: { addressPrefix: "10.0.2.0/24", networkSecurityGroup: ref("networkSecurityGroups", "closed") },
      }),
      routeTable("rt", { out: ["203.0.113.0/24", "VirtualAppliance", "10.0.2.20"] }),
      networkInterface("nva", "vnet/appliances", "10.0.2.20"),
      securityGroup("closed"),
    ],
    question: { from: "10.0.0.4", to: "203.0.113.9", ...https },
    expect: ["Deny", "NoRoute"],
  },
  {
    title: "whether a longer BGP prefix beats the user route that replaces a system route is not documented",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route`,
    read,
    resources: gateway({ own: ["10.0.0.0/16", "None"] }),
    tables: { learnedRoutes: { [gatewayId]: ["10.0.0.0/17"] } },
    question: { from: "10.0.0.4", to: "10.0.0.9", ...https },
    expect: ["Unknown", "InsufficientInfo"],
  },
];
