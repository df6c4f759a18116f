import type { WireResource } from "../arm-resources.ts";
import {
  firewall,
  firewallPolicy,
  networkRule,
  peering,
  publicAddress,
  ref,
  resource,
  routeTable,
  ruleCollection,
  ruleGroup,
  virtualNetwork,
  vpnGateway,
} from "../arm-resources.ts";
import { behindFirewall } from "./firewall-rules.ts";
import type { WorkedExample } from "./worked-example.ts";
import { learn, read, tcp } from "./worked-example.ts";

const hybridPage = `${learn}/firewall/tutorial-hybrid-portal`;

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

/** The hybrid tutorial of Azure Firewall. */
export const hybridNetworks: readonly WorkedExample[] = [
  hybridTutorial,
  hybridDenied,
  hybridWithoutGatewayRoute,
  directlyPeered,
];
