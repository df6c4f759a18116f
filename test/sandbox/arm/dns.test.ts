import { describe, expect, test } from "vitest";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const resolver = networkId("dnsResolvers/resolver");
const inbound = `${resolver}/inboundEndpoints/in`;
const outbound = `${resolver}/outboundEndpoints/out`;
const ruleset = networkId("dnsForwardingRulesets/rules");
const delegation = { delegations: [{ name: "d", properties: { serviceName: "Microsoft.Network/dnsResolvers" } }] };
const network = (prefix: string, location = "westeurope") => ({
  location,
  properties: { addressSpace: { addressPrefixes: [prefix] } },
});

function setup(azure: ArmBench): void {
  azure.put(hub, network("10.0.0.0/16"));
  azure.put(networkId("virtualNetworks/spoke"), network("10.1.0.0/16"));
  azure.put(networkId("virtualNetworks/far"), network("10.2.0.0/16", "northeurope"));
  const subnets = { in: "10.0.0.0/28", out: "10.0.0.16/28", small: "10.0.0.32/29", large: "10.0.2.0/23" };
  for (const [name, addressPrefix] of Object.entries(subnets))
    azure.put(`${hub}/subnets/${name}`, { properties: { addressPrefix, ...delegation } });
  azure.put(`${hub}/subnets/plain`, { properties: { addressPrefix: "10.0.1.0/28" } });
  azure.put(networkId("virtualNetworks/spoke/subnets/in"), {
    properties: { addressPrefix: "10.1.0.0/28", ...delegation },
  });
  azure.put(resolver, { location: "westeurope", properties: { virtualNetwork: { id: hub } } });
}

const endpoint = (subnet: string) => ({
  location: "westeurope",
  properties: { ipConfigurations: [{ subnet: ref(`virtualNetworks/${subnet}`) }] },
});

describe("DNS resolvers", () => {
  test.each([
    { case: "its own subnet", body: endpoint("hub/subnets/in"), verdict: "accepted" },
    { case: "a subnet of /29", body: endpoint("hub/subnets/small"), verdict: "DnsResolverSubnetSizeInvalid" },
    { case: "a subnet of /23", body: endpoint("hub/subnets/large"), verdict: "DnsResolverSubnetSizeInvalid" },
    {
      case: "a subnet without delegation",
      body: endpoint("hub/subnets/plain"),
      verdict: "SubnetMissingRequiredDelegation",
    },
    {
      case: "a subnet of another network",
      body: endpoint("spoke/subnets/in"),
      verdict: "DnsResolverSubnetInAnotherNetwork",
    },
  ])("an inbound endpoint in $case is $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(inbound, body)).toBe(verdict);
  });

  test("an endpoint has its subnet to itself and gets an address", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(inbound, endpoint("hub/subnets/in"));
    });
    expect(bench.get(inbound).properties.ipConfigurations).toMatchObject([{ privateIpAddress: "10.0.0.4" }]);
    expect(bench.verdict(`${resolver}/inboundEndpoints/second`, endpoint("hub/subnets/in"))).toBe(
      "DnsResolverSubnetInUse",
    );
    expect(bench.deleteVerdict(`${hub}/subnets/in`)).toBe("InUseSubnetCannotBeDeleted");
    expect(bench.deleteVerdict(resolver)).toBe("CannotDeleteResource");
  });

  test("a network has one resolver, in its region", () => {
    const bench = armBench(setup);
    expect(
      bench.verdict(networkId("dnsResolvers/second"), {
        location: "westeurope",
        properties: { virtualNetwork: { id: hub } },
      }),
    ).toBe("VirtualNetworkAlreadyHasDnsResolver");
    expect(
      bench.verdict(networkId("dnsResolvers/second"), {
        location: "westeurope",
        properties: { virtualNetwork: ref("virtualNetworks/far") },
      }),
    ).toBe("InvalidResourceReference");
  });
});

describe("forwarding rulesets", () => {
  const withRuleset = (azure: ArmBench) => {
    setup(azure);
    azure.put(outbound, { location: "westeurope", properties: { subnet: ref("virtualNetworks/hub/subnets/out") } });
    azure.put(ruleset, { location: "westeurope", properties: { dnsResolverOutboundEndpoints: [{ id: outbound }] } });
  };
  const rule = (domainName: string, count = 1) => ({
    properties: {
      domainName,
      targetDnsServers: Array.from({ length: count }, (_, index) => ({ ipAddress: `10.9.0.${index + 4}`, port: 53 })),
    },
  });

  test.each([
    { case: "a domain with its dot", body: rule("corp.contoso.com."), verdict: "accepted" },
    { case: "a domain without", body: rule("corp.contoso.com"), verdict: "InvalidDomainName" },
    { case: "one label", body: rule("corp."), verdict: "InvalidDomainName" },
    { case: "everything", body: rule("."), verdict: "accepted" },
    { case: "six targets", body: rule("corp.contoso.com.", 6), verdict: "accepted" },
    { case: "seven targets", body: rule("corp.contoso.com.", 7), verdict: "TargetDnsServersInvalid" },
  ])("a rule for $case is $verdict", ({ body, verdict }) => {
    expect(armBench(withRuleset).verdict(`${ruleset}/forwardingRules/corp`, body)).toBe(verdict);
  });

  test("a domain has one rule", () => {
    const bench = armBench((azure) => {
      withRuleset(azure);
      azure.put(`${ruleset}/forwardingRules/corp`, rule("corp.contoso.com."));
    });
    expect(bench.verdict(`${ruleset}/forwardingRules/again`, rule("CORP.contoso.com."))).toBe(
      "DomainNameAlreadyExists",
    );
  });

  test("a network is linked to one ruleset of its region, and keeps it", () => {
    const link = (name: string) => ({ properties: { virtualNetwork: ref(`virtualNetworks/${name}`) } });
    const bench = armBench((azure) => {
      withRuleset(azure);
      azure.put(networkId("dnsForwardingRulesets/other"), {
        location: "westeurope",
        properties: { dnsResolverOutboundEndpoints: [{ id: outbound }] },
      });
      azure.put(`${ruleset}/virtualNetworkLinks/spoke`, link("spoke"));
    });
    expect(bench.verdict(networkId("dnsForwardingRulesets/other/virtualNetworkLinks/spoke"), link("spoke"))).toBe(
      "VirtualNetworkAlreadyLinked",
    );
    expect(bench.verdict(`${ruleset}/virtualNetworkLinks/far`, link("far"))).toBe("VirtualNetworkLinkRegionMismatch");
    expect(bench.deleteVerdict(ruleset)).toBe("CannotDeleteResource");
    expect(bench.deleteVerdict(outbound)).toBe("CannotDeleteResource");
  });

  test("a ruleset has one or two outbound endpoints", () => {
    const bench = armBench(withRuleset);
    expect(bench.verdict(ruleset, { location: "westeurope", properties: { dnsResolverOutboundEndpoints: [] } })).toBe(
      "DnsForwardingRulesetEndpointsInvalid",
    );
  });
});

describe("private DNS zones", () => {
  const zone = networkId("privateDnsZones/privatelink.blob.core.windows.net");
  const link = (name: string, registrationEnabled = false) => ({
    location: "global",
    properties: { virtualNetwork: ref(`virtualNetworks/${name}`), registrationEnabled },
  });

  test.each([
    { name: "corp.contoso.com", location: "global", verdict: "accepted" },
    { name: "corp.contoso.com", location: "westeurope", verdict: "LocationNotAvailableForResourceType" },
    { name: "corp", location: "global", verdict: "InvalidZoneName" },
  ])("the zone $name in $location is $verdict", ({ name, location, verdict }) => {
    expect(armBench().verdict(networkId(`privateDnsZones/${name}`), { location })).toBe(verdict);
  });

  test("a network has one link to a zone, registers in one, and links keep the zone", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(zone, { location: "global" });
      azure.put(networkId("privateDnsZones/corp.contoso.com"), { location: "global" });
      azure.put(`${zone}/virtualNetworkLinks/hub`, link("hub", true));
    });
    expect(bench.verdict(`${zone}/virtualNetworkLinks/again`, link("hub"))).toBe("BadRequest");
    expect(bench.verdict(networkId("privateDnsZones/corp.contoso.com/virtualNetworkLinks/hub"), link("hub"))).toBe(
      "accepted",
    );
    expect(
      bench.verdict(networkId("privateDnsZones/corp.contoso.com/virtualNetworkLinks/hub"), link("hub", true)),
    ).toBe("BadRequest");
    expect(bench.verdict(`${zone}/virtualNetworkLinks/none`, { location: "global", properties: {} })).toBe(
      "MissingVirtualNetwork",
    );
    expect(bench.deleteVerdict(zone)).toBe("CannotDeleteResource");
  });
});

describe("ExpressRoute circuits", () => {
  const circuit = networkId("expressRouteCircuits/er");
  test.each([
    { sku: { name: "Standard_MeteredData", tier: "Standard", family: "MeteredData" }, verdict: "accepted" },
    {
      sku: { name: "Premium_MeteredData", tier: "Standard", family: "MeteredData" },
      verdict: "ExpressRouteCircuitSkuInvalid",
    },
  ])("$sku is $verdict", ({ sku, verdict }) => {
    expect(armBench().verdict(circuit, { location: "westeurope", sku })).toBe(verdict);
  });
});
