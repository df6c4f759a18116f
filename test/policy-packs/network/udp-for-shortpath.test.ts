import { describe, expect, test } from "vitest";
import { udpForShortpath } from "../../../policy-packs/network/rules/udp-for-shortpath.ts";
import { findingsOf } from "../design.ts";

const deny = (to: string, protocol: "Tcp" | "Udp", ports: string) =>
  ({ rules: [{ name: "deny", priority: 100, access: "Deny", protocol, to, ports }] }) as const;

describe("udp-for-shortpath", () => {
  test.each([
    {
      case: "a security rule that denies UDP",
      words: deny("Internet", "Udp", "*"),
      finding:
        'fail: spoke/cpc to 51.5.0.0/16, Udp 3478 (RDP Shortpath through a relay, and discovery of the own public address) is denied: rule "deny" denies it (network security group "nsg")',
    },
    {
      case: "a firewall without a rule for it",
      words: { routes: { "0.0.0.0/0": "VirtualAppliance 10.0.0.4" } },
      finding:
        'fail: spoke/cpc to 51.5.0.0/16, Udp 3478 (RDP Shortpath through a relay, and discovery of the own public address) is denied: no rule of firewall "fw" matches, so it denies by default',
    },
    {
      case: "an appliance that nobody vouches for, as undecided",
      words: { routes: { "0.0.0.0/0": "VirtualAppliance 10.0.2.9" } },
      finding:
        "undecided: spoke/cpc to 51.5.0.0/16, Udp 3478 (RDP Shortpath through a relay, and discovery of the own public address) is not known to pass: ",
    },
  ])("finds $case", ({ words, finding }) => {
    const [only = "", ...others] = findingsOf(udpForShortpath, words);
    expect(others).toEqual([]);
    expect(finding.endsWith(": ") ? only.slice(0, finding.length) : only).toBe(finding);
  });

  test.each([
    { case: "TCP denied on the same port", words: deny("Internet", "Tcp", "3478") },
    { case: "UDP denied on another port", words: deny("Internet", "Udp", "443") },
    { case: "UDP denied to other addresses", words: deny("198.51.100.0/24", "Udp", "3478") },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(udpForShortpath, words)).toEqual([]);
  });
});
