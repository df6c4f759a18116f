import type { WireResource } from "./arm-resources.ts";
import {
  applicationRule,
  child,
  firewall,
  firewallPolicy,
  idOf,
  natGateway,
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
  securityRule,
  site,
  virtualNetwork,
  vpnGateway,
} from "./arm-resources.ts";

/** What one question of an example must be answered. */
export interface WorkedQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: "Tcp" | "Udp" | "Icmp";
  readonly port?: number;
  readonly expect: {
    readonly verdict: "Allow" | "Deny" | "Unknown";
    readonly disposition?: string;
    /** The next hop of the first route, as Network Watcher names it. */
    readonly nextHop?: string;
    /** The rule that decides, where the page names it. */
    readonly rule?: string;
  };
  /** The sentence of the page that this follows from, in short. */
  readonly because: string;
}

/** An example that one of Microsoft's pages works out, or one built word for word on a rule of the page. */
export interface WorkedExample {
  readonly title: string;
  readonly page: string;
  /** The day the page was read. */
  readonly read: string;
  readonly resources: readonly WireResource[];
  readonly serviceTags?: Readonly<Record<string, readonly string[]>>;
  readonly dnsRecords?: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly WorkedQuestion[];
}

const learn = "https://learn.microsoft.com/azure";
const read = "2026-11-21";

const tcp = (from: string, to: string, port: number, expect: WorkedQuestion["expect"], because: string) =>
  ({ from, to, protocol: "Tcp", port, expect, because }) as const;

const ipFlowVerify: WorkedExample = {
  title: "IP flow verify: a virtual machine with the default rules",
  page: `${learn}/network-watcher/diagnose-vm-network-traffic-filtering-problem`,
  read,
  resources: [
    virtualNetwork("myVnet", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    securityGroup("myVm-nsg"),
    publicAddress("myVm-ip", "192.0.2.4"),
    networkInterface("myVm", "myVnet/default", "10.0.0.4", {
      properties: { networkSecurityGroup: ref("networkSecurityGroups", "myVm-nsg") },
      configuration: { publicIPAddress: ref("publicIPAddresses", "myVm-ip") },
    }),
  ],
  questions: [
    tcp(
      "10.0.0.4",
      "13.107.21.200",
      80,
      { verdict: "Allow", disposition: "ExitsNetwork", rule: "AllowInternetOutBound" },
      "an address of www.bing.com lies in Internet",
    ),
    tcp(
      "10.0.0.4",
      "172.31.0.100",
      80,
      { verdict: "Deny", disposition: "DeniedOutbound", rule: "DenyAllOutBound" },
      "a private address outside the network is neither VirtualNetwork nor Internet",
    ),
    tcp("172.31.0.100", "10.0.0.4", 80, { verdict: "Deny" }, "nothing allows it inbound"),
    tcp(
      "198.51.100.7",
      "192.0.2.4",
      80,
      { verdict: "Deny", disposition: "DeniedInbound", rule: "DenyAllInBound" },
      "no rule allows port 80 from the Internet",
    ),
  ],
};

const nextHop: WorkedExample = {
  title: "Next hop: system routes alone",
  page: `${learn}/network-watcher/diagnose-vm-network-routing-problem`,
  read,
  resources: [virtualNetwork("myVnet", ["10.0.0.0/16"], { default: "10.0.0.0/24" })],
  questions: [
    tcp("10.0.0.4", "13.107.21.200", 80, { verdict: "Allow", nextHop: "Internet" }, "0.0.0.0/0 is a system route"),
    tcp(
      "10.0.0.4",
      "172.31.0.100",
      80,
      { verdict: "Deny", disposition: "NullRouted", nextHop: "None" },
      "172.16.0.0/12 goes to None",
    ),
  ],
};

const nextHopInSpace: WorkedExample = {
  title: "Next hop: 172.16.0.0/12 added to the address space",
  page: `${learn}/network-watcher/diagnose-vm-network-routing-problem#view-details-of-a-route`,
  read,
  resources: [
    virtualNetwork("myVnet", ["10.0.0.0/16", "172.16.0.0/12"], { default: "10.0.0.0/24", other: "172.31.0.0/24" }),
  ],
  questions: [
    tcp(
      "10.0.0.4",
      "172.31.0.100",
      80,
      { verdict: "Allow", disposition: "Delivered", nextHop: "VirtualNetwork" },
      "Azure changes the next hop of the range to Virtual network",
    ),
  ],
};

const routingExample: WorkedExample = {
  title: "Routing example: Subnet1 and Subnet2 of Virtual-network-1",
  page: `${learn}/virtual-network/virtual-networks-udr-overview#routing-example`,
  read,
  resources: [
    virtualNetwork("Virtual-network-1", ["10.0.0.0/16"], {
      Subnet1: {
        addressPrefix: "10.0.0.0/24",
        routeTable: ref("routeTables", "Subnet1-routes"),
        serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope"] }],
      },
      Subnet2: "10.0.1.0/24",
      Dmz: "10.0.100.0/24",
      GatewaySubnet: "10.0.255.0/27",
    }),
    virtualNetwork("Virtual-network-2", ["10.1.0.0/16", "10.2.0.0/16"], { A: "10.1.0.0/24", B: "10.2.0.0/24" }),
    peering("Virtual-network-1", "Virtual-network-2"),
    peering("Virtual-network-2", "Virtual-network-1"),
    routeTable("Subnet1-routes", {
      "Within-VNet1": ["10.0.0.0/16", "VirtualAppliance", "10.0.100.4"],
      "Within-Subnet1": ["10.0.0.0/24", "VnetLocal"],
      "ToVNet2-1-Drop": ["10.1.0.0/16", "None"],
      "ToVNet2-2-Drop": ["10.2.0.0/16", "None"],
      "To-On-Prem": ["10.10.0.0/16", "VirtualAppliance", "10.0.100.4"],
      "Default-NVA": ["0.0.0.0/0", "VirtualAppliance", "10.0.100.4"],
    }),
    networkInterface("nva", "Virtual-network-1/Dmz", "10.0.100.4", { properties: { enableIPForwarding: true } }),
    vpnGateway("gateway", "Virtual-network-1"),
    ...site("gateway", "on-premises", ["10.10.0.0/16"]),
  ],
  serviceTags: { "Storage.westeurope": ["198.51.100.0/24"] },
  questions: [
    tcp("10.0.0.4", "10.0.0.5", 443, { verdict: "Allow", nextHop: "VirtualNetwork" }, "ID3 keeps it in Subnet1"),
    tcp("10.0.0.4", "10.0.1.5", 443, { verdict: "Unknown", nextHop: "VirtualAppliance" }, "ID2, to the appliance"),
    tcp("10.0.0.4", "10.1.0.4", 443, { verdict: "Deny", disposition: "NullRouted", nextHop: "None" }, "ID6 drops"),
    tcp("10.0.0.4", "10.2.0.4", 443, { verdict: "Deny", disposition: "NullRouted", nextHop: "None" }, "ID7 drops"),
    tcp("10.0.0.4", "10.10.0.4", 443, { verdict: "Unknown", nextHop: "VirtualAppliance" }, "ID9 overrides ID8"),
    tcp("10.0.0.4", "198.51.100.9", 443, { verdict: "Allow", nextHop: "VirtualNetworkServiceEndpoint" }, "ID10"),
    tcp("10.0.0.4", "203.0.113.9", 443, { verdict: "Unknown", nextHop: "VirtualAppliance" }, "ID12 overrides ID11"),
    tcp(
      "10.0.0.4",
      "192.168.7.7",
      443,
      { verdict: "Unknown", nextHop: "VirtualAppliance" },
      "the user route for 0.0.0.0/0 removed the None routes from Subnet1",
    ),
    tcp(
      "10.0.1.4",
      "10.1.0.4",
      443,
      { verdict: "Allow", nextHop: "VirtualNetworkPeering" },
      "Subnet2 has no user route",
    ),
    tcp("10.0.1.4", "10.10.0.4", 443, { verdict: "Allow", nextHop: "VirtualNetworkGateway" }, "Subnet2: gateway"),
    tcp("10.0.1.4", "203.0.113.9", 443, { verdict: "Allow", nextHop: "Internet" }, "Subnet2: 0.0.0.0/0 Internet"),
    tcp("10.0.1.4", "192.168.7.7", 443, { verdict: "Deny", nextHop: "None" }, "Subnet2 keeps its None routes"),
  ],
};

const longestPrefix: WorkedExample = {
  title: "How Azure selects a route: the longest prefix",
  page: `${learn}/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route`,
  read,
  resources: [
    virtualNetwork("vnet", ["10.9.0.0/16"], {
      default: { addressPrefix: "10.9.0.0/24", routeTable: ref("routeTables", "routes") },
    }),
    routeTable("routes", { long: ["10.0.0.0/24", "None"], short: ["10.0.0.0/16", "Internet"] }),
  ],
  questions: [
    tcp("10.9.0.4", "10.0.0.5", 443, { verdict: "Deny", nextHop: "None" }, "10.0.0.0/24 is longer"),
    tcp("10.9.0.4", "10.0.1.5", 443, { verdict: "Deny", nextHop: "Internet" }, "only 10.0.0.0/16 holds it"),
  ],
};

const forcedTunnelling: WorkedExample = {
  title: "How Azure selects a route: a user default route over the system's (forced tunnelling)",
  page: `${learn}/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route`,
  read,
  resources: [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "forced") },
      direct: { addressPrefix: "10.0.1.0/24" },
      GatewaySubnet: "10.0.255.0/27",
    }),
    routeTable("forced", { default: ["0.0.0.0/0", "VirtualNetworkGateway"] }),
    vpnGateway("gateway", "vnet"),
    ...site("gateway", "branch", ["192.168.0.0/24"]),
  ],
  questions: [
    tcp(
      "10.0.0.4",
      "203.0.113.9",
      443,
      { verdict: "Unknown", nextHop: "VirtualNetworkGateway" },
      "the user route wins; what the branch does with it is not known",
    ),
    tcp("10.0.1.4", "203.0.113.9", 443, { verdict: "Allow", nextHop: "Internet" }, "the other subnet is not tunnelled"),
    tcp("10.0.1.4", "192.168.0.9", 443, { verdict: "Allow", nextHop: "VirtualNetworkGateway" }, "the branch is known"),
  ],
};

const serviceTagRoutes: WorkedExample = {
  title: "Service tags in user routes: exact match",
  page: `${learn}/virtual-network/virtual-networks-udr-overview#exact-match`,
  read,
  resources: [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "routes") },
    }),
    routeTable("routes", {
      everything: ["0.0.0.0/0", "None"],
      topLevel: ["Storage", "None"],
      regional: ["Storage.WestEurope", "Internet"],
      explicit: ["198.51.100.128/25", "None"],
    }),
  ],
  serviceTags: {
    Storage: ["198.51.100.0/25", "198.51.100.128/25", "203.0.113.0/24"],
    "Storage.WestEurope": ["198.51.100.0/25", "198.51.100.128/25"],
  },
  questions: [
    tcp(
      "10.0.0.4",
      "198.51.100.9",
      443,
      { verdict: "Allow", nextHop: "Internet" },
      "a regional tag before a top-level tag",
    ),
    tcp("10.0.0.4", "198.51.100.200", 443, { verdict: "Deny", nextHop: "None" }, "an explicit prefix before any tag"),
    tcp("10.0.0.4", "203.0.113.9", 443, { verdict: "Deny", nextHop: "None" }, "only the top-level tag holds it"),
  ],
};

const http = { direction: "Inbound", protocol: "Tcp", destinationPortRange: "80", sourceAddressPrefix: "Internet" };

function placement(
  title: string,
  nsg1: readonly object[],
  nsg2: readonly object[],
  questions: WorkedExample["questions"],
) {
  const addresses = { VM1: "10.0.1.4", VM2: "10.0.1.5", VM3: "10.0.2.4", VM4: "10.0.3.4" };
  const subnets = { VM1: "Subnet1", VM2: "Subnet1", VM3: "Subnet2", VM4: "Subnet3" };
  const names = ["VM1", "VM2", "VM3", "VM4"] as const;
  return {
    title,
    page: `${learn}/virtual-network/network-security-group-how-it-works`,
    read,
    resources: [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        Subnet1: { addressPrefix: "10.0.1.0/24", networkSecurityGroup: ref("networkSecurityGroups", "NSG1") },
        Subnet2: "10.0.2.0/24",
        Subnet3: "10.0.3.0/24",
      }),
      securityGroup("NSG1", ...nsg1.map((rule) => ({ ...rule }))),
      securityGroup("NSG2", ...nsg2.map((rule) => ({ ...rule }))),
      ...names.flatMap((name, index) => [
        publicAddress(`${name}-pip`, `192.0.2.${index + 1}`),
        networkInterface(name, `vnet/${subnets[name]}`, addresses[name], {
          properties:
            name === "VM1" || name === "VM3" ? { networkSecurityGroup: ref("networkSecurityGroups", "NSG2") } : {},
          configuration: { publicIPAddress: ref("publicIPAddresses", `${name}-pip`) },
        }),
      ]),
    ],
    questions,
  };
}

const denied = { verdict: "Deny", disposition: "DeniedInbound" } as const;
const delivered = { verdict: "Allow", disposition: "Delivered" } as const;

const placementInbound = placement(
  "NSG placement, inbound: only NSG1 allows port 80",
  [securityRule("AllowHttp", 100, http)],
  [],
  [
    tcp("198.51.100.7", "192.0.2.1", 80, denied, "VM1: NSG2 must allow it too"),
    tcp("198.51.100.7", "192.0.2.2", 80, delivered, "VM2: only NSG1 applies"),
    tcp("198.51.100.7", "192.0.2.3", 80, denied, "VM3: only NSG2 applies"),
    tcp("198.51.100.7", "192.0.2.4", 80, delivered, "VM4: no group applies, all traffic is allowed"),
    tcp("198.51.100.7", "192.0.2.2", 443, denied, "VM2: another port"),
  ],
);

const placementBoth = placement(
  "NSG placement, inbound: both groups allow port 80",
  [securityRule("AllowHttp", 100, http)],
  [securityRule("AllowHttp", 100, http)],
  [
    tcp("198.51.100.7", "192.0.2.1", 80, delivered, "VM1: both allow it"),
    tcp("198.51.100.7", "192.0.2.3", 80, delivered, "VM3: NSG2 allows it"),
  ],
);

const placementOutbound = placement(
  "NSG placement, outbound: NSG2 denies port 80",
  [],
  [securityRule("DenyHttp", 100, { access: "Deny", protocol: "Tcp", destinationPortRange: "80" })],
  [
    tcp("10.0.1.4", "203.0.113.9", 80, { verdict: "Deny", disposition: "DeniedOutbound" }, "VM1: NSG2 denies it"),
    tcp("10.0.1.5", "203.0.113.9", 80, { verdict: "Allow" }, "VM2: NSG1 allows the Internet by default"),
    tcp("10.0.2.4", "203.0.113.9", 80, { verdict: "Deny", disposition: "DeniedOutbound" }, "VM3: NSG2 denies it"),
    tcp("10.0.3.4", "203.0.113.9", 80, { verdict: "Allow" }, "VM4: no group applies"),
  ],
);

const intraSubnet = placement(
  "NSG placement: a rule of NSG1 denies all traffic inside Subnet1",
  [
    securityRule("DenyAllOut", 100, { access: "Deny" }),
    securityRule("DenyAllIn", 100, { access: "Deny", direction: "Inbound" }),
  ],
  [],
  [tcp("10.0.1.4", "10.0.1.5", 443, { verdict: "Deny" }, "VM1 and VM2 can no longer communicate with each other")],
);

/** A spoke whose default route goes to a firewall in the hub, which is what the firewall pages take for granted. */
function behindFirewall(
  policies: readonly WireResource[],
  more: readonly WireResource[] = [],
): readonly WireResource[] {
  return [
    virtualNetwork("hub", ["10.5.0.0/16"], { AzureFirewallSubnet: "10.5.0.0/26" }),
    virtualNetwork("spoke", ["10.6.0.0/16"], {
      workload: { addressPrefix: "10.6.0.0/24", routeTable: ref("routeTables", "to-firewall") },
    }),
    peering("hub", "spoke"),
    peering("spoke", "hub"),
    routeTable("to-firewall", { default: ["0.0.0.0/0", "VirtualAppliance", "10.5.0.4"] }),
    publicAddress("fw-pip", "192.0.2.10"),
    firewall("fw", "hub", "10.5.0.4"),
    ...policies,
    ...more,
  ];
}

const firewallExample1: WorkedExample = {
  title: "Firewall rule processing, example 1: a network rule ends the processing before application rules",
  page: `${learn}/firewall/rule-processing#example-1`,
  read,
  resources: behindFirewall([
    firewallPolicy("fw"),
    ruleGroup(
      "fw",
      "group",
      200,
      ruleCollection("network", 300, "Allow", networkRule("Allow-web", ["80", "443"])),
      ruleCollection("application", 100, "Deny", applicationRule("Deny-google", ["google.com"])),
    ),
  ]),
  dnsRecords: { "google.com": ["203.0.113.20"] },
  questions: [
    tcp("10.6.0.4", "google.com", 443, { verdict: "Allow", rule: "Allow-web" }, "the packet matches the network rule"),
    tcp("10.6.0.4", "google.com", 22, { verdict: "Deny", disposition: "DeniedByFirewall" }, "nothing matches port 22"),
  ],
};

const firewallExample2: WorkedExample = {
  title: "Firewall rule processing, example 2: a deny collection of higher priority",
  page: `${learn}/firewall/rule-processing#example-2`,
  read,
  resources: behindFirewall([
    firewallPolicy("fw"),
    ruleGroup(
      "fw",
      "group",
      200,
      ruleCollection("Allow-collection", 200, "Allow", networkRule("Allow-SSH", ["22"])),
      ruleCollection("Deny-collection", 100, "Deny", networkRule("Deny-SSH", ["22"])),
    ),
  ]),
  questions: [
    tcp(
      "10.6.0.4",
      "203.0.113.20",
      22,
      { verdict: "Deny", disposition: "DeniedByFirewall", rule: "Deny-SSH" },
      "100 before 200",
    ),
  ],
};

const port = (name: string, ...ports: readonly string[]) => networkRule(name, ports);

const policyInheritance: WorkedExample = {
  title:
    "Firewall rule processing with a parent policy: NetworkRC1, NetworkRC2, ChNetRC1, ChNetRC2, AppRC2, ChAppRC1, ChAppRC2",
  page: `${learn}/firewall/rule-processing#rule-processing-using-firewall-policy`,
  read,
  resources: behindFirewall([
    firewallPolicy("parent"),
    ruleGroup("parent", "BaseRCG1", 200, ruleCollection("NetworkRC1", 800, "Deny", port("base1", "1001"))),
    ruleGroup(
      "parent",
      "BaseRCG2",
      300,
      ruleCollection("AppRC2", 1200, "Deny", applicationRule("baseApp", ["a.example.com", "b.example.com"])),
      ruleCollection("NetworkRC2", 1300, "Allow", port("base2", "1001", "1002")),
    ),
    firewallPolicy("fw", { basePolicy: ref("firewallPolicies", "parent") }),
    ruleGroup(
      "fw",
      "ChildRCG1",
      300,
      ruleCollection("ChNetRC1", 700, "Deny", port("child1", "1002", "1003")),
      ruleCollection("ChAppRC1", 900, "Allow", applicationRule("childApp", ["a.example.com", "c.example.com"])),
    ),
    ruleGroup(
      "fw",
      "ChildRCG2",
      650,
      ruleCollection("ChNetRC2", 1100, "Allow", port("child2", "1003", "1004"), {
        ...networkRule("childNet", ["443"]),
        destinationAddresses: ["203.0.113.2"],
      }),
      ruleCollection("ChAppRC2", 2000, "Deny", applicationRule("childDeny", ["c.example.com"])),
    ),
  ]),
  dnsRecords: {
    "a.example.com": ["203.0.113.1"],
    "b.example.com": ["203.0.113.2"],
    "c.example.com": ["203.0.113.3"],
  },
  questions: [
    tcp("10.6.0.4", "203.0.113.9", 1001, { verdict: "Deny", rule: "base1" }, "NetworkRC1 before NetworkRC2"),
    tcp(
      "10.6.0.4",
      "203.0.113.9",
      1002,
      { verdict: "Allow", rule: "base2" },
      "the parent's NetworkRC2 before ChNetRC1",
    ),
    tcp("10.6.0.4", "203.0.113.9", 1003, { verdict: "Deny", rule: "child1" }, "ChNetRC1 before ChNetRC2"),
    tcp("10.6.0.4", "203.0.113.9", 1004, { verdict: "Allow", rule: "child2" }, "only ChNetRC2 takes it"),
    tcp("10.6.0.4", "a.example.com", 443, { verdict: "Deny", rule: "baseApp" }, "AppRC2 before ChAppRC1"),
    tcp(
      "10.6.0.4",
      "b.example.com",
      443,
      { verdict: "Allow", rule: "childNet" },
      "the child's network rule before the parent's application rule",
    ),
    tcp("10.6.0.4", "c.example.com", 443, { verdict: "Allow", rule: "childApp" }, "ChAppRC1 before ChAppRC2"),
  ],
};

const privateSubnet: WorkedExample = {
  title: "Private subnets: an explicit way out is needed",
  page: `${learn}/virtual-network/ip-services/default-outbound-access`,
  read,
  resources: [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      open: "10.0.0.0/24",
      private: { addressPrefix: "10.0.1.0/24", defaultOutboundAccess: false },
      routed: {
        addressPrefix: "10.0.2.0/24",
        defaultOutboundAccess: false,
        routeTable: ref("routeTables", "to-internet"),
      },
      nat: { addressPrefix: "10.0.3.0/24", defaultOutboundAccess: false, natGateway: ref("natGateways", "nat") },
    }),
    routeTable("to-internet", { out: ["0.0.0.0/0", "Internet"] }),
    natGateway("nat"),
    publicAddress("vm-pip", "192.0.2.7"),
    networkInterface("vm", "vnet/private", "10.0.1.7", {
      configuration: { publicIPAddress: ref("publicIPAddresses", "vm-pip") },
    }),
  ],
  questions: [
    tcp("10.0.0.4", "203.0.113.9", 443, { verdict: "Allow", disposition: "ExitsNetwork" }, "default outbound access"),
    tcp("10.0.1.4", "203.0.113.9", 443, { verdict: "Deny", disposition: "NoEgress" }, "a private subnet has none"),
    tcp(
      "10.0.2.4",
      "203.0.113.9",
      443,
      { verdict: "Deny", disposition: "NoEgress" },
      "a route to Internet alone does not help",
    ),
    tcp("10.0.3.4", "203.0.113.9", 443, { verdict: "Allow", disposition: "ExitsNetwork" }, "a NAT gateway is explicit"),
    tcp(
      "10.0.1.7",
      "203.0.113.9",
      443,
      { verdict: "Allow", disposition: "ExitsNetwork" },
      "an own public address is explicit",
    ),
    tcp(
      "10.0.1.4",
      "10.0.0.4",
      443,
      { verdict: "Allow", disposition: "Delivered" },
      "inside the network nothing changes",
    ),
    {
      from: "10.0.3.4",
      to: "203.0.113.9",
      protocol: "Icmp",
      expect: { verdict: "Deny", disposition: "NoEgress" },
      because: "a NAT gateway passes TCP and UDP only",
    },
  ],
};

/** The tutorial's on-premises side is a virtual network connected by two VPN gateways. */
function hybrid(action: "Allow" | "Deny", gatewayRoutes: boolean): readonly WireResource[] {
  const connection = (from: string, to: string) =>
    resource("connections", `${from}-to-${to}`, {
      connectionType: "Vnet2Vnet",
      virtualNetworkGateway1: ref("virtualNetworkGateways", from),
      virtualNetworkGateway2: ref("virtualNetworkGateways", to),
    });
  const toSpoke = { sourceAddresses: ["192.168.1.0/24"], destinationAddresses: ["10.6.0.0/16"] };
  return [
    virtualNetwork("VNet-hub", ["10.5.0.0/16"], {
      AzureFirewallSubnet: "10.5.0.0/26",
      GatewaySubnet: {
        addressPrefix: "10.5.1.0/27",
        ...(gatewayRoutes ? { routeTable: ref("routeTables", "UDR-Hub-Spoke") } : {}),
      },
    }),
    virtualNetwork("VNet-Spoke", ["10.6.0.0/16"], {
      "SN-Workload": { addressPrefix: "10.6.0.0/24", routeTable: ref("routeTables", "UDR-DG") },
    }),
    virtualNetwork("VNet-Onprem", ["192.168.0.0/16"], { "SN-Corp": "192.168.1.0/24", GatewaySubnet: "192.168.2.0/24" }),
    peering("VNet-hub", "VNet-Spoke", { allowGatewayTransit: true }),
    peering("VNet-Spoke", "VNet-hub", { useRemoteGateways: true }),
    vpnGateway("GW-hub", "VNet-hub"),
    vpnGateway("GW-Onprem", "VNet-Onprem"),
    connection("GW-hub", "GW-Onprem"),
    connection("GW-Onprem", "GW-hub"),
    routeTable("UDR-Hub-Spoke", { ToSpoke: ["10.6.0.0/16", "VirtualAppliance", "10.5.0.4"] }),
    routeTable(
      "UDR-DG",
      { ToHub: ["0.0.0.0/0", "VirtualAppliance", "10.5.0.4"] },
      { disableBgpRoutePropagation: true },
    ),
    publicAddress("AzFW01-pip", "192.0.2.10"),
    firewall("AzFW01", "VNet-hub", "10.5.0.4"),
    firewallPolicy("AzFW01"),
    ruleGroup(
      "AzFW01",
      "group",
      200,
      ruleCollection(
        "RCNet01",
        100,
        action,
        networkRule("AllowWeb", ["80"], toSpoke),
        networkRule("AllowRDP", ["3389"], toSpoke),
      ),
    ),
  ];
}

const hybridPage = `${learn}/firewall/tutorial-hybrid-portal`;

const hybridTutorial: WorkedExample = {
  title: "Hybrid tutorial: on-premises to the spoke through the firewall",
  page: `${hybridPage}#test-the-firewall`,
  read,
  resources: hybrid("Allow", true),
  questions: [
    tcp("192.168.1.4", "10.6.0.4", 80, { verdict: "Allow", disposition: "Delivered" }, "AllowWeb"),
    tcp("192.168.1.4", "10.6.0.4", 3389, { verdict: "Allow", disposition: "Delivered" }, "AllowRDP"),
    tcp("192.168.1.4", "10.6.0.4", 22, { verdict: "Deny", disposition: "DeniedByFirewall" }, "no rule for SSH"),
  ],
};

const hybridDenied: WorkedExample = {
  title: "Hybrid tutorial: the collection's action changed to Deny",
  page: `${hybridPage}#test-the-firewall`,
  read,
  resources: hybrid("Deny", true),
  questions: [
    tcp(
      "192.168.1.4",
      "10.6.0.4",
      80,
      { verdict: "Deny", disposition: "DeniedByFirewall" },
      "connections should fail now",
    ),
  ],
};

const hybridWithoutGatewayRoute: WorkedExample = {
  title: "Hybrid tutorial without the route on GatewaySubnet: the firewall sees only the replies",
  page: `${hybridPage}#create-the-routes`,
  read,
  resources: hybrid("Allow", false),
  questions: [
    tcp(
      "192.168.1.4",
      "10.6.0.4",
      80,
      { verdict: "Deny", disposition: "AsymmetricReturn" },
      "the gateway subnet needs a route to the spoke through the firewall",
    ),
  ],
};

const directlyPeered: WorkedExample = {
  title: "Traffic between directly peered networks ignores a default route to the firewall",
  page: hybridPage,
  read,
  resources: behindFirewall(
    [firewallPolicy("fw")],
    [
      virtualNetwork("other", ["10.7.0.0/16"], { workload: "10.7.0.0/24" }),
      peering("spoke", "other"),
      peering("other", "spoke"),
    ],
  ),
  questions: [
    tcp("10.6.0.4", "10.7.0.4", 443, { verdict: "Allow", nextHop: "VirtualNetworkPeering" }, "routed directly"),
    tcp(
      "10.6.0.4",
      "203.0.113.9",
      443,
      { verdict: "Deny", disposition: "DeniedByFirewall" },
      "the rest meets the firewall",
    ),
  ],
};

function spokes(allowForwardedTraffic: boolean): readonly WireResource[] {
  return [
    virtualNetwork("Hub", ["10.0.0.0/16"], { AzureFirewallSubnet: "10.0.0.0/26" }),
    ...["1", "2"].flatMap((number) => [
      virtualNetwork(`Spoke${number}`, [`10.${number}.0.0/16`], {
        default: { addressPrefix: `10.${number}.0.0/24`, routeTable: ref("routeTables", "to-hub") },
      }),
      peering("Hub", `Spoke${number}`),
      peering(`Spoke${number}`, "Hub", { allowForwardedTraffic }),
    ]),
    routeTable("to-hub", { spokes: ["10.0.0.0/8", "VirtualAppliance", "10.0.0.4"] }),
    publicAddress("nva-pip", "192.0.2.10"),
    firewall("nva", "Hub", "10.0.0.4"),
    firewallPolicy("nva"),
    ruleGroup("nva", "group", 200, ruleCollection("all", 100, "Allow", networkRule("any", ["*"]))),
  ];
}

const peeringPage = `${learn}/virtual-network/virtual-network-manage-peering#create-a-peering`;

const forwardedTraffic: WorkedExample = {
  title: "Peering: the hub forwards between two spokes that allow forwarded traffic",
  page: peeringPage,
  read,
  resources: spokes(true),
  questions: [tcp("10.1.0.4", "10.2.0.4", 443, { verdict: "Allow", disposition: "Delivered" }, "both spokes allow it")],
};

const noForwardedTraffic: WorkedExample = {
  title: "Peering: the spokes do not allow forwarded traffic",
  page: peeringPage,
  read,
  resources: spokes(false),
  questions: [tcp("10.1.0.4", "10.2.0.4", 443, { verdict: "Deny" }, "traffic does not flow between the spokes")],
};

const notTransitive: WorkedExample = {
  title: "Peering is not transitive",
  page: `${learn}/virtual-network/virtual-network-manage-peering#requirements-and-constraints`,
  read,
  resources: [
    virtualNetwork("VirtualNetwork1", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    virtualNetwork("VirtualNetwork2", ["10.2.0.0/16"], { default: "10.2.0.0/24" }),
    virtualNetwork("VirtualNetwork3", ["10.3.0.0/16"], { default: "10.3.0.0/24" }),
    ...["1", "3"].flatMap((end) => [
      peering(`VirtualNetwork${end}`, "VirtualNetwork2"),
      peering("VirtualNetwork2", `VirtualNetwork${end}`),
    ]),
  ],
  questions: [
    tcp("10.1.0.4", "10.2.0.4", 443, { verdict: "Allow", nextHop: "VirtualNetworkPeering" }, "1 and 2 are peered"),
    tcp(
      "10.1.0.4",
      "10.3.0.4",
      443,
      { verdict: "Deny", disposition: "NullRouted", nextHop: "None" },
      "1 and 3 are not",
    ),
  ],
};

function privateEndpoint(policies: string): WorkedExample {
  return {
    title: `Private endpoint routes with privateEndpointNetworkPolicies ${policies}`,
    page: `${learn}/private-link/disable-private-endpoint-network-policy`,
    read,
    resources: [
      virtualNetwork("vnet", ["10.1.0.0/16"], {
        clients: { addressPrefix: "10.1.0.0/24", routeTable: ref("routeTables", "long") },
        others: { addressPrefix: "10.1.1.0/24", routeTable: ref("routeTables", "short") },
        endpoints: { addressPrefix: "10.1.2.0/24", privateEndpointNetworkPolicies: policies },
      }),
      routeTable("long", { endpoints: ["10.1.0.0/16", "None"] }),
      routeTable("short", { default: ["0.0.0.0/0", "None"] }),
      resource("privateEndpoints", "endpoint", {
        subnet: ref("virtualNetworks", "vnet", "subnets", "endpoints"),
        customDnsConfigs: [{ fqdn: "account.blob.core.windows.net", ipAddresses: ["10.1.2.4"] }],
      }),
    ],
    questions: [
      tcp(
        "10.1.0.4",
        "10.1.2.4",
        443,
        policies === "Enabled"
          ? { verdict: "Deny", nextHop: "None" }
          : { verdict: "Allow", nextHop: "InterfaceEndpoint" },
        "a route as long as the network's prefix invalidates the /32 only where policies are enabled",
      ),
      tcp("10.1.1.4", "10.1.2.4", 443, { verdict: "Allow", nextHop: "InterfaceEndpoint" }, "0.0.0.0/0 never does"),
    ],
  };
}

function adminRule(
  access: "Allow" | "AlwaysAllow" | "Deny",
  nsgAccess: "Allow" | "Deny",
  verdict: "Allow" | "Deny",
): WorkedExample {
  const manager = ["networkManagers", "manager"] as const;
  return {
    title: `Security admin rule ${access} before an NSG rule ${nsgAccess}`,
    page: `${learn}/virtual-network-manager/concept-security-admins#the-order-of-evaluation`,
    read,
    resources: [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
      }),
      securityGroup(
        "nsg",
        securityRule("ssh", 100, { access: nsgAccess, protocol: "Tcp", destinationPortRange: "22" }),
      ),
      child([...manager, "networkGroups", "group"], {}),
      child([...manager, "networkGroups", "group", "staticMembers", "vnet"], {
        resourceId: idOf("virtualNetworks", "vnet"),
      }),
      child([...manager, "securityAdminConfigurations", "config", "ruleCollections", "collection"], {
        appliesToGroups: [{ networkGroupId: idOf(...manager, "networkGroups", "group") }],
      }),
      child([...manager, "securityAdminConfigurations", "config", "ruleCollections", "collection", "rules", "ssh"], {
        priority: 10,
        direction: "Outbound",
        access,
        protocol: "Tcp",
        sources: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
        destinations: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
        sourcePortRanges: ["0-65535"],
        destinationPortRanges: ["22"],
      }),
    ],
    questions: [tcp("10.0.0.4", "203.0.113.9", 22, { verdict }, `${access} then ${nsgAccess}`)],
  };
}

/** Microsoft's worked examples: the packet walker and the model must both answer them so. */
export const workedExamples: readonly WorkedExample[] = [
  ipFlowVerify,
  nextHop,
  nextHopInSpace,
  routingExample,
  longestPrefix,
  forcedTunnelling,
  serviceTagRoutes,
  placementInbound,
  placementBoth,
  placementOutbound,
  intraSubnet,
  firewallExample1,
  firewallExample2,
  policyInheritance,
  privateSubnet,
  hybridTutorial,
  hybridDenied,
  hybridWithoutGatewayRoute,
  directlyPeered,
  forwardedTraffic,
  noForwardedTraffic,
  notTransitive,
  privateEndpoint("Disabled"),
  privateEndpoint("Enabled"),
  adminRule("Deny", "Allow", "Deny"),
  adminRule("AlwaysAllow", "Deny", "Allow"),
  adminRule("Allow", "Deny", "Deny"),
  adminRule("Allow", "Allow", "Allow"),
];
