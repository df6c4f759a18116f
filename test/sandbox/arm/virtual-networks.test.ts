import { describe, expect, test } from "vitest";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const space = (...addressPrefixes: string[]) => ({
  location: "westeurope",
  properties: { addressSpace: { addressPrefixes } },
});
const subnet = (addressPrefix: string, more: object = {}) => ({ properties: { addressPrefix, ...more } });
const named = (name: string, addressPrefix: string, more: object = {}) => ({
  name,
  properties: { addressPrefix, ...more },
});

function withNic(azure: ArmBench): void {
  azure.put(hub, space("10.0.0.0/16"));
  azure.put(`${hub}/subnets/a`, subnet("10.0.0.0/24"));
  azure.put(networkId("networkInterfaces/nic"), {
    location: "westeurope",
    properties: { ipConfigurations: [{ name: "ipconfig", properties: { subnet: { id: `${hub}/subnets/a` } } }] },
  });
}

describe("virtual networks", () => {
  test.each([
    { case: "one prefix", prefixes: ["10.0.0.0/16"], verdict: "accepted" },
    { case: "no prefix", prefixes: [], verdict: "AddressSpaceRequired" },
    { case: "host bits", prefixes: ["10.0.0.4/16"], verdict: "InvalidCIDRNotation" },
    { case: "a bare address", prefixes: ["10.0.0.0"], verdict: "InvalidAddressPrefixFormat" },
    { case: "two prefixes side by side", prefixes: ["10.0.0.0/16", "10.1.0.0/16"], verdict: "accepted" },
    { case: "two that overlap", prefixes: ["10.0.0.0/16", "10.0.1.0/24"], verdict: "NetcfgInvalidVirtualNetworkSite" },
    { case: "a link-local range", prefixes: ["169.254.0.0/17"], verdict: "AddressPrefixNotAllowed" },
    { case: "a range with Azure's own address in it", prefixes: ["168.63.0.0/16"], verdict: "AddressPrefixNotAllowed" },
    { case: "the range beside it", prefixes: ["168.62.0.0/16"], verdict: "accepted" },
  ])("an address space with $case is $verdict", ({ prefixes, verdict }) => {
    expect(armBench().verdict(hub, space(...prefixes))).toBe(verdict);
  });

  test("host bits are answered with the prefix that was meant", () => {
    expect(armBench().refusals(hub, space("10.20.1.4/24"))).toEqual([
      `InvalidCIDRNotation: The address prefix 10.20.1.4/24 in resource ${hub} has an invalid CIDR notation. For the given prefix length, the address prefix should be 10.20.1.0/24.`,
    ]);
  });

  test.each([
    {
      case: "20 servers",
      dnsServers: Array.from({ length: 20 }, (_, index) => `10.0.0.${index + 4}`),
      verdict: "accepted",
    },
    {
      case: "21 servers",
      dnsServers: Array.from({ length: 21 }, (_, index) => `10.0.0.${index + 4}`),
      verdict: "DnsServersLimitExceeded",
    },
    { case: "a name", dnsServers: ["dc1.contoso.com"], verdict: "InvalidIPAddressFormat" },
  ])("DNS servers: $case is $verdict", ({ dnsServers, verdict }) => {
    const body = space("10.0.0.0/16");
    expect(armBench().verdict(hub, { ...body, properties: { ...body.properties, dhcpOptions: { dnsServers } } })).toBe(
      verdict,
    );
  });

  test.each([
    { prefixes: ["10.0.0.0/16"], verdict: "accepted" },
    { prefixes: ["10.0.0.0/24"], verdict: "accepted" },
    { prefixes: ["10.0.0.0/16", "10.1.0.0/16"], verdict: "accepted" },
    { prefixes: ["10.1.0.0/16"], verdict: "NetcfgSubnetRangeOutsideVnet" },
  ])("changing the space under a subnet of 10.0.0.0/24 to $prefixes is $verdict", ({ prefixes, verdict }) => {
    expect(armBench(withNic).verdict(hub, space(...prefixes))).toBe(verdict);
  });

  test("a network with something in a subnet stays", () => {
    const bench = armBench(withNic);
    expect(bench.deleteVerdict(hub)).toBe("InUseSubnetCannotBeDeleted");
    bench.delete(networkId("networkInterfaces/nic"));
    expect(bench.deleteVerdict(hub)).toBe("accepted");
  });
});

describe("inline subnets", () => {
  const inline = (...subnets: object[]) => ({
    ...space("10.0.0.0/16"),
    properties: { ...space("10.0.0.0/16").properties, subnets },
  });

  test("become resources of their own, which a GET of the network lists", () => {
    const bench = armBench((azure) => azure.put(hub, inline(named("a", "10.0.0.0/24"))));
    expect(bench.estate.get(hub)?.properties.subnets).toBeUndefined();
    expect(bench.get(hub).properties.subnets).toMatchObject([
      { id: `${hub}/subnets/a`, properties: { addressPrefix: "10.0.0.0/24", provisioningState: "Succeeded" } },
    ]);
  });

  test.each([
    { case: "side by side", subnets: [named("a", "10.0.0.0/24"), named("b", "10.0.1.0/24")], verdict: "accepted" },
    {
      case: "on each other",
      subnets: [named("a", "10.0.0.0/24"), named("b", "10.0.0.128/25")],
      verdict: "NetcfgSubnetRangesOverlap",
    },
    {
      case: "of one name",
      subnets: [named("a", "10.0.0.0/24"), named("A", "10.0.1.0/24")],
      verdict: "DuplicateResourceName",
    },
    { case: "outside", subnets: [named("a", "10.1.0.0/24")], verdict: "NetcfgSubnetRangeOutsideVnet" },
  ])("two subnets $case are $verdict", ({ subnets, verdict }) => {
    expect(armBench().verdict(hub, inline(...subnets))).toBe(verdict);
  });

  test("a list that leaves a subnet out removes it, and is refused while it is in use", () => {
    const bench = armBench(withNic);
    expect(bench.verdict(hub, inline(named("b", "10.0.1.0/24")))).toBe("InUseSubnetCannotBeDeleted");
    bench.delete(networkId("networkInterfaces/nic"));
    bench.put(hub, inline(named("b", "10.0.1.0/24")));
    expect(bench.estate.children(hub).map((child) => child.name)).toEqual(["b"]);
  });

  test("no list keeps the subnets", () => {
    const bench = armBench(withNic);
    bench.put(hub, { ...space("10.0.0.0/16"), tags: { team: "network" } });
    expect(bench.estate.children(hub).map((child) => child.name)).toEqual(["a"]);
  });
});

describe("subnets", () => {
  const setup = (azure: ArmBench) => {
    azure.put(hub, space("10.0.0.0/16", "10.1.0.0/24"));
    azure.put(`${hub}/subnets/a`, subnet("10.0.0.0/24"));
  };

  test.each([
    { case: "inside and beside the others", body: subnet("10.0.1.0/24"), verdict: "accepted" },
    { case: "in the second prefix", body: subnet("10.1.0.0/25"), verdict: "accepted" },
    { case: "over two prefixes", body: subnet("10.0.0.0/15"), verdict: "NetcfgSubnetRangeOutsideVnet" },
    { case: "outside", body: subnet("10.2.0.0/24"), verdict: "NetcfgSubnetRangeOutsideVnet" },
    { case: "on another", body: subnet("10.0.0.128/25"), verdict: "NetcfgSubnetRangesOverlap" },
    { case: "with host bits", body: subnet("10.0.1.1/24"), verdict: "InvalidCIDRNotation" },
    { case: "of eight addresses", body: subnet("10.0.1.0/29"), verdict: "accepted" },
    { case: "of four addresses", body: subnet("10.0.1.0/30"), verdict: "NetcfgInvalidSubnet" },
    { case: "without a prefix", body: { properties: {} }, verdict: "AddressPrefixStringCannotBeNullOrEmpty" },
    {
      case: "with both properties",
      body: subnet("10.0.1.0/24", { addressPrefixes: ["10.0.1.0/24"] }),
      verdict: "SubnetAddressPrefixAndPrefixesSpecified",
    },
    { case: "with the plural one", body: { properties: { addressPrefixes: ["10.0.1.0/24"] } }, verdict: "accepted" },
  ])("a subnet $case is $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(`${hub}/subnets/b`, body)).toBe(verdict);
  });

  test("the messages name subnet and network", () => {
    const bench = armBench(setup);
    expect(bench.refusals(`${hub}/subnets/b`, subnet("10.0.0.128/25"))).toEqual([
      "NetcfgSubnetRangesOverlap: Subnet 'b' is not valid because its IP address range overlaps with that of an existing subnet in virtual network 'hub'.",
    ]);
    expect(bench.refusals(`${hub}/subnets/b`, subnet("10.2.0.0/24"))).toEqual([
      "NetcfgSubnetRangeOutsideVnet: Subnet 'b' is not valid because its IP address range is outside the IP address range of virtual network 'hub'.",
    ]);
  });

  test("a subnet in use can be written again but neither moved nor deleted", () => {
    const bench = armBench(withNic);
    expect(bench.verdict(`${hub}/subnets/a`, subnet("10.0.0.0/24", { defaultOutboundAccess: false }))).toBe("accepted");
    expect(bench.refusals(`${hub}/subnets/a`, subnet("10.0.0.0/23"))).toEqual([
      "InUsePrefixCannotBeDeleted: IpPrefix 10.0.0.0/24 on Subnet a has active allocations and cannot be deleted.",
    ]);
    expect(bench.deleteVerdict(`${hub}/subnets/a`)).toBe("InUseSubnetCannotBeDeleted");
  });

  test("an empty subnet can be resized", () => {
    expect(armBench(setup).verdict(`${hub}/subnets/a`, subnet("10.0.0.0/23"))).toBe("accepted");
  });

  test("a PUT without the network security group takes it away", () => {
    const bench = armBench((azure) => {
      azure.put(networkId("networkSecurityGroups/nsg"), { location: "westeurope" });
      azure.put(hub, space("10.0.0.0/16"));
      azure.put(`${hub}/subnets/a`, subnet("10.0.0.0/24", { networkSecurityGroup: ref("networkSecurityGroups/nsg") }));
    });
    expect(bench.get(networkId("networkSecurityGroups/nsg")).properties.subnets).toEqual([{ id: `${hub}/subnets/a` }]);
    bench.put(`${hub}/subnets/a`, subnet("10.0.0.0/24"));
    expect(bench.get(`${hub}/subnets/a`).properties.networkSecurityGroup).toBeUndefined();
    expect(bench.get(networkId("networkSecurityGroups/nsg")).properties.subnets).toBeUndefined();
  });

  test("a GET lists the IP configurations in the subnet, and ARM's defaults", () => {
    expect(armBench(withNic).get(`${hub}/subnets/a`)).toMatchObject({
      type: "Microsoft.Network/virtualNetworks/subnets",
      properties: {
        ipConfigurations: [{ id: `${networkId("networkInterfaces/nic")}/ipConfigurations/ipconfig` }],
        privateEndpointNetworkPolicies: "Disabled",
        privateLinkServiceNetworkPolicies: "Enabled",
        delegations: [],
      },
    });
  });
});

describe("reserved subnets", () => {
  const setup = (azure: ArmBench) => {
    azure.put(hub, space("10.0.0.0/16"));
    azure.put(networkId("networkSecurityGroups/nsg"), { location: "westeurope" });
    azure.put(networkId("routeTables/rt"), { location: "westeurope" });
    azure.put(networkId("natGateways/nat"), { location: "westeurope", sku: { name: "Standard" } });
  };
  const nsg = { networkSecurityGroup: ref("networkSecurityGroups/nsg") };
  const table = { routeTable: ref("routeTables/rt") };
  const nat = { natGateway: ref("natGateways/nat") };

  test.each([
    {
      name: "GatewaySubnet",
      with: "a network security group",
      more: nsg,
      verdict: "NetworkSecurityGroupCannotBeAttachedToGatewaySubnet",
    },
    { name: "GatewaySubnet", with: "a NAT gateway", more: nat, verdict: "NatGatewayCannotBeAttachedToGatewaySubnet" },
    { name: "GatewaySubnet", with: "a route table", more: table, verdict: "accepted" },
    {
      name: "AzureFirewallSubnet",
      with: "a network security group",
      more: nsg,
      verdict: "NetworkSecurityGroupCannotBeAttachedToAzureFirewallSubnet",
    },
    { name: "AzureFirewallSubnet", with: "a NAT gateway", more: nat, verdict: "accepted" },
    {
      name: "AzureFirewallManagementSubnet",
      with: "a network security group",
      more: nsg,
      verdict: "NetworkSecurityGroupCannotBeAttachedToAzureFirewallManagementSubnet",
    },
    {
      name: "AzureBastionSubnet",
      with: "a route table",
      more: table,
      verdict: "RouteTableCannotBeAttachedForAzureBastionSubnet",
    },
    { name: "AzureBastionSubnet", with: "a network security group", more: nsg, verdict: "accepted" },
    { name: "cloudpcs", with: "all three", more: { ...nsg, ...table, ...nat }, verdict: "accepted" },
  ])("$name with $with is $verdict", ({ name, more, verdict }) => {
    expect(armBench(setup).verdict(`${hub}/subnets/${name}`, subnet("10.0.0.0/26", more))).toBe(verdict);
  });

  test("a NAT gateway serves one virtual network", () => {
    const spoke = networkId("virtualNetworks/spoke");
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(spoke, space("10.1.0.0/16"));
      azure.put(`${hub}/subnets/a`, subnet("10.0.0.0/24", nat));
    });
    expect(bench.verdict(`${hub}/subnets/b`, subnet("10.0.1.0/24", nat))).toBe("accepted");
    expect(bench.verdict(`${spoke}/subnets/a`, subnet("10.1.0.0/24", nat))).toBe(
      "NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks",
    );
  });
});
