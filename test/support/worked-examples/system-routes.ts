import {
  networkInterface,
  publicAddress,
  ref,
  routeTable,
  securityGroup,
  site,
  virtualNetwork,
  vpnGateway,
} from "../arm-resources.ts";
import type { WorkedExample } from "./worked-example.ts";
import { learn, read, tcp } from "./worked-example.ts";

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

/** IP flow verify, next hop, and how a route is selected. */
export const systemRoutes: readonly WorkedExample[] = [
  ipFlowVerify,
  nextHop,
  nextHopInSpace,
  longestPrefix,
  forcedTunnelling,
  serviceTagRoutes,
];
