import { describe, expect, test } from "vitest";
import { rulesFor } from "../../../sandbox/arm/rules.ts";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const policy = networkId("firewallPolicies/policy");
const group = `${policy}/ruleCollectionGroups/group`;
const network = {
  ruleType: "NetworkRule",
  name: "net",
  ipProtocols: ["TCP"],
  sourceAddresses: ["10.1.0.0/24"],
  destinationAddresses: ["*"],
  destinationPorts: ["443"],
};
const application = {
  ruleType: "ApplicationRule",
  name: "app",
  protocols: [{ protocolType: "Https", port: 443 }],
  sourceAddresses: ["10.1.0.0/24"],
  fqdnTags: ["Windows365"],
};
const nat = {
  ruleType: "NatRule",
  name: "nat",
  ipProtocols: ["TCP"],
  sourceAddresses: ["*"],
  destinationAddresses: ["192.0.2.1"],
  destinationPorts: ["443"],
  translatedAddress: "10.1.0.4",
  translatedPort: "443",
};
const filter = (rules: object[], more: object = {}) => ({
  ruleCollectionType: "FirewallPolicyFilterRuleCollection",
  name: "collection",
  priority: 100,
  action: { type: "Allow" },
  rules,
  ...more,
});
const natCollection = (rules: object[]) => ({
  ruleCollectionType: "FirewallPolicyNatRuleCollection",
  name: "nat",
  priority: 100,
  action: { type: "DNAT" },
  rules,
});
const write = (collections: object[], priority = 200) => ({ properties: { priority, ruleCollections: collections } });

function policyOf(tier: string, properties: object = {}) {
  return (azure: ArmBench) => {
    azure.put(policy, { location: "westeurope", properties: { sku: { tier }, ...properties } });
  };
}
const standard = policyOf("Standard", { dnsSettings: { enableProxy: true } });

describe("rule collection groups", () => {
  test.each([
    { case: "priority 100", body: write([filter([network])], 100), verdict: "accepted" },
    { case: "priority 65000", body: write([filter([network])], 65000), verdict: "accepted" },
    {
      case: "priority 99",
      body: write([filter([network])], 99),
      verdict: "FirewallPolicyRuleGroupInvalidPriorityValue",
    },
    {
      case: "priority 65001",
      body: write([filter([network])], 65001),
      verdict: "FirewallPolicyRuleGroupInvalidPriorityValue",
    },
    {
      case: "a collection of priority 99",
      body: write([filter([network], { priority: 99 })]),
      verdict: "FirewallPolicyRuleInvalidPriorityValue",
    },
    {
      case: "two collections of one priority",
      body: write([filter([network]), filter([application], { name: "other" })]),
      verdict: "FirewallPolicyRuleGroupRulePrioritiesMustBeUnique",
    },
    {
      case: "two collections of one name",
      body: write([filter([network]), filter([application], { priority: 200 })]),
      verdict: "FirewallPolicyRuleGroupRuleNamesMustBeUnique",
    },
    {
      case: "a collection without action",
      body: write([filter([network], { action: undefined })]),
      verdict: "FirewallPolicyRuleActionRequired",
    },
    {
      case: "network and application rules together",
      body: write([filter([network, application])]),
      verdict: "FirewallPolicyRuleConditionsMustBeOfSameType",
    },
    {
      case: "two rules of one name",
      body: write([filter([network, network])]),
      verdict: "FirewallPolicyRuleConditionNamesMustBeUnique",
    },
    {
      case: "a NAT rule among filters",
      body: write([filter([nat])]),
      verdict: "FirewallPolicyRuleCollectionTypeMismatch",
    },
    { case: "a NAT rule in its collection", body: write([natCollection([nat])]), verdict: "accepted" },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench(standard).verdict(group, body)).toBe(verdict);
  });

  test("groups of a policy have priorities of their own, and there are at most 90", () => {
    const bench = armBench((azure) => {
      standard(azure);
      azure.put(group, write([filter([network])]));
    });
    const other = `${policy}/ruleCollectionGroups/other`;
    expect(bench.refusals(other, write([], 200))).toEqual([
      "FirewallPolicyRuleGroupPrioritiesMustBeUnique: Invalid Firewall Policy policy. Priority 200 used for more than one rule group.",
    ]);
    expect(bench.verdict(other, write([], 201))).toBe("accepted");
    for (let index = 1; index < 90; index += 1)
      bench.put(`${policy}/ruleCollectionGroups/group${index}`, write([], 300 + index));
    expect(bench.verdict(other, write([], 201))).toBe("FirewallPolicyRuleGroupLimitExceeded");
  });

  test("a write locks the policy and the IP groups it uses", () => {
    const body = {
      id: group,
      name: "group",
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      ...write([filter([{ ...network, sourceIpGroups: [networkId("ipGroups/pcs")] }])]),
    };
    expect(rulesFor(body.type)?.locks(group, body)).toEqual([group, policy, networkId("ipGroups/pcs")]);
  });

  test("an IP group must be there, and stays while it is used", () => {
    const bench = armBench((azure) => {
      standard(azure);
      azure.put(networkId("ipGroups/pcs"), {
        location: "westeurope",
        properties: { ipAddresses: ["10.1.0.0/24", "10.2.0.4"] },
      });
    });
    const from = (name: string) =>
      write([filter([{ ...network, sourceAddresses: undefined, sourceIpGroups: [ref(`ipGroups/${name}`).id] }])]);
    expect(bench.verdict(group, from("none"))).toBe("InvalidResourceReference");
    bench.put(group, from("pcs"));
    expect(bench.deleteVerdict(networkId("ipGroups/pcs"))).toBe("IpGroupsHasResourceReferences");
    expect(bench.get(networkId("ipGroups/pcs")).properties.firewallPolicies).toEqual([{ id: policy }]);
    expect(
      bench.verdict(networkId("ipGroups/pcs"), { location: "westeurope", properties: { ipAddresses: ["pcs"] } }),
    ).toBe("InvalidAddressPrefixFormat");
  });
});

test("an IP group takes 5000 entries", () => {
  const entries = (count: number) => ({
    location: "westeurope",
    properties: {
      ipAddresses: Array.from({ length: count }, (_, index) => `10.0.${Math.floor(index / 256)}.${index % 256}`),
    },
  });
  expect(armBench().verdict(networkId("ipGroups/pcs"), entries(5000))).toBe("accepted");
  expect(armBench().verdict(networkId("ipGroups/pcs"), entries(5001))).toBe("IpGroupsLimitExceeded");
});

describe("network rules", () => {
  const fqdn = {
    ...network,
    destinationAddresses: undefined,
    destinationFqdns: ["azkms.core.windows.net"],
    destinationPorts: ["1688"],
  };

  test.each([
    { case: "a plain rule", rule: network, verdict: "accepted" },
    {
      case: "no protocol",
      rule: { ...network, ipProtocols: [] },
      verdict: "FirewallPolicyNetworkRuleConditionAtLeastOneProtocolRequired",
    },
    {
      case: "no source",
      rule: { ...network, sourceAddresses: [] },
      verdict: "FirewallPolicyRuleConditionIpAddressesAndPortsMustBeSpecified",
    },
    {
      case: "no ports",
      rule: { ...network, destinationPorts: [] },
      verdict: "FirewallPolicyRuleConditionIpAddressesAndPortsMustBeSpecified",
    },
    {
      case: "a service tag",
      rule: { ...network, destinationAddresses: ["WindowsVirtualDesktop"] },
      verdict: "accepted",
    },
    {
      case: "an address range",
      rule: { ...network, destinationAddresses: ["192.0.2.1-192.0.2.9"] },
      verdict: "accepted",
    },
    {
      case: "an IPv6 prefix",
      rule: { ...network, destinationAddresses: ["2001:db8::/32"] },
      verdict: "FirewallPolicyRuleConditionInvalidIpAddressOrRangeFormat",
    },
    { case: "a port range", rule: { ...network, destinationPorts: ["3478-3481"] }, verdict: "accepted" },
    {
      case: "port 0",
      rule: { ...network, destinationPorts: ["0"] },
      verdict: "FirewallPolicyRuleConditionInvalidPortOrRangeFormat",
    },
    { case: "an FQDN", rule: fqdn, verdict: "accepted" },
    {
      case: "a wildcard FQDN",
      rule: { ...fqdn, destinationFqdns: ["*.azure-devices.net"] },
      verdict: "FirewallPolicyNetworkRuleInvalidDestinationFqdn",
    },
  ])("$case: $verdict", ({ rule, verdict }) => {
    expect(armBench(standard).verdict(group, write([filter([rule])]))).toBe(verdict);
  });

  test.each([
    {
      case: "without DNS proxy",
      setup: policyOf("Standard"),
      verdict: "FirewallPolicyNetworkRuleFqdnRequiresDnsProxy",
    },
    { case: "of tier Basic", setup: policyOf("Basic"), verdict: "FirewallPolicyNetworkRuleFqdnNotSupported" },
  ])("an FQDN in a policy $case is $verdict", ({ setup, verdict }) => {
    expect(armBench(setup).verdict(group, write([filter([fqdn])]))).toBe(verdict);
  });
});

describe("application rules", () => {
  const targets = { ...application, fqdnTags: undefined };

  test.each([
    { case: "an FQDN tag", rule: application, verdict: "accepted" },
    {
      case: "a tag that does not exist",
      rule: { ...application, fqdnTags: ["Windows366"] },
      verdict: "FirewallPolicyApplicationRuleInvalidFqdnTag",
    },
    {
      case: "an Office 365 category",
      rule: { ...application, fqdnTags: ["Office365.Skype.Optimize"] },
      verdict: "accepted",
    },
    {
      case: "tag and FQDNs",
      rule: { ...application, targetFqdns: ["example.com"] },
      verdict: "FirewallPolicyApplicationRuleConditionHasBothTargetFqdnAndFqdnTags",
    },
    { case: "a wildcard on the left", rule: { ...targets, targetFqdns: ["*.wvd.microsoft.com"] }, verdict: "accepted" },
    {
      case: "a wildcard in the middle",
      rule: { ...targets, targetFqdns: ["a.*.microsoft.com"] },
      verdict: "FirewallPolicyApplicationRuleConditionInvalidTargetFqdn",
    },
    { case: "no target", rule: targets, verdict: "FirewallPolicyRuleAtLeastOneRuleConditionRequired" },
    {
      case: "no protocol",
      rule: { ...application, protocols: [] },
      verdict: "FirewallPolicyApplicationRuleConditionAtLeastOneProtocolRequired",
    },
    {
      case: "TLS termination on Standard",
      rule: { ...application, terminateTLS: true },
      verdict: "FirewallPolicyPremiumFeature",
    },
  ])("$case: $verdict", ({ rule, verdict }) => {
    expect(armBench(standard).verdict(group, write([filter([rule])]))).toBe(verdict);
  });

  test("TLS termination is for Premium, web categories are not for Basic", () => {
    expect(
      armBench(policyOf("Premium")).verdict(group, write([filter([{ ...application, terminateTLS: true }])])),
    ).toBe("accepted");
    const categories = write([filter([{ ...targets, webCategories: ["gambling"] }])]);
    expect(armBench(policyOf("Basic")).verdict(group, categories)).toBe("FirewallPolicyWebCategoriesNotSupported");
    expect(armBench(standard).verdict(group, categories)).toBe("accepted");
  });
});

describe("NAT rules", () => {
  test.each([
    { case: "one address, one port", rule: nat, verdict: "accepted" },
    {
      case: "two addresses",
      rule: { ...nat, destinationAddresses: ["192.0.2.1", "192.0.2.2"] },
      verdict: "FirewallPolicyNatRuleInvalidDnatDestinationAddress",
    },
    {
      case: "a range of ports",
      rule: { ...nat, translatedPort: "443-444" },
      verdict: "FirewallPolicyNatRuleInvalidDnatPortOrRangeFormat",
    },
    {
      case: "nowhere to go",
      rule: { ...nat, translatedAddress: undefined },
      verdict: "FirewallPolicyNatRuleIPAddressesAndPortsMustBeSpecified",
    },
    {
      case: "a name to go to",
      rule: { ...nat, translatedAddress: undefined, translatedFqdn: "web.contoso.com" },
      verdict: "accepted",
    },
  ])("$case: $verdict", ({ rule, verdict }) => {
    expect(armBench(standard).verdict(group, write([natCollection([rule])]))).toBe(verdict);
  });
});
