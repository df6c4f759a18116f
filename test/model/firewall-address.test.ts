import { describe, expect, test } from "vitest";
import type { NatRule } from "../../model/estate/firewall.ts";
import { unknown } from "../../model/read.ts";
import { allowAll, ask, type Case } from "./support/ask.ts";
import { address, firewall, ip, ports } from "./support/build.ts";
import { throughFirewall } from "./support/hub-and-spoke.ts";

const nat: NatRule = {
  ruleType: "NatRule",
  name: "inward",
  ipProtocols: ["TCP"],
  sourceAddresses: [address("*")],
  sourceIpGroupIds: [],
  destinationAddresses: [address("10.0.0.4")],
  destinationPorts: [ports("443")],
  translatedAddress: ip("10.0.2.5"),
  translatedPort: 8443,
};
const dnat = [{ action: "Dnat" as const, rules: [nat] }];
const proxyOn = { dnsSettings: { enableProxy: true, servers: [] } };
const query = { port: 53, protocol: "Udp" } as const;
const nothing = 'no NAT rule of firewall "fw" takes it, so it is denied by default';

describe("to the private address of a firewall", () => {
  test.each<Omit<Case, "to"> & { case: string; says: string; because: string; to?: string }>([
    { case: "nothing answers", port: 443, says: "Deny DeniedByFirewall", because: nothing },
    {
      case: "a network rule changes nothing",
      port: 443,
      firewallRules: allowAll,
      says: "Deny DeniedByFirewall",
      because: nothing,
    },
    {
      case: "nor does it by a route through the firewall",
      port: 443,
      firewallRules: allowAll,
      routes: { "10.0.0.0/16": "VirtualAppliance 10.0.0.4" },
      says: "Deny DeniedByFirewall",
      because: nothing,
    },
    {
      case: "the DNS proxy answers",
      ...query,
      policy: proxyOn,
      says: "Allow Delivered",
      because: 'the DNS proxy of firewall "fw" answers on its own address',
    },
    {
      case: "the DNS proxy answers over TCP too, by a route through the firewall",
      port: 53,
      policy: proxyOn,
      routes: throughFirewall,
      says: "Allow Delivered",
      because: 'the DNS proxy of firewall "fw" answers on its own address',
    },
    { case: "the DNS proxy is off", ...query, says: "Deny DeniedByFirewall", because: nothing },
    {
      case: "the DNS proxy could not be read",
      ...query,
      policy: { dnsSettings: { enableProxy: unknown('parameter "proxy" has no default'), servers: [] } },
      says: "Unknown InsufficientInfo",
      because: 'whether the DNS proxy of firewall "fw" answers is not known: parameter "proxy" has no default',
    },
    {
      case: "Basic has no DNS proxy",
      ...query,
      policy: { ...proxyOn, skuTier: "Basic" },
      says: "Deny DeniedByFirewall",
      because: 'firewall "fw" of tier Basic answers nothing on its private address',
    },
    {
      case: "the proxy does not answer on another port",
      port: 443,
      policy: proxyOn,
      says: "Deny DeniedByFirewall",
      because: nothing,
    },
    {
      case: "a DNAT rule leads on",
      port: 443,
      firewallRules: dnat,
      says: "Allow Delivered",
      because: 'NAT rule "inward" of firewall "fw" translates it',
    },
    {
      case: "on its port only",
      port: 80,
      firewallRules: dnat,
      says: "Deny DeniedByFirewall",
      because: nothing,
    },
    {
      case: "Basic has no DNAT on a private address",
      port: 443,
      firewallRules: dnat,
      policy: { skuTier: "Basic" },
      says: "Deny DeniedByFirewall",
      because: 'firewall "fw" of tier Basic answers nothing on its private address',
    },
    {
      case: "a tier that could not be read",
      port: 443,
      firewallRules: dnat,
      policy: { skuTier: unknown('parameter "tier" has no default') },
      says: "Unknown InsufficientInfo",
      because:
        'whether firewall "fw" translates what comes to its private address is not known: parameter "tier" has no default',
    },
    {
      case: "rules that could not be read",
      port: 443,
      policy: { ruleCollectionGroups: [{ id: "g", name: "g", priority: 100, ruleCollections: [unknown("not read")] }] },
      says: "Unknown InsufficientInfo",
      because: 'whether a rule of firewall "fw" decides is not known: not read',
    },
    {
      case: "from on-premises",
      from: "172.20.1.1",
      port: 443,
      firewallRules: allowAll,
      says: "Deny DeniedByFirewall",
      because: nothing,
    },
  ])("$case", ({ says, because, ...asked }) => {
    const answer = ask({ to: "10.0.0.4", rules: [{ priority: 100, access: "Allow" }], ...asked });
    expect(`${answer.verdict} ${answer.disposition}`).toBe(says);
    const steps = [...answer.steps.map((step) => step.because), answer.because];
    expect(steps).toContain(because);
    if (answer.verdict !== "Allow") expect(answer.because).toBe(because);
    expect(answer.steps.some(({ kind }) => kind === "Firewall" || kind === "NatRule")).toBe(true);
  });

  test("a firewall whose address is not told yet has the first one of its subnet", () => {
    const told = firewall("fw", "policy", "hub/AzureFirewallSubnet", "10.0.0.4", ["pip-fw"]);
    const ipConfigurations = told.ipConfigurations.map(({ privateIpAddress: _, ...rest }) => rest);
    const more = { azureFirewalls: [{ ...told, ipConfigurations }] };
    const answer = ask({ to: "10.0.0.4", ...query, policy: proxyOn, more });
    expect([answer.verdict, answer.assumptions]).toEqual([
      "Allow",
      ['firewall "fw" is taken to have 10.0.0.4, the first address of its subnet'],
    ]);
  });

  test("the subnet of a firewall is answered for it and the rest apart", () => {
    const { parts } = ask({ to: "hub/AzureFirewallSubnet", port: 443, rules: [{ priority: 100, access: "Allow" }] });
    expect(parts.map(({ to, disposition }) => [to, disposition])).toEqual([
      ["10.0.0.4/32", "DeniedByFirewall"],
      ["10.0.0.5/32, 10.0.0.6/31, 10.0.0.8/29, 10.0.0.16/28 and 1 more", "Delivered"],
    ]);
  });
});
