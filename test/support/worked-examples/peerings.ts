import type { WireResource } from "../arm-resources.ts";
import {
  firewall,
  firewallPolicy,
  networkRule,
  peering,
  publicAddress,
  ref,
  routeTable,
  ruleCollection,
  ruleGroup,
  virtualNetwork,
} from "../arm-resources.ts";
import type { WorkedExample } from "./worked-example.ts";
import { learn, read, tcp } from "./worked-example.ts";

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

/** What crosses a peering. */
export const peerings: readonly WorkedExample[] = [forwardedTraffic, noForwardedTraffic, notTransitive];
