import { describe, expect, test } from "vitest";
import { explain, type Question } from "../../../model/explain.ts";
import { applyChange } from "../../../model/fix/change.ts";
import { smallestFix } from "../../../model/fix/smallest-fix.ts";
import { noReferenceData } from "../../../model/reference-data.ts";
import { networkOf } from "../../../model/topology/network.ts";
import { networkRule } from "../support/build.ts";
import { type HubAndSpoke, hubAndSpoke, throughFirewall } from "../support/hub-and-spoke.ts";

const allowAll = [{ rules: [networkRule({ protocols: ["Any"] })] }];

interface Case {
  readonly case: string;
  readonly words: HubAndSpoke;
  readonly question: Partial<Question> & { readonly to: string };
  readonly summary: string;
}

const cases: readonly Case[] = [
  {
    case: "a rule of an NSG",
    words: { rules: [{ name: "no", priority: 4096, access: "Deny" }] },
    question: { to: "192.0.2.1", port: 443 },
    summary:
      'add to network security group "nsg" an outbound rule with priority 4095 that allows Tcp 443 from 10.1.1.0/24 to 192.0.2.1/32',
  },
  {
    case: "a route that drops",
    words: { routes: { "192.0.2.0/24": "None" } },
    question: { to: "192.0.2.1", port: 443 },
    summary: 'add to route table "rt" a route for 192.0.2.1/32 with next hop Internet',
  },
  {
    case: "a private subnet without egress",
    words: { cpc: { natGatewayId: undefined as never } },
    question: { to: "192.0.2.1", port: 443 },
    summary:
      'attach NAT gateway "nat" to subnet "cpc", by which all leaves that its rules and routes send to the Internet',
  },
  {
    case: "a firewall that denies an address",
    words: { routes: throughFirewall },
    question: { to: "192.0.2.1", port: 443 },
    summary: 'add to firewall policy group "group" a network rule that allows Tcp 443 to 192.0.2.1/32',
  },
  {
    case: "a firewall that denies a name",
    words: { routes: throughFirewall },
    question: { to: "a.example.com", port: 443 },
    summary: 'add to firewall policy group "group" an application rule that allows "a.example.com" over Https 443',
  },
  {
    case: "a name on a port that application rules do not carry",
    words: { routes: throughFirewall, dns: ["10.0.0.4"], policy: { dnsSettings: { enableProxy: true, servers: [] } } },
    question: { to: "kms.example.com", port: 1688 },
    summary: 'add to firewall policy group "group" a network rule that allows Tcp 1688 to "kms.example.com"',
  },
  {
    case: "an answer that bypasses the firewall",
    words: { routes: throughFirewall, propagate: false, firewallRules: allowAll },
    question: { to: "172.20.1.1", port: 443 },
    summary:
      'add to route table "rt-gateway" of subnet "GatewaySubnet" a route for 10.1.1.0/24 with next hop VirtualAppliance 10.0.0.4',
  },
];

describe("smallestFix", () => {
  test.each(cases)("mends $case, and the changed estate allows the flow", ({ words, question, summary }) => {
    const asked: Question = { from: "spoke/cpc", protocol: "Tcp", ...question };
    const estate = hubAndSpoke(words);
    const network = networkOf(estate, noReferenceData);
    const answer = explain(network, asked);
    if (!answer.ok) throw new Error(answer.message);
    expect(answer.value.verdict).toBe("Deny");
    const fix = smallestFix(network, asked, answer.value);
    expect(fix?.summary).toBe(summary);
    if (fix === undefined) return;
    const again = explain(networkOf(applyChange(estate, fix.change), noReferenceData), asked);
    expect(again.ok && again.value.verdict).toBe("Allow");
    const neighbour = explain(networkOf(applyChange(estate, fix.change), noReferenceData), { ...asked, port: 8081 });
    if (fix.change.kind === "addSecurityRule" || fix.change.kind === "addFirewallRule") {
      expect(neighbour.ok && neighbour.value.verdict).toBe("Deny");
    }
  });

  test("offers nothing for a flow that passes, and nothing when one change is not enough", () => {
    const ask = (words: HubAndSpoke, to = "192.0.2.1") => {
      const network = networkOf(hubAndSpoke(words), noReferenceData);
      const asked: Question = { from: "spoke/cpc", to, protocol: "Tcp", port: 443 };
      const answer = explain(network, asked);
      return answer.ok ? smallestFix(network, asked, answer.value) : "bad question";
    };
    expect(ask({})).toBeUndefined();
    expect(ask({ rules: [{ priority: 4096, access: "Deny" }] }, "host.example.com")).toBeUndefined();
    expect(ask({ rules: [{ priority: 100, access: "Deny" }] })).toBeUndefined();
    expect(ask({ rules: [{ priority: 200, access: "Deny" }], routes: throughFirewall })).toBeUndefined();
  });
});
