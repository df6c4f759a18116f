import { describe, expect, test } from "vitest";
import { rulesFor } from "../../../sandbox/arm/rules.ts";
import { type ArmBench, armBench, networkId, ref, subscription } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const firewall = networkId("azureFirewalls/fw");
const policy = networkId("firewallPolicies/policy");
const address = {
  location: "westeurope",
  sku: { name: "Standard" },
  properties: { publicIPAllocationMethod: "Static" },
};
const configuration = (subnet: string, publicIp: string) => ({
  name: publicIp,
  properties: {
    subnet: ref(`virtualNetworks/hub/subnets/${subnet}`),
    publicIPAddress: ref(`publicIPAddresses/${publicIp}`),
  },
});
const data = configuration("AzureFirewallSubnet", "pip");
const management = configuration("AzureFirewallManagementSubnet", "pip-mgmt");
const body = (properties: object = {}) => ({
  location: "westeurope",
  properties: {
    sku: { name: "AZFW_VNet", tier: "Standard" },
    ipConfigurations: [data],
    firewallPolicy: { id: policy },
    ...properties,
  },
});

function setup(azure: ArmBench, sizes: { data?: string; management?: string } = {}): void {
  azure.put(hub, { location: "westeurope", properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } });
  azure.put(`${hub}/subnets/AzureFirewallSubnet`, { properties: { addressPrefix: sizes.data ?? "10.0.0.0/26" } });
  azure.put(`${hub}/subnets/AzureFirewallManagementSubnet`, {
    properties: { addressPrefix: sizes.management ?? "10.0.0.64/26" },
  });
  azure.put(`${hub}/subnets/other`, { properties: { addressPrefix: "10.0.1.0/24" } });
  for (const name of ["pip", "pip-mgmt", "pip2"]) azure.put(networkId(`publicIPAddresses/${name}`), address);
  for (const tier of ["Basic", "Standard", "Premium"])
    azure.put(networkId(`firewallPolicies/${tier}`), { location: "westeurope", properties: { sku: { tier } } });
  azure.put(policy, { location: "westeurope", properties: { sku: { tier: "Standard" } } });
}

describe("Azure Firewall", () => {
  const tier = (name: string) => ({
    sku: { name: "AZFW_VNet", tier: name },
    firewallPolicy: ref(`firewallPolicies/${name}`),
  });

  test.each([
    { case: "Standard in its subnet", body: body(), verdict: "accepted" },
    {
      case: "in a subnet of another name",
      body: body({ ipConfigurations: [configuration("other", "pip")] }),
      verdict: "AzureFirewallSubnetNameInvalid",
    },
    {
      case: "without an IP configuration",
      body: body({ ipConfigurations: [] }),
      verdict: "AzureFirewallIpConfigurationSubnetInvalid",
    },
    {
      case: "with the subnet named twice",
      body: body({ ipConfigurations: [data, configuration("AzureFirewallSubnet", "pip2")] }),
      verdict: "AzureFirewallIpConfigurationSubnetInvalid",
    },
    {
      case: "with a second public IP address",
      body: body({
        ipConfigurations: [data, { name: "second", properties: { publicIPAddress: ref("publicIPAddresses/pip2") } }],
      }),
      verdict: "accepted",
    },
    {
      case: "without a public IP address",
      body: body({ ipConfigurations: [{ name: "a", properties: { subnet: data.properties.subnet } }] }),
      verdict: "AzureFirewallIpConfigurationRequiresPublicIp",
    },
    {
      case: "without one, but with management",
      body: body({
        ipConfigurations: [{ name: "a", properties: { subnet: data.properties.subnet } }],
        managementIpConfiguration: management,
      }),
      verdict: "accepted",
    },
    {
      case: "Basic with management",
      body: body({ ...tier("Basic"), managementIpConfiguration: management }),
      verdict: "accepted",
    },
    {
      case: "Basic without",
      body: body(tier("Basic")),
      verdict: "AzureFirewallManagementIpConfigRequiresSubnetAndPublicIp",
    },
    {
      case: "Basic with half of it",
      body: body({
        ...tier("Basic"),
        managementIpConfiguration: { name: "m", properties: { subnet: management.properties.subnet } },
      }),
      verdict: "AzureFirewallManagementIpConfigRequiresSubnetAndPublicIp",
    },
    {
      case: "Premium with a Standard policy",
      body: body({ ...tier("Premium"), firewallPolicy: ref("firewallPolicies/Standard") }),
      verdict: "accepted",
    },
    {
      case: "Standard with a Premium policy",
      body: body({ firewallPolicy: ref("firewallPolicies/Premium") }),
      verdict: "AzureFirewallPolicyTierMismatch",
    },
    {
      case: "Standard with a Basic policy",
      body: body({ firewallPolicy: ref("firewallPolicies/Basic") }),
      verdict: "AzureFirewallPolicyTierMismatch",
    },
    {
      case: "with a policy that is not there",
      body: body({ firewallPolicy: ref("firewallPolicies/none") }),
      verdict: "InvalidResourceReference",
    },
    {
      case: "in another region",
      body: {
        ...body({
          ipConfigurations: [{ name: "a", properties: { subnet: data.properties.subnet } }],
          managementIpConfiguration: management,
        }),
        location: "northeurope",
      },
      verdict: "InvalidResourceReference",
    },
    {
      case: "of a virtual hub",
      body: body({ sku: { name: "AZFW_Hub", tier: "Standard" } }),
      verdict: "SandboxDoesNotImitateVirtualWan",
    },
    {
      case: "with rules of its own beside the policy",
      body: body({ networkRuleCollections: [{ name: "old", properties: { priority: 100 } }] }),
      verdict: "AzureFirewallPolicyAndRuleCollectionsConflict",
    },
  ])("one $case is $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(firewall, body)).toBe(verdict);
  });

  test.each([
    {
      sizes: { data: "10.0.0.0/27" },
      says: "AzureFirewallSubnetTooSmall: Subnet AzureFirewallSubnet with address prefix 10.0.0.0/27 is too small for AzureFirewall: it must be /26 or larger.",
    },
    {
      sizes: { management: "10.0.0.64/27" },
      says: "AzureFirewallManagementSubnetTooSmall: Subnet AzureFirewallManagementSubnet with address prefix 10.0.0.64/27 is too small for AzureFirewallManagement: it must be /26 or larger.",
    },
  ])("its subnets are /26: $sizes", ({ sizes, says }) => {
    expect(
      armBench((azure) => setup(azure, sizes)).refusals(firewall, body({ managementIpConfiguration: management })),
    ).toEqual([says]);
  });

  test("it lives in the resource group of its network", () => {
    const away = `${subscription}/resourceGroups/away`;
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(away, { location: "westeurope" });
    });
    expect(bench.verdict(networkId("azureFirewalls/fw", away), body())).toBe("AzureFirewallResourceGroupMismatch");
  });

  test("it takes the first address of its subnet, keeps it, and a network has one firewall", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(firewall, body());
    });
    const configurations = () => bench.get(firewall).properties.ipConfigurations;
    expect(configurations()).toMatchObject([
      { id: `${firewall}/azureFirewallIpConfigurations/pip`, properties: { privateIPAddress: "10.0.0.4" } },
    ]);
    bench.put(firewall, body({ threatIntelMode: "Deny" }));
    expect(configurations()).toMatchObject([{ properties: { privateIPAddress: "10.0.0.4" } }]);
    expect(bench.get(networkId("publicIPAddresses/pip")).properties.ipConfiguration).toEqual({
      id: `${firewall}/azureFirewallIpConfigurations/pip`,
    });
    expect(
      bench.verdict(
        networkId("azureFirewalls/second"),
        body({ ipConfigurations: [configuration("AzureFirewallSubnet", "pip2")] }),
      ),
    ).toBe("AzureFirewallSubnetInUse");
    expect(bench.verdict(firewall, body({ managementIpConfiguration: management }))).toBe(
      "AzureFirewallManagementIpConfigCannotBeAdded",
    );
  });

  test("its default route leads to the Internet, unless it has management", () => {
    const table = networkId("routeTables/rt");
    const routes = (nextHopType: string) => ({
      location: "westeurope",
      properties: { routes: [{ name: "default", properties: { addressPrefix: "0.0.0.0/0", nextHopType } }] },
    });
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(table, routes("VirtualNetworkGateway"));
      azure.put(`${hub}/subnets/AzureFirewallSubnet`, {
        properties: { addressPrefix: "10.0.0.0/26", routeTable: { id: table } },
      });
    });
    expect(bench.verdict(firewall, body())).toBe("AzureFirewallSubnetDefaultRouteInvalid");
    expect(bench.verdict(firewall, body({ managementIpConfiguration: management }))).toBe("accepted");
    bench.put(table, routes("Internet"));
    bench.put(firewall, body());
    expect(bench.verdict(table, routes("VirtualNetworkGateway"))).toBe("AzureFirewallSubnetDefaultRouteInvalid");
  });

  test("a write locks the policy too", () => {
    const put = { id: firewall, name: "fw", type: "Microsoft.Network/azureFirewalls", ...body() };
    expect(rulesFor(put.type)?.locks(firewall, put)).toEqual([firewall, policy]);
  });
});

describe("firewall policies", () => {
  const write = (tier: string, properties: object = {}) => ({
    location: "westeurope",
    properties: { sku: { tier }, ...properties },
  });

  test.each([
    {
      case: "Basic with DNS settings",
      body: write("Basic", { dnsSettings: { enableProxy: true } }),
      verdict: "FirewallPolicyDnsSettingsNotSupported",
    },
    {
      case: "Standard with DNS settings",
      body: write("Standard", { dnsSettings: { enableProxy: true, servers: ["10.0.0.4"] } }),
      verdict: "accepted",
    },
    {
      case: "with a DNS server by name",
      body: write("Standard", { dnsSettings: { servers: ["dc1"] } }),
      verdict: "InvalidIPAddressFormat",
    },
    {
      case: "Basic that denies by threat intelligence",
      body: write("Basic", { threatIntelMode: "Deny" }),
      verdict: "FirewallPolicyThreatIntelModeNotSupported",
    },
    {
      case: "Standard with intrusion detection",
      body: write("Standard", { intrusionDetection: { mode: "Alert" } }),
      verdict: "FirewallPolicyPremiumFeature",
    },
    {
      case: "Premium with intrusion detection",
      body: write("Premium", { intrusionDetection: { mode: "Alert" } }),
      verdict: "accepted",
    },
    {
      case: "with private ranges",
      body: write("Standard", { snat: { privateRanges: ["IANAPrivateRanges", "192.0.2.0/24"] } }),
      verdict: "accepted",
    },
    {
      case: "with a private range that is none",
      body: write("Standard", { snat: { privateRanges: ["192.0.2.1/24"] } }),
      verdict: "InvalidAddressPrefixFormat",
    },
  ])("one $case is $verdict", ({ body, verdict }) => {
    expect(armBench().verdict(policy, body)).toBe(verdict);
  });

  test("one takes 15 DNS servers and is not its own base", () => {
    const servers = (count: number) =>
      write("Standard", {
        dnsSettings: { servers: Array.from({ length: count }, (_, index) => `10.0.0.${index + 4}`) },
      });
    const bench = armBench((azure) => azure.put(policy, servers(15)));
    expect(bench.verdict(policy, servers(16))).toBe("FirewallPolicyDnsServersLimitExceeded");
    expect(bench.verdict(policy, write("Standard", { basePolicy: { id: policy } }))).toBe(
      "FirewallPolicyBasePolicyInvalid",
    );
  });

  test("one in use stays, and inherits one level deep", () => {
    const base = networkId("firewallPolicies/base");
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(firewall, body());
      azure.put(base, write("Standard"));
      azure.put(networkId("firewallPolicies/child"), write("Standard", { basePolicy: { id: base } }));
    });
    expect(bench.deleteVerdict(policy)).toBe("FirewallPolicyHasAzureFirewallReferences");
    expect(bench.deleteVerdict(base)).toBe("FirewallPolicyHasChildPolicyReferences");
    expect(
      bench.verdict(
        networkId("firewallPolicies/grandchild"),
        write("Standard", { basePolicy: ref("firewallPolicies/child") }),
      ),
    ).toBe("FirewallPolicyBasePolicyCannotInheritFromAnother");
    expect(bench.get(policy).properties.firewalls).toEqual([{ id: firewall }]);
    bench.delete(firewall);
    expect(bench.deleteVerdict(policy)).toBe("accepted");
  });
});
