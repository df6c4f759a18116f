import { describe, expect, test } from "vitest";
import { armBench, networkId, ref } from "./support.ts";

const nsg = networkId("networkSecurityGroups/nsg");
const base = {
  protocol: "Tcp",
  access: "Deny",
  direction: "Inbound",
  priority: 100,
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "3389",
};
const group = (...rules: object[]) => ({
  location: "westeurope",
  properties: {
    securityRules: rules.map((rule, index) => ({ name: `rule${index}`, properties: { ...base, ...rule } })),
  },
});

describe("security rules", () => {
  test.each([
    { case: "priority 100", rule: { priority: 100 }, verdict: "accepted" },
    { case: "priority 4096", rule: { priority: 4096 }, verdict: "accepted" },
    { case: "priority 99", rule: { priority: 99 }, verdict: "SecurityRuleInvalidPriority" },
    { case: "priority 4097", rule: { priority: 4097 }, verdict: "SecurityRuleInvalidPriority" },
    { case: "priority 100.5", rule: { priority: 100.5 }, verdict: "SecurityRuleInvalidPriority" },
    { case: "a service tag", rule: { sourceAddressPrefix: "VirtualNetwork" }, verdict: "accepted" },
    { case: "a regional tag", rule: { destinationAddressPrefix: "Storage.WestEurope" }, verdict: "accepted" },
    {
      case: "a tag that does not exist",
      rule: { sourceAddressPrefix: "AzureBastionSubnet" },
      verdict: "SecurityRuleInvalidAddressPrefix",
    },
    { case: "an address", rule: { sourceAddressPrefix: "192.0.2.1" }, verdict: "accepted" },
    { case: "host bits", rule: { sourceAddressPrefix: "192.0.2.1/24" }, verdict: "SecurityRuleInvalidAddressPrefix" },
    {
      case: "a range of addresses",
      rule: { sourceAddressPrefix: "192.0.2.1-192.0.2.9" },
      verdict: "SecurityRuleInvalidAddressPrefix",
    },
    {
      case: "prefixes in the plural",
      rule: { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", "192.0.2.1"] },
      verdict: "accepted",
    },
    {
      case: "a tag in the plural",
      rule: { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", "Internet"] },
      verdict: "SecurityRuleParameterContainsUnsupportedValue",
    },
    {
      case: "a star in the plural",
      rule: { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["*"] },
      verdict: "SecurityRuleParameterContainsUnsupportedValue",
    },
    {
      case: "singular and plural",
      rule: { sourceAddressPrefixes: ["10.0.0.0/8"] },
      verdict: "SecurityRuleInvalidAddressPrefixes",
    },
    {
      case: "no source at all",
      rule: { sourceAddressPrefix: undefined },
      verdict: "SecurityRuleInvalidAddressPrefixes",
    },
    { case: "a port range", rule: { destinationPortRange: "49152-65535" }, verdict: "accepted" },
    {
      case: "a reversed port range",
      rule: { destinationPortRange: "65535-49152" },
      verdict: "SecurityRuleInvalidPortRange",
    },
    { case: "port 65536", rule: { destinationPortRange: "65536" }, verdict: "SecurityRuleInvalidPortRange" },
    { case: "ports with a comma", rule: { destinationPortRange: "80,443" }, verdict: "SecurityRuleInvalidPortRange" },
    {
      case: "ports in the plural",
      rule: { destinationPortRange: undefined, destinationPortRanges: ["80", "443"] },
      verdict: "accepted",
    },
    {
      case: "a star among them",
      rule: { destinationPortRange: undefined, destinationPortRanges: ["80", "*"] },
      verdict: "SecurityRuleParameterContainsInvalidPortRanges",
    },
    { case: "ports in both", rule: { destinationPortRanges: ["443"] }, verdict: "SecurityRuleInvalidPortRanges" },
    { case: "no ports", rule: { destinationPortRange: undefined }, verdict: "SecurityRuleInvalidPortRanges" },
  ])("$case: $verdict", ({ rule, verdict }) => {
    expect(armBench().verdict(nsg, group(rule))).toBe(verdict);
  });

  test.each([
    { case: "of one direction", rules: [{}, {}], verdict: "SecurityRuleConflict" },
    { case: "of two directions", rules: [{}, { direction: "Outbound" }], verdict: "accepted" },
  ])("two rules $case with one priority are $verdict", ({ rules, verdict }) => {
    expect(armBench().verdict(nsg, group(...rules))).toBe(verdict);
  });

  test("the messages are ARM's", () => {
    expect(armBench().refusals(nsg, group({}, { priority: 50 }))).toEqual([
      "SecurityRuleInvalidPriority: Security rule has invalid Priority. Value provided: 50 Allowed range 100-4096.",
    ]);
    expect(armBench().refusals(nsg, group({}, {}))).toEqual([
      "SecurityRuleConflict: Security rule rule0 conflicts with rule rule1. Rules cannot have the same Priority and Direction.",
      "SecurityRuleConflict: Security rule rule1 conflicts with rule rule0. Rules cannot have the same Priority and Direction.",
    ]);
    expect(
      armBench().refusals(nsg, group({ sourceAddressPrefix: undefined, sourceAddressPrefixes: ["Internet"] })),
    ).toEqual([
      `SecurityRuleParameterContainsUnsupportedValue: Security rule parameter SourceAddressPrefix for rule with Id ${nsg}/securityRules/rule0 cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: Internet.`,
    ]);
  });

  test("two rules of one name are refused", () => {
    const [rule] = group({}).properties.securityRules;
    const twin = { ...rule, properties: { ...base, priority: 200 } };
    expect(armBench().verdict(nsg, { location: "westeurope", properties: { securityRules: [rule, twin] } })).toBe(
      "DuplicateResourceName",
    );
  });

  test("application security groups must be there and in the region", () => {
    const bench = armBench((azure) => {
      azure.put(networkId("applicationSecurityGroups/asg"), { location: "westeurope" });
      azure.put(networkId("applicationSecurityGroups/far"), { location: "northeurope" });
    });
    const to = (asg: string) =>
      group({
        destinationAddressPrefix: undefined,
        destinationApplicationSecurityGroups: [ref(`applicationSecurityGroups/${asg}`)],
      });
    expect(bench.verdict(nsg, to("asg"))).toBe("accepted");
    expect(bench.verdict(nsg, to("far"))).toBe("InvalidResourceReference");
    bench.put(nsg, to("asg"));
    expect(bench.deleteVerdict(networkId("applicationSecurityGroups/asg"))).toBe("ApplicationSecurityGroupInUse");
  });
});

describe("network security groups", () => {
  test("take up to 2000 rules", () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        direction: index < 1000 ? "Inbound" : "Outbound",
        priority: 100 + (index % 1000),
      }));
    expect(armBench().verdict(nsg, group(...rules(2000)))).toBe("accepted");
    expect(armBench().refusals(nsg, group(...rules(2001)))[0]).toMatch(/^SecurityRulesLimitExceeded/);
  });

  test("a GET shows the six default rules and where the group is attached", () => {
    const bench = armBench((azure) => {
      azure.put(nsg, group({}));
      azure.put(networkId("virtualNetworks/hub"), {
        location: "westeurope",
        properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
      });
      azure.put(networkId("virtualNetworks/hub/subnets/a"), {
        properties: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: { id: nsg } },
      });
    });
    const { defaultSecurityRules, subnets, securityRules } = bench.get(nsg).properties;
    expect(defaultSecurityRules).toHaveLength(6);
    expect(subnets).toEqual([ref("virtualNetworks/hub/subnets/a")]);
    expect(securityRules).toMatchObject([
      { id: `${nsg}/securityRules/rule0`, properties: { priority: 100, provisioningState: "Succeeded" } },
    ]);
    expect(bench.deleteVerdict(nsg)).toBe("InUseNetworkSecurityGroupCannotBeDeleted");
    bench.delete(networkId("virtualNetworks/hub/subnets/a"));
    expect(bench.deleteVerdict(nsg)).toBe("accepted");
  });

  test("a rule written by itself meets the inline ones and shows in the group", () => {
    const bench = armBench((azure) => azure.put(nsg, group({})));
    expect(bench.verdict(`${nsg}/securityRules/own`, { properties: base })).toBe("SecurityRuleConflict");
    bench.put(`${nsg}/securityRules/own`, { properties: { ...base, priority: 200 } });
    expect(bench.get(nsg).properties.securityRules).toMatchObject([
      { name: "rule0" },
      { name: "own", properties: { priority: 200 } },
    ]);
  });

  test("a group written with a list of rules replaces the ones written by themselves", () => {
    const bench = armBench((azure) => {
      azure.put(nsg, { location: "westeurope" });
      azure.put(`${nsg}/securityRules/own`, { properties: { ...base, priority: 200 } });
    });
    bench.put(nsg, { location: "westeurope" });
    expect(bench.estate.get(`${nsg}/securityRules/own`)).toBeDefined();
    bench.put(nsg, group({}));
    expect(bench.estate.get(`${nsg}/securityRules/own`)).toBeUndefined();
  });
});
