import { describe, expect, test } from "vitest";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const gateway = networkId("virtualNetworkGateways/gw");
const address = {
  location: "westeurope",
  sku: { name: "Standard" },
  properties: { publicIPAllocationMethod: "Static" },
};
const configuration = (publicIp: string | undefined, subnet = "GatewaySubnet") => ({
  name: publicIp ?? "none",
  properties: {
    subnet: ref(`virtualNetworks/hub/subnets/${subnet}`),
    ...(publicIp === undefined ? {} : { publicIPAddress: ref(`publicIPAddresses/${publicIp}`) }),
  },
});
const vpn = (properties: object = {}) => ({
  location: "westeurope",
  properties: {
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" },
    ipConfigurations: [configuration("a")],
    ...properties,
  },
});
const expressRoute = {
  gatewayType: "ExpressRoute",
  sku: { name: "ErGw1AZ", tier: "ErGw1AZ" },
  ipConfigurations: [configuration(undefined)],
};

function setup(azure: ArmBench, prefix = "10.0.255.0/27"): void {
  azure.put(hub, { location: "westeurope", properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } });
  azure.put(`${hub}/subnets/GatewaySubnet`, { properties: { addressPrefix: prefix } });
  azure.put(`${hub}/subnets/other`, { properties: { addressPrefix: "10.0.1.0/24" } });
  for (const name of ["a", "b"])
    azure.put(networkId(`publicIPAddresses/${name}`), { ...address, zones: ["1", "2", "3"] });
  azure.put(networkId("publicIPAddresses/nozone"), address);
}

describe("virtual network gateways", () => {
  const basic = { sku: { name: "Basic", tier: "Basic" } };

  test.each([
    { case: "VpnGw1AZ", body: vpn(), verdict: "accepted" },
    {
      case: "VpnGw1",
      body: vpn({ sku: { name: "VpnGw1", tier: "VpnGw1" } }),
      verdict: "NonAzSkusNotAllowedForVPNGateway",
    },
    {
      case: "Standard",
      body: vpn({ sku: { name: "Standard", tier: "Standard" } }),
      verdict: "VirtualNetworkGatewaySkuNotSupported",
    },
    {
      case: "an ExpressRoute SKU",
      body: vpn({ sku: { name: "ErGw1AZ", tier: "ErGw1AZ" } }),
      verdict: "VirtualNetworkGatewaySkuNotSupported",
    },
    {
      case: "name and tier that differ",
      body: vpn({ sku: { name: "VpnGw1AZ", tier: "VpnGw2AZ" } }),
      verdict: "VirtualNetworkGatewaySkuInvalid",
    },
    {
      case: "an address without zones",
      body: vpn({ ipConfigurations: [configuration("nozone")] }),
      verdict: "VmssVpnGatewayPublicIpsMustHaveZonesConfigured",
    },
    {
      case: "Basic with such an address",
      body: vpn({ ...basic, ipConfigurations: [configuration("nozone")] }),
      verdict: "accepted",
    },
    { case: "Basic with BGP", body: vpn({ ...basic, enableBgp: true }), verdict: "BasicGatewaySkuFeatureNotSupported" },
    {
      case: "a policy-based VPN on VpnGw1AZ",
      body: vpn({ vpnType: "PolicyBased" }),
      verdict: "PolicyBasedVpnNotSupported",
    },
    { case: "a policy-based VPN on Basic", body: vpn({ ...basic, vpnType: "PolicyBased" }), verdict: "accepted" },
    {
      case: "active-active with one configuration",
      body: vpn({ activeActive: true }),
      verdict: "VirtualNetworkGatewayIpConfigurationsInvalid",
    },
    {
      case: "active-active with two",
      body: vpn({ activeActive: true, ipConfigurations: [configuration("a"), configuration("b")] }),
      verdict: "accepted",
    },
    {
      case: "one address twice",
      body: vpn({ activeActive: true, ipConfigurations: [configuration("a"), { ...configuration("a"), name: "c" }] }),
      verdict: "PublicIPAddressInUse",
    },
    {
      case: "no address",
      body: vpn({ ipConfigurations: [configuration(undefined)] }),
      verdict: "VirtualNetworkGatewayPublicIpRequired",
    },
    {
      case: "another subnet",
      body: vpn({ ipConfigurations: [configuration("a", "other")] }),
      verdict: "VirtualNetworkGatewaySubnetNameInvalid",
    },
    { case: "ExpressRoute without an address", body: vpn(expressRoute), verdict: "accepted" },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(gateway, body)).toBe(verdict);
  });

  test("in a region without zones an AZ gateway takes any Standard address", () => {
    const bench = armBench((azure) => {
      azure.put(hub, { location: "westus", properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } });
      azure.put(`${hub}/subnets/GatewaySubnet`, { properties: { addressPrefix: "10.0.255.0/27" } });
      azure.put(networkId("publicIPAddresses/a"), { ...address, location: "westus" });
    });
    expect(bench.verdict(gateway, { ...vpn(), location: "westus" })).toBe("accepted");
  });

  test("a network has one gateway of each type, and both need /27", () => {
    const second = networkId("virtualNetworkGateways/second");
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(gateway, vpn());
    });
    expect(bench.verdict(second, vpn({ ipConfigurations: [configuration("b")] }))).toBe(
      "VirtualNetworkGatewayOfSameTypeExists",
    );
    expect(bench.verdict(second, vpn(expressRoute))).toBe("accepted");
    const small = armBench((azure) => {
      setup(azure, "10.0.255.0/28");
      azure.put(gateway, vpn());
    });
    expect(small.verdict(second, vpn(expressRoute))).toBe("GatewaySubnetTooSmallForCoexistence");
  });

  test.each([
    {
      case: "a default route",
      table: { routes: [{ name: "d", properties: { addressPrefix: "0.0.0.0/0", nextHopType: "Internet" } }] },
      verdict: "GatewaySubnetDefaultRouteNotSupported",
    },
    {
      case: "no propagation",
      table: { disableBgpRoutePropagation: true },
      verdict: "GatewaySubnetRoutePropagationRequired",
    },
    {
      case: "a route for a spoke",
      table: {
        routes: [
          {
            name: "s",
            properties: { addressPrefix: "10.1.0.0/16", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" },
          },
        ],
      },
      verdict: "accepted",
    },
  ])(
    "GatewaySubnet with a route table with $case: $verdict, also when the table changes later",
    ({ table, verdict }) => {
      const rt = networkId("routeTables/rt");
      const attach = { properties: { addressPrefix: "10.0.255.0/27", routeTable: { id: rt } } };
      const before = armBench((azure) => {
        setup(azure);
        azure.put(rt, { location: "westeurope", properties: table });
        azure.put(`${hub}/subnets/GatewaySubnet`, attach);
      });
      expect(before.verdict(gateway, vpn())).toBe(verdict);
      const after = armBench((azure) => {
        setup(azure);
        azure.put(rt, { location: "westeurope" });
        azure.put(`${hub}/subnets/GatewaySubnet`, attach);
        azure.put(gateway, vpn());
      });
      expect(after.verdict(rt, { location: "westeurope", properties: table })).toBe(verdict);
    },
  );

  test("a spoke that uses a remote gateway gets none of its own", () => {
    const far = networkId("virtualNetworks/far");
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(far, { location: "westeurope", properties: { addressSpace: { addressPrefixes: ["10.9.0.0/16"] } } });
      azure.put(`${hub}/virtualNetworkPeerings/to-far`, {
        properties: { remoteVirtualNetwork: { id: far }, useRemoteGateways: true, doNotVerifyRemoteGateways: true },
      });
    });
    expect(bench.verdict(gateway, vpn())).toBe("VnetUsesRemoteGateways");
  });

  test("type and VPN type are fixed, and a GET shows the BGP settings of a VPN gateway", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(gateway, vpn());
    });
    expect(bench.verdict(gateway, vpn({ sku: { name: "Basic", tier: "Basic" }, vpnType: "PolicyBased" }))).toBe(
      "VirtualNetworkGatewayPropertyCannotBeChanged",
    );
    expect(bench.get(gateway).properties.bgpSettings).toEqual({
      asn: 65515,
      bgpPeeringAddress: "10.0.255.30",
      peerWeight: 0,
    });
  });
});

describe("connections", () => {
  const connection = networkId("connections/site");
  const ipsec = (properties: object = {}) => ({
    location: "westeurope",
    properties: {
      connectionType: "IPsec",
      virtualNetworkGateway1: { id: gateway },
      localNetworkGateway2: ref("localNetworkGateways/site"),
      sharedKey: "Pa55word!",
      ...properties,
    },
  });
  const withSite = (azure: ArmBench) => {
    setup(azure);
    azure.put(gateway, vpn());
    azure.put(networkId("localNetworkGateways/site"), {
      location: "westeurope",
      properties: {
        gatewayIpAddress: "198.51.100.1",
        localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/16"] },
      },
    });
  };
  const policy = {
    saLifeTimeSeconds: 27000,
    saDataSizeKilobytes: 102400000,
    ipsecEncryption: "GCMAES256",
    ipsecIntegrity: "GCMAES256",
    ikeEncryption: "AES256",
    ikeIntegrity: "SHA384",
    dhGroup: "DHGroup14",
    pfsGroup: "PFS2048",
  };

  test.each([
    { case: "both ends", body: ipsec(), verdict: "accepted" },
    { case: "no far end", body: ipsec({ localNetworkGateway2: undefined }), verdict: "ConnectionFarEndRequired" },
    {
      case: "a gateway that is not there",
      body: ipsec({ virtualNetworkGateway1: ref("virtualNetworkGateways/none") }),
      verdict: "InvalidResourceReference",
    },
    {
      case: "a type for another gateway",
      body: ipsec({ connectionType: "ExpressRoute", peer: undefined }),
      verdict: "ConnectionFarEndRequired",
    },
    { case: "another region", body: { ...ipsec(), location: "northeurope" }, verdict: "ConnectionLocationMismatch" },
    { case: "a key of 128 characters", body: ipsec({ sharedKey: "k".repeat(128) }), verdict: "accepted" },
    { case: "a key of 129", body: ipsec({ sharedKey: "k".repeat(129) }), verdict: "InvalidSharedKey" },
    { case: "a key with a hyphen", body: ipsec({ sharedKey: "pass-word" }), verdict: "InvalidSharedKey" },
    { case: "a key with a space", body: ipsec({ sharedKey: "pass word" }), verdict: "InvalidSharedKey" },
    { case: "an IPsec policy", body: ipsec({ ipsecPolicies: [policy] }), verdict: "accepted" },
    { case: "two", body: ipsec({ ipsecPolicies: [policy, policy] }), verdict: "IpsecPolicyLimitExceeded" },
    {
      case: "GCM with another integrity",
      body: ipsec({ ipsecPolicies: [{ ...policy, ipsecIntegrity: "SHA256" }] }),
      verdict: "IpsecPolicyIntegrityMismatch",
    },
    {
      case: "a lifetime of 299 seconds",
      body: ipsec({ ipsecPolicies: [{ ...policy, saLifeTimeSeconds: 299 }] }),
      verdict: "IpsecPolicyLifetimeInvalid",
    },
    {
      case: "half a policy",
      body: ipsec({ ipsecPolicies: [{ ...policy, dhGroup: undefined }] }),
      verdict: "InvalidRequestFormat",
    },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench(withSite).verdict(connection, body)).toBe(verdict);
  });

  test("the gateway decides what a connection can be", () => {
    const basic = armBench((azure) => {
      withSite(azure);
      azure.delete(gateway);
      azure.put(gateway, vpn({ sku: { name: "Basic", tier: "Basic" } }));
    });
    expect(basic.verdict(connection, ipsec({ ipsecPolicies: [policy] }))).toBe("IpsecPolicyNotSupported");
    const circuit = networkId("expressRouteCircuits/er");
    const byCircuit = armBench((azure) => {
      withSite(azure);
      azure.delete(gateway);
      azure.put(gateway, vpn(expressRoute));
      azure.put(circuit, {
        location: "westeurope",
        sku: { name: "Standard_MeteredData", tier: "Standard", family: "MeteredData" },
      });
    });
    expect(byCircuit.verdict(connection, ipsec())).toBe("ConnectionTypeNotSupported");
    const toCircuit = ipsec({
      connectionType: "ExpressRoute",
      localNetworkGateway2: undefined,
      sharedKey: undefined,
      peer: { id: circuit },
    });
    byCircuit.put(connection, toCircuit);
    expect(byCircuit.deleteVerdict(circuit)).toBe("CircuitInUse");
    byCircuit.delete(connection);
    expect(byCircuit.deleteVerdict(circuit)).toBe("accepted");
  });

  test("the protocol is fixed", () => {
    const bench = armBench((azure) => {
      withSite(azure);
      azure.put(connection, ipsec());
    });
    expect(bench.verdict(connection, ipsec({ connectionProtocol: "IKEv1" }))).toBe("ConnectionProtocolCannotBeChanged");
    expect(bench.verdict(connection, ipsec({ connectionProtocol: "IKEv2" }))).toBe("accepted");
  });

  test("the shared key is in no message and in no GET", () => {
    const bench = armBench(withSite);
    expect(bench.refusals(connection, ipsec({ sharedKey: "hush-hush" })).join()).not.toContain("hush");
    bench.put(connection, ipsec());
    expect(JSON.stringify([bench.get(connection), bench.estate.get(connection)])).not.toContain("Pa55word");
  });

  test("keeps both its ends", () => {
    const bench = armBench((azure) => {
      withSite(azure);
      azure.put(connection, ipsec());
    });
    expect(bench.deleteVerdict(gateway)).toBe("VirtualNetworkGatewayCannotBeDeleted");
    expect(bench.deleteVerdict(networkId("localNetworkGateways/site"))).toBe("LocalNetworkGatewayInUse");
    bench.delete(connection);
    expect(bench.deleteVerdict(gateway)).toBe("accepted");
    expect(bench.deleteVerdict(networkId("localNetworkGateways/site"))).toBe("accepted");
  });
});
