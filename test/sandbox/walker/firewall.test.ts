import { describe, expect, test } from "vitest";
import type { WalkerInput } from "../../../sandbox/walker/estate.ts";
import { matchesName } from "../../../sandbox/walker/firewall-decision.ts";
import type { Question } from "../../../sandbox/walker/packet.ts";
import {
  applicationRule,
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
} from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";

type Rule = Readonly<Record<string, unknown>>;

/** A spoke behind a firewall with one collection of rules; everything else can be replaced. */
function estate(
  rules: readonly Rule[],
  change: {
    readonly policy?: Rule;
    readonly firewall?: Rule;
    readonly dnsServers?: readonly string[];
    readonly hubSubnets?: Readonly<Record<string, string>>;
    readonly backRoute?: boolean;
  } = {},
) {
  return [
    virtualNetwork("hub", ["10.5.0.0/16"], { AzureFirewallSubnet: "10.5.0.0/26", services: "10.5.2.0/24" }),
    virtualNetwork(
      "spoke",
      ["10.6.0.0/16"],
      { workload: { addressPrefix: "10.6.0.0/24", routeTable: ref("routeTables", "to-firewall") } },
      { dhcpOptions: { dnsServers: change.dnsServers ?? [] } },
    ),
    virtualNetwork("other", ["10.7.0.0/16"], {
      workload: {
        addressPrefix: "10.7.0.0/24",
        ...(change.backRoute === false ? {} : { routeTable: ref("routeTables", "to-firewall") }),
      },
    }),
    ...["spoke", "other"].flatMap((name) => [peering("hub", name), peering(name, "hub")]),
    routeTable("to-firewall", { default: ["0.0.0.0/0", "VirtualAppliance", "10.5.0.4"] }),
    publicAddress("fw-pip", "192.0.2.10"),
    firewall("fw", "hub", "10.5.0.4", change.firewall ?? {}),
    firewallPolicy("fw", change.policy ?? {}),
    ruleGroup("fw", "group", 200, ruleCollection("rules", 100, "Allow", ...rules)),
  ];
}

const https: Question = { from: "10.6.0.4", to: "www.contoso.com", protocol: "Tcp", port: 443 };
const tables: Partial<WalkerInput> = {
  dnsRecords: { "www.contoso.com": ["203.0.113.20"], "time.contoso.com": ["203.0.113.30"] },
};
const basic = { sku: { name: "AZFW_VNet", tier: "Basic" } };
const premium = { sku: { name: "AZFW_VNet", tier: "Premium" } };
const byName = networkRule("name", ["443"], { destinationAddresses: [], destinationFqdns: ["www.contoso.com"] });
const proxy = { dnsSettings: { enableProxy: true } };

describe("an Azure Firewall", () => {
  test.each([
    { case: "an application rule with the name", rules: [applicationRule("a", ["www.contoso.com"])], verdict: "Allow" },
    { case: "an application rule with another name", rules: [applicationRule("a", ["contoso.com"])], verdict: "Deny" },
    { case: "a wildcard", rules: [applicationRule("a", ["*.contoso.com"])], verdict: "Allow" },
    {
      case: "a rule for HTTP on the port of HTTPS",
      rules: [applicationRule("a", ["*"], { protocols: [{ protocolType: "Http", port: 443 }] })],
      verdict: "Deny",
    },
    {
      case: "a rule for another source",
      rules: [applicationRule("a", ["*"], { sourceAddresses: ["10.9.0.0/16"] })],
      verdict: "Deny",
    },
    {
      case: "an FQDN tag of unknown content",
      rules: [applicationRule("a", [], { fqdnTags: ["Unread"] })],
      verdict: "Unknown",
    },
    { case: "a web category", rules: [applicationRule("a", [], { webCategories: ["business"] })], verdict: "Unknown" },
    {
      case: "a web category on Basic, which has none",
      rules: [applicationRule("a", [], { webCategories: ["business"] })],
      change: { firewall: basic },
      verdict: "Deny",
    },
    {
      case: "a URL on Premium",
      rules: [applicationRule("a", [], { targetUrls: ["www.contoso.com/news"] })],
      change: { firewall: premium },
      verdict: "Unknown",
    },
    {
      case: "a URL on Standard",
      rules: [applicationRule("a", [], { targetUrls: ["www.contoso.com/news"] })],
      verdict: "Deny",
    },
    {
      case: "a network rule with the address",
      rules: [networkRule("n", ["443"], { destinationAddresses: ["203.0.113.20"] })],
      verdict: "Allow",
    },
    {
      case: "a network rule with the next address",
      rules: [networkRule("n", ["443"], { destinationAddresses: ["203.0.113.21"] })],
      verdict: "Deny",
    },
    {
      case: "a range of addresses",
      rules: [networkRule("n", ["443"], { destinationAddresses: ["203.0.113.10-203.0.113.20"] })],
      verdict: "Allow",
    },
    {
      case: "a service tag of unknown content",
      rules: [networkRule("n", ["443"], { destinationAddresses: ["Sql"] })],
      verdict: "Unknown",
    },
    { case: "a network rule for UDP", rules: [networkRule("n", ["443"], { ipProtocols: ["UDP"] })], verdict: "Deny" },
    {
      case: "protocol Any with a port",
      rules: [networkRule("n", ["443"], { ipProtocols: ["Any"] })],
      verdict: "Allow",
    },
    {
      case: "an IP group that is missing",
      rules: [networkRule("n", ["443"], { destinationAddresses: [], destinationIpGroups: ["/gone"] })],
      verdict: "Unknown",
    },
    { case: "a name in a network rule without DNS proxy", rules: [byName], verdict: "Deny" },
    {
      case: "a name in a network rule, the client asks another DNS",
      rules: [byName],
      change: { policy: proxy },
      verdict: "Unknown",
    },
    {
      case: "a name in a network rule, the client asks the firewall",
      rules: [byName],
      change: { policy: proxy, dnsServers: ["10.5.0.4"] },
      verdict: "Allow",
    },
    {
      case: "a name in a network rule on Basic",
      rules: [byName],
      change: { policy: proxy, firewall: basic, dnsServers: ["168.63.129.16"] },
      verdict: "Deny",
    },
    {
      case: "a parent policy that is missing",
      rules: [applicationRule("a", ["*"])],
      change: { policy: { basePolicy: { id: "/gone" } } },
      verdict: "Unknown",
    },
    { case: "no rule at all", rules: [], verdict: "Deny" },
  ])("answers $verdict to HTTPS with $case", ({ rules, change, verdict }) => {
    const answer = ask({ ...tables, resources: estate(rules, change) }, https);
    expect([answer.verdict, answer.because]).toEqual([verdict, answer.because]);
  });

  test.each([
    { case: "every name", targets: ["*"], verdict: "Unknown" },
    { case: "one name", targets: ["www.contoso.com"], verdict: "Deny" },
  ])("answers $verdict to HTTPS without a name where a rule takes $case", ({ targets, verdict }) => {
    const answer = ask({ resources: estate([applicationRule("a", targets)]) }, { ...https, to: "203.0.113.20" });
    expect(answer.verdict).toBe(verdict);
  });

  test("says which rule denied, or that none matched", () => {
    const none = ask({ ...tables, resources: estate([]) }, https);
    expect(summary(none)).toEqual([
      "Deny",
      "DeniedByFirewall",
      'firewall "fw": no rule matches, so it is denied by default',
    ]);
  });

  test.each([
    { port: 5671, verdict: "Unknown", because: "what is spoken on another port cannot be told" },
    { port: 8443, verdict: "Deny", because: "no rule names the port" },
  ])("leaves application rules on port $port $verdict: $because", ({ port, verdict }) => {
    const rules = [applicationRule("a", ["*"], { protocols: [{ protocolType: "Https", port: 5671 }] })];
    expect(ask({ ...tables, resources: estate(rules) }, { ...https, port }).verdict).toBe(verdict);
  });

  test("marks a rule that terminates TLS", () => {
    const answer = ask({ ...tables, resources: estate([applicationRule("a", ["*"], { terminateTLS: true })]) }, https);
    expect(answer.hops.map((hop) => hop.tlsInspection === true)).toContain(true);
  });

  test("does not carry ICMP to the Internet", () => {
    const rules = [networkRule("n", ["*"], { ipProtocols: ["ICMP"] })];
    const ping: Question = { from: "10.6.0.4", to: "203.0.113.20", protocol: "Icmp" };
    expect(summary(ask({ resources: estate(rules) }, ping))).toEqual([
      "Deny",
      "NoEgress",
      'firewall "fw" does not carry Icmp to the Internet',
    ]);
  });

  test("that cannot answer the client because of its own routes loses the reply", () => {
    const resources = [
      ...estate([networkRule("n", ["443"])]).filter((one) => one.name !== "hub"),
      virtualNetwork("hub", ["10.5.0.0/16"], {
        AzureFirewallSubnet: { addressPrefix: "10.5.0.0/26", routeTable: ref("routeTables", "wrong") },
      }),
      routeTable("wrong", { spoke: ["10.6.0.0/16", "None"] }),
    ];
    expect(summary(ask({ ...tables, resources }, https))).toEqual([
      "Deny",
      "NullRouted",
      'the reply from subnet "AzureFirewallSubnet" to 10.6.0.4 is dropped by its route',
    ]);
  });

  test("leaves a trace of every step in order", () => {
    const answer = ask({ ...tables, resources: estate([applicationRule("a", ["*.contoso.com"])]) }, https);
    expect(answer.hops.map(({ step, at, verdict, because }) => [step, at, verdict, because])).toEqual([
      ["Dns", "spoke", "Allow", 'public DNS has "www.contoso.com"'],
      ["Route", "workload", "Allow", 'User route "default" for 0.0.0.0/0'],
      ["Firewall", "fw", "Allow", 'application rule "a" of collection "rules"'],
      ["Route", "AzureFirewallSubnet", "Allow", "Default route for 0.0.0.0/0"],
      ["Egress", "AzureFirewallSubnet", "Allow", 'a public address of firewall "fw"'],
    ]);
  });

  test("that sends traffic back to itself is a loop", () => {
    const resources = [
      ...estate([networkRule("n", ["*"])]).filter((one) => one.name !== "hub"),
      virtualNetwork("hub", ["10.5.0.0/16"], {
        AzureFirewallSubnet: { addressPrefix: "10.5.0.0/26", routeTable: ref("routeTables", "to-firewall") },
      }),
    ];
    expect(summary(ask({ ...tables, resources }, https))).toEqual([
      "Deny",
      "Loop",
      'the packet comes back to firewall "fw"',
    ]);
  });
});

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
    const answer = ask({ resources: estate(rules, change) }, toOther);
    expect(answer.verdict).toBe(verdict);
    expect(answer.disposition).toBe(verdict === "Allow" ? "Delivered" : "NullRouted");
  });

  test("never translating leaves Internet traffic without a way back", () => {
    const policy = { snat: { privateRanges: ["0.0.0.0/0"] } };
    const answer = ask({ ...tables, resources: estate(network, { policy }) }, https);
    expect(summary(answer)).toEqual([
      "Deny",
      "NoEgress",
      "the firewall does not translate the source, and the Internet does not answer private addresses",
    ]);
  });
});

describe("a private endpoint behind a firewall", () => {
  const clients = (endpointPolicies: string) => [
    ...estate([
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
    const resources = [...estate([]), nat("10.7.0.4")];
    const answer = ask({ resources }, { from: "198.51.100.7", to: "192.0.2.10", protocol: "Tcp", port });
    expect(answer.verdict).toBe(verdict);
  });
});

describe("names in application rules", () => {
  test.each([
    { pattern: "*.contoso.com", name: "www.contoso.com", matches: true },
    { pattern: "*.contoso.com", name: "a.b.contoso.com", matches: true },
    { pattern: "*.contoso.com", name: "contoso.com", matches: false },
    { pattern: "*contoso.com", name: "anothercontoso.com", matches: true },
    { pattern: "*contoso.com", name: "contoso.com", matches: true },
    { pattern: "Contoso.com", name: "contoso.com", matches: true },
    { pattern: "contoso.*", name: "contoso.com", matches: false },
    { pattern: "*", name: "www.contoso.com", matches: true },
    { pattern: "*", name: undefined, matches: false },
    { pattern: "contoso.com", name: undefined, matches: false },
  ])("$pattern takes $name: $matches", ({ pattern, name, matches }) => {
    expect(matchesName(pattern, name)).toBe(matches);
  });
});

test("a firewall with classic rules is read by the same order", () => {
  const resources = estate([]).map((one) =>
    one.type === "Microsoft.Network/azureFirewalls"
      ? resource("azureFirewalls", "fw", {
          ...one.properties,
          firewallPolicy: undefined,
          networkRuleCollections: [
            {
              name: "classic",
              properties: {
                priority: 100,
                action: { type: "Allow" },
                rules: [
                  {
                    name: "web",
                    protocols: ["TCP"],
                    sourceAddresses: ["*"],
                    destinationAddresses: ["*"],
                    destinationPorts: ["443"],
                  },
                ],
              },
            },
          ],
        })
      : one,
  );
  expect(ask({ ...tables, resources }, https).verdict).toBe("Allow");
  expect(ask({ ...tables, resources }, { ...https, port: 80 }).verdict).toBe("Deny");
});
