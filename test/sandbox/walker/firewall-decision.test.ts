import { describe, expect, test } from "vitest";
import { matchesName } from "../../../sandbox/walker/firewall-decision.ts";
import type { Question } from "../../../sandbox/walker/packet.ts";
import {
  applicationRule,
  networkRule,
  ref,
  resource,
  routeTable,
  virtualNetwork,
} from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";
import { firewalledSpoke, https, tables } from "./firewalled-spoke.ts";

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
    const answer = ask({ ...tables, resources: firewalledSpoke(rules, change) }, https);
    expect([answer.verdict, answer.because]).toEqual([verdict, answer.because]);
  });

  test.each([
    { case: "every name", targets: ["*"], verdict: "Unknown" },
    { case: "one name", targets: ["www.contoso.com"], verdict: "Deny" },
  ])("answers $verdict to HTTPS without a name where a rule takes $case", ({ targets, verdict }) => {
    const answer = ask(
      { resources: firewalledSpoke([applicationRule("a", targets)]) },
      { ...https, to: "203.0.113.20" },
    );
    expect(answer.verdict).toBe(verdict);
  });

  test("says which rule denied, or that none matched", () => {
    const none = ask({ ...tables, resources: firewalledSpoke([]) }, https);
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
    expect(ask({ ...tables, resources: firewalledSpoke(rules) }, { ...https, port }).verdict).toBe(verdict);
  });

  test("marks a rule that terminates TLS", () => {
    const answer = ask(
      { ...tables, resources: firewalledSpoke([applicationRule("a", ["*"], { terminateTLS: true })]) },
      https,
    );
    expect(answer.hops.map((hop) => hop.tlsInspection === true)).toContain(true);
  });

  test("does not carry ICMP to the Internet", () => {
    const rules = [networkRule("n", ["*"], { ipProtocols: ["ICMP"] })];
    const ping: Question = { from: "10.6.0.4", to: "203.0.113.20", protocol: "Icmp" };
    expect(summary(ask({ resources: firewalledSpoke(rules) }, ping))).toEqual([
      "Deny",
      "DeniedByFirewall",
      'firewall "fw" does not carry Icmp to the Internet',
    ]);
  });

  test("that cannot answer the client because of its own routes loses the reply", () => {
    const resources = [
      ...firewalledSpoke([networkRule("n", ["443"])]).filter((one) => one.name !== "hub"),
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
    const answer = ask({ ...tables, resources: firewalledSpoke([applicationRule("a", ["*.contoso.com"])]) }, https);
    expect(answer.hops.map(({ step, at, verdict, because }) => [step, at, verdict, because])).toEqual([
      ["Dns", "spoke", "Allow", 'public DNS has "www.contoso.com"'],
      ["Route", "workload", "Allow", 'User route "default" for 0.0.0.0/0'],
      ["Peering", "spoke-to-hub", "Allow", 'peering with "hub" is connected'],
      ["Firewall", "fw", "Allow", 'application rule "a" of collection "rules"'],
      ["Route", "AzureFirewallSubnet", "Allow", "Default route for 0.0.0.0/0"],
      ["Egress", "AzureFirewallSubnet", "Allow", 'a public address of firewall "fw"'],
    ]);
  });

  test("that sends traffic back to itself is a loop", () => {
    const resources = [
      ...firewalledSpoke([networkRule("n", ["*"])]).filter((one) => one.name !== "hub"),
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
  const resources = firewalledSpoke([]).map((one) =>
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
