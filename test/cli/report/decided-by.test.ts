import { describe, expect, test } from "vitest";
import { decidedBy } from "../../../cli/report/decided-by.ts";
import type { Step } from "../../../model/path/step.ts";

const step = (more: Partial<Step>): Step => ({
  kind: "SecurityRules",
  at: "nsg",
  verdict: "Allow",
  reached: true,
  because: "the reason",
  ...more,
});
const hop = (type: string, ipAddress: string | null) => ({ type, azureType: type, ipAddress });

describe("decidedBy", () => {
  test.each([
    { case: "a security rule", step: step({ rule: { name: "a", priority: 100 } }), text: 'rule "a" (100)' },
    {
      case: "a default rule",
      step: step({ rule: { name: "AllowInternetOutBound", priority: 65001, default: true } }),
      text: 'default rule "AllowInternetOutBound" (65001)',
    },
    {
      case: "an admin rule",
      step: step({ scope: "NetworkManager", rule: { name: "a", priority: 1 } }),
      text: 'admin rule "a" (1)',
    },
    {
      case: "a rule whose priority is not known",
      step: step({ rule: { name: "a", priority: null } }),
      text: 'rule "a"',
    },
    { case: "no rule", step: step({ kind: "Firewall", rule: null }), text: "no rule matches: denied by default" },
    {
      case: "a network rule",
      step: step({
        kind: "Firewall",
        rule: { type: "NetworkRule", name: "r", collection: "c", group: "g", policy: "p" },
      }),
      text: 'network rule "r", collection "c", group "g", policy "p"',
    },
    {
      case: "a classic rule",
      step: step({ kind: "Firewall", rule: { type: "ApplicationRule", name: "r", collection: "c" } }),
      text: 'application rule "r", collection "c"',
    },
    {
      case: "a translation",
      step: step({
        kind: "NatRule",
        rule: { type: "NatRule", name: "r" },
        translated: { address: "10.0.0.4", port: 3389 },
      }),
      text: 'NAT rule "r" -> 10.0.0.4:3389',
    },
    {
      case: "a translation that keeps the port",
      step: step({ kind: "NatRule", rule: { type: "NatRule", name: "r" }, translated: { address: null, port: null } }),
      text: 'NAT rule "r" -> ?',
    },
    {
      case: "a user route",
      step: step({
        kind: "Route",
        route: { name: "d", addressPrefix: "0.0.0.0/0", source: "User" },
        nextHop: hop("VirtualAppliance", "10.0.1.4"),
      }),
      text: 'user route "d" 0.0.0.0/0 -> VirtualAppliance 10.0.1.4',
    },
    {
      case: "a system route",
      step: step({
        kind: "Route",
        route: { name: null, addressPrefix: "0.0.0.0/0", source: "Default" },
        nextHop: hop("Internet", null),
      }),
      text: "system route 0.0.0.0/0 -> Internet",
    },
    {
      case: "a way out with known addresses",
      step: step({
        kind: "Egress",
        egress: { via: "natGateway", publicIpAddresses: ["198.51.100.1", "198.51.100.2"] },
      }),
      text: "the reason, as 198.51.100.1, 198.51.100.2",
    },
    {
      case: "a way out that carries nothing",
      step: step({
        kind: "Egress",
        verdict: "Deny",
        egress: { via: "natGateway", publicIpAddresses: ["198.51.100.1"] },
      }),
      text: "the reason",
    },
    { case: "anything else", step: step({ kind: "Peering" }), text: "the reason" },
    { case: "a name with a terminal code", step: step({ rule: { name: "a\u001b" } }), text: 'rule "a\\u001b"' },
  ])("names $case", ({ step, text }) => {
    expect(decidedBy(step)).toBe(text);
  });
});
