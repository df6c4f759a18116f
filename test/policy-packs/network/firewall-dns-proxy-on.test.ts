import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { firewallDnsProxyOn } from "../../../policy-packs/network/rules/firewall-dns-proxy-on.ts";
import { allowAll } from "../../model/support/ask.ts";
import { networkRule } from "../../model/support/build.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { type DesignWords, design, findingsOf, withSpoke } from "../design.ts";

const firewallRules = [{ rules: [networkRule({ name: "kms", fqdns: ["azkms.core.windows.net"], ports: "1688" })] }];
const proxy = (enableProxy: boolean | ReturnType<typeof unknown>) => ({
  policy: { dnsSettings: { enableProxy, servers: [] } },
});
const good: DesignWords = { routes: throughFirewall, firewallRules, dns: ["10.0.0.4"], ...proxy(true) };

describe("firewall-dns-proxy-on", () => {
  test.each([
    {
      case: "a proxy that is off",
      words: proxy(false),
      finding: 'fail: the DNS proxy of firewall "fw" is off, but network rule "kms" names hosts',
    },
    {
      case: "a tier without a proxy",
      words: { policy: { ...proxy(true).policy, skuTier: "Basic" } } as const,
      finding: 'fail: firewall "fw" is of tier Basic, which has no DNS proxy, but network rule "kms" names hosts',
    },
    {
      case: "a virtual network that asks Azure DNS",
      words: { dns: [] },
      finding:
        'fail: virtual network "spoke" asks Azure DNS, and not firewall "fw", whose network rule "kms" names hosts',
    },
    {
      case: "a virtual network that asks others, which may ask the firewall, as undecided",
      words: { dns: ["10.0.2.4"] },
      finding:
        'undecided: virtual network "spoke" asks other DNS servers, and not certainly firewall "fw", whose network rule "kms" names hosts: whether they ask the firewall is not in the input',
    },
    {
      case: "DNS servers that nobody could read, as undecided",
      words: { change: withSpoke((spoke) => ({ ...spoke, dnsServers: [unknown('parameter "dns" has no default')] })) },
      finding:
        'undecided: virtual network "spoke" asks other DNS servers, and not certainly firewall "fw", whose network rule "kms" names hosts: parameter "dns" has no default',
    },
    {
      case: "a proxy that may be on, as undecided",
      words: proxy(unknown('parameter "proxy" has no default')),
      finding:
        'undecided: whether the DNS proxy of firewall "fw" is on is not known, and network rule "kms" names hosts: parameter "proxy" has no default',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(firewallDnsProxyOn, { ...good, ...words })).toEqual([finding]);
  });

  test.each([
    { case: "a proxy that the virtual network asks", words: {} },
    { case: "a proxy that it asks before another server", words: { dns: ["10.0.0.4", "10.0.2.4"] } },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(firewallDnsProxyOn, { ...good, ...words })).toEqual([]);
  });

  test.each([
    { case: "no network rule names hosts", words: { ...good, firewallRules: allowAll, dns: [] } },
    { case: "no firewall is on the way", words: { ...good, routes: {} } },
  ])("does not apply where $case", ({ words }) => {
    expect(firewallDnsProxyOn.judge(design(words))).toEqual([]);
  });
});
