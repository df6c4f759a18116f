import {
  networkInterface,
  peering,
  ref,
  resource,
  routeTable,
  site,
  virtualNetwork,
  vpnGateway,
} from "../arm-resources.ts";
import type { WorkedExample } from "./worked-example.ts";
import { learn, read, tcp } from "./worked-example.ts";

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

/** The routing example of the routing page, and private endpoint routes. */
export const routingExamples: readonly WorkedExample[] = [
  routingExample,
  privateEndpoint("Disabled"),
  privateEndpoint("Enabled"),
];
