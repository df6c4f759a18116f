import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { networkRule, ref, resource, ruleGroup, virtualNetwork } from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";
import { firewalledSpoke, https, tables } from "./firewalled-spoke.ts";

describe("source translation", () => {
  const toOther: Question = { from: "10.6.0.4", to: "10.7.0.4", protocol: "Tcp", port: 443 };
  const network = [networkRule("n", ["443"])];

  test.each([
    {
      case: "none between private ranges, and both sides route to the firewall",
      change: {},
      rules: network,
      verdict: "Allow",
    },
    {
      case: "none, and the far side does not route back",
      change: { backRoute: false },
      rules: network,
      verdict: "Deny",
    },
    {
      case: "always by the policy, so the far side answers the firewall",
      change: { backRoute: false, policy: { snat: { privateRanges: ["255.255.255.255/32"] } } },
      rules: network,
      verdict: "Allow",
    },
    {
      case: "a list without the destination",
      change: { backRoute: false, policy: { snat: { privateRanges: ["192.168.0.0/16"] } } },
      rules: network,
      verdict: "Allow",
    },
    {
      case: "the default list beside another range",
      change: { backRoute: false, policy: { snat: { privateRanges: ["IANAPrivateRanges", "203.0.113.0/24"] } } },
      rules: network,
      verdict: "Deny",
    },
  ])("$case: $verdict", ({ change, rules, verdict }) => {
    const answer = ask({ resources: firewalledSpoke(rules, change) }, toOther);
    expect(answer.verdict).toBe(verdict);
    expect(answer.disposition).toBe(verdict === "Allow" ? "Delivered" : "NullRouted");
  });

  test("never translating leaves Internet traffic without a way back", () => {
    const policy = { snat: { privateRanges: ["0.0.0.0/0"] } };
    const answer = ask({ ...tables, resources: firewalledSpoke(network, { policy }) }, https);
    expect(summary(answer)).toEqual([
      "Deny",
      "NoEgress",
      "the firewall does not translate the source, and the Internet does not answer private addresses",
    ]);
  });
});

describe("a private endpoint behind a firewall", () => {
  const clients = (endpointPolicies: string) => [
    ...firewalledSpoke([
      networkRule("n", ["443"], { destinationAddresses: ["10.7.1.4"] }),
      networkRule("m", ["8443"], { destinationAddresses: ["10.7.1.4"] }),
    ]).filter((one) => one.name !== "other"),
    virtualNetwork("other", ["10.7.0.0/16"], {
      endpoints: { addressPrefix: "10.7.1.0/24", privateEndpointNetworkPolicies: endpointPolicies },
    }),
    resource("privateEndpoints", "endpoint", {
      subnet: ref("virtualNetworks", "other", "subnets", "endpoints"),
      customDnsConfigs: [{ fqdn: "a.blob.core.windows.net", ipAddresses: ["10.7.1.4"] }],
    }),
  ];
  const question: Question = { from: "10.6.0.4", to: "10.7.1.4", protocol: "Tcp", port: 443 };

  test.each([
    { case: "without source translation the replies are left open", policy: {}, verdict: "Unknown" },
    {
      case: "with source translation they come back to the firewall",
      policy: { snat: { privateRanges: ["255.255.255.255/32"] } },
      verdict: "Allow",
    },
  ])("$case: $verdict", ({ policy, verdict }) => {
    const resources = clients("Disabled").map((one) =>
      one.type === "Microsoft.Network/firewallPolicies"
        ? { ...one, properties: { ...one.properties, ...policy } }
        : one,
    );
    expect(ask({ resources }, question).verdict).toBe(verdict);
  });
});

describe("DNAT", () => {
  const nat = (translatedAddress: string) =>
    ruleGroup("fw", "nat", 100, {
      ruleCollectionType: "FirewallPolicyNatRuleCollection",
      name: "nat",
      priority: 100,
      action: { type: "DNAT" },
      rules: [
        {
          ruleType: "NatRule",
          name: "web",
          ipProtocols: ["TCP"],
          sourceAddresses: ["*"],
          destinationAddresses: ["192.0.2.10"],
          destinationPorts: ["8080"],
          translatedAddress,
          translatedPort: "80",
        },
      ],
    });

  test.each([
    { case: "the translated port", port: 8080, verdict: "Allow" },
    { case: "another port", port: 8081, verdict: "Deny" },
  ])("lets the Internet in on $case: $verdict", ({ port, verdict }) => {
    const resources = [...firewalledSpoke([]), nat("10.7.0.4")];
    const answer = ask({ resources }, { from: "198.51.100.7", to: "192.0.2.10", protocol: "Tcp", port });
    expect(answer.verdict).toBe(verdict);
  });
});
