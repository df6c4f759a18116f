import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { platformAddressesOpen } from "../../../policy-packs/network/rules/platform-addresses-open.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { findingsOf } from "../design.ts";

const deny = (to: string, ports = "*") =>
  ({ rules: [{ name: "deny", priority: 100, access: "Deny", to, ports }] }) as const;
const by = 'rule "deny" denies it (network security group "nsg")';

describe("platform-addresses-open", () => {
  test.each([
    {
      case: "DNS that is denied by its tag",
      words: deny("AzurePlatformDNS", "53"),
      findings: [
        `fail: DNS from spoke/cpc to 168.63.129.16, Tcp 53 is denied: ${by}`,
        `fail: DNS from spoke/cpc to 168.63.129.16, Udp 53 is denied: ${by}`,
      ],
    },
    {
      case: "instance metadata that is denied by its tag",
      words: deny("AzurePlatformIMDS"),
      findings: [`fail: instance metadata (IMDS) from spoke/cpc to 169.254.169.254, Tcp 80 is denied: ${by}`],
    },
    {
      case: "licensing that is denied by its tag",
      words: deny("AzurePlatformLKM"),
      findings: [
        'fail: licensing of Windows from spoke/cpc (AzurePlatformLKM, Tcp 1688) is denied: rule "deny" denies it',
      ],
    },
    {
      case: "a route for the platform's address",
      words: { routes: { "168.63.129.16/32": "VirtualAppliance 10.0.0.4" } },
      findings: [
        'fail: user route "route-0" of spoke/cpc sends 168.63.129.16/32, which is the platform\'s, to VirtualAppliance',
      ],
    },
    {
      case: "a route for all link-local addresses",
      words: { routes: { "169.254.0.0/16": "None" } },
      findings: ['fail: user route "route-0" of spoke/cpc sends 169.254.0.0/16, which is the platform\'s, to None'],
    },
    {
      case: "a rule for a tag that may allow or deny, as undecided",
      words: {
        rules: [{ name: "deny", priority: 100, access: unknown("not known"), to: "AzurePlatformIMDS" }] as const,
      },
      findings: [
        'undecided: instance metadata (IMDS) from spoke/cpc to 169.254.169.254, Tcp 80 is not known to pass: whether rule "deny" decides is not known: its access is not known (network security group "nsg")',
      ],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(findingsOf(platformAddressesOpen, words)).toEqual(findings);
  });

  test.each([
    { case: "a deny for everything, which does not touch the platform", words: deny("*") },
    { case: "a deny for the Internet", words: deny("Internet") },
    { case: "a default route to a firewall, which does not touch it either", words: { routes: throughFirewall } },
    {
      case: "a route for the platform that keeps it in the network",
      words: { routes: { "168.63.129.16/32": "VnetLocal" } },
    },
    {
      case: "an allow before the deny",
      words: {
        rules: [
          { name: "allow", priority: 100, access: "Allow", to: "AzurePlatformDNS" },
          { name: "deny", priority: 200, access: "Deny", to: "AzurePlatformDNS" },
        ] as const,
      },
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(platformAddressesOpen, words)).toEqual([]);
  });
});
