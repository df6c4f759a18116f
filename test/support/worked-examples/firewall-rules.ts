import type { WireResource } from "../arm-resources.ts";
import {
  applicationRule,
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

/** A spoke whose default route goes to a firewall in the hub, which is what the firewall pages take for granted. */
export function behindFirewall(
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

/** The order in which Azure Firewall processes rules. */
export const firewallRules: readonly WorkedExample[] = [firewallExample1, firewallExample2, policyInheritance];
