import { describe, expect, test } from "vitest";
import type { FirewallRule } from "../../../model/estate/firewall.ts";
import { unknown } from "../../../model/read.ts";
import { tlsNotInspected } from "../../../policy-packs/network/rules/tls-not-inspected.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { applicationRule, firewallPolicy, networkRule } from "../../model/support/build.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { type DesignWords, design, findingsOf } from "../design.ts";

const inspectAll = applicationRule({ name: "web", fqdns: ["*"], terminateTls: true });
const premium = { skuTier: "Premium", hasCertificateAuthority: true } as const;
const inspecting: DesignWords = {
  routes: throughFirewall,
  firewallRules: [{ rules: [inspectAll] }],
  policy: premium,
};

const inspectAgent = applicationRule({ name: "agent", fqdns: ["*.cmdagent.trafficmanager.net"], terminateTls: true });
const others = networkRule({ name: "others" });

describe("tls-not-inspected", () => {
  test("fails once for a rule that inspects, and says what Windows 365 would report", () => {
    const { findings } = runRules([tlsNotInspected], design(inspecting));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(
      /^application rule "web" of firewall "fw" opens the TLS of spoke\/cpc to "\S+", "\S+", "\S+" and \d+ more, which Microsoft asks not to inspect$/,
    );
    expect(findings[0]?.remedy).toBe(
      'set terminateTLS of application rule "web" in collection "collection-0" to false, or let these endpoints pass by a rule before it that does not inspect',
    );
    expect(findings[0]?.subject.name).toBe("policy/group");
    expect(findings[0]?.errorTypes).toHaveLength(tlsNotInspected.errorTypes.length);
    expect(findings[0]?.errorTypes).toEqual(expect.arrayContaining([...tlsNotInspected.errorTypes]));
  });

  test.each([
    {
      case: "one endpoint",
      words: {},
      finding:
        'fail: application rule "agent" of firewall "fw" opens the TLS of spoke/cpc to "*.cmdagent.trafficmanager.net", which Microsoft asks not to inspect',
    },
    {
      case: "a policy that cannot inspect, as undecided",
      words: { policy: { skuTier: "Standard" } } as const,
      finding:
        'undecided: whether application rule "agent" of firewall "fw" opens the TLS of spoke/cpc to "*.cmdagent.trafficmanager.net", which Microsoft asks not to inspect, is not known: application rule "agent" asks for TLS inspection, which needs Premium and a certificate authority',
    },
    {
      case: "terminateTLS that nobody could read, as undecided",
      words: {
        firewallRules: [
          { rules: [{ ...inspectAgent, terminateTls: unknown('parameter "inspect" has no default') } as FirewallRule] },
        ],
      },
      finding:
        'undecided: whether application rule "agent" of firewall "fw" opens the TLS of spoke/cpc to "*.cmdagent.trafficmanager.net", which Microsoft asks not to inspect, is not known: parameter "inspect" has no default',
    },
  ])("finds $case", ({ words, finding }) => {
    const firewallRules = [{ rules: [inspectAgent] }];
    expect(findingsOf(tlsNotInspected, { ...inspecting, firewallRules, ...words })).toEqual([finding]);
  });

  test("an inherited rule is found, and its own group is to be changed", () => {
    const base = firewallPolicy("base", [{ rules: [inspectAgent] }], premium);
    const child = firewallPolicy("policy", [], { ...premium, basePolicyId: base.id });
    const { findings } = runRules(
      [tlsNotInspected],
      design({ ...inspecting, more: { firewallPolicies: [child, base] } }),
    );
    expect(findings.map(({ outcome, subject }) => `${outcome} ${subject.name}`)).toEqual(["fail base/group"]);
  });

  test.each([
    {
      case: "rules that do not inspect",
      words: { firewallRules: [{ rules: [applicationRule({ fqdns: ["*"], terminateTls: false })] }] },
    },
    {
      case: "a rule before the one that inspects",
      words: { firewallRules: [{ rules: [applicationRule({ fqdns: ["*"] })] }, { rules: [inspectAll] }] },
    },
    {
      case: "network rules, which come first",
      words: { firewallRules: [{ rules: [inspectAll] }, { rules: [others] }] },
    },
    {
      case: "inspection of names that are no endpoints",
      words: {
        firewallRules: [{ rules: [applicationRule({ fqdns: ["www.example.com"], terminateTls: true })] }],
      },
    },
    { case: "a route past the firewall", words: { routes: {} } },
    {
      case: "a rule that denies",
      words: { firewallRules: [{ action: "Deny", rules: [inspectAll] }] } as const,
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(tlsNotInspected, { ...inspecting, ...words })).toEqual([]);
    expect(tlsNotInspected.judge(design({ ...inspecting, ...words }))).toHaveLength(1);
  });

  test("does not apply where no firewall is", () => {
    expect(tlsNotInspected.judge(design({ more: { azureFirewalls: [] } }))).toEqual([]);
  });
});
