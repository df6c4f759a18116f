import { natGateway, networkInterface, publicAddress, ref, routeTable, virtualNetwork } from "../arm-resources.ts";
import type { WorkedExample } from "./worked-example.ts";
import { learn, read, tcp } from "./worked-example.ts";

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

/** Ways out of a private subnet. */
export const privateSubnets: readonly WorkedExample[] = [privateSubnet];
