import { describe, expect, test } from "vitest";
import { armBench, networkId } from "./support.ts";

describe("local network gateways", () => {
  const site = (properties: object = {}) => ({
    location: "westeurope",
    properties: {
      gatewayIpAddress: "198.51.100.1",
      localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/16"] },
      ...properties,
    },
  });
  const prefixes = (...addressPrefixes: string[]) => ({ localNetworkAddressSpace: { addressPrefixes } });

  test.each([
    { case: "an address", body: site(), verdict: "accepted" },
    { case: "a name", body: site({ gatewayIpAddress: undefined, fqdn: "vpn.contoso.com" }), verdict: "accepted" },
    { case: "both", body: site({ fqdn: "vpn.contoso.com" }), verdict: "LocalNetworkGatewayAddressInvalid" },
    { case: "neither", body: site({ gatewayIpAddress: undefined }), verdict: "LocalNetworkGatewayAddressInvalid" },
    {
      case: "an address with a leading zero",
      body: site({ gatewayIpAddress: "198.51.100.01" }),
      verdict: "InvalidIPAddressFormat",
    },
    { case: "host bits in a prefix", body: site(prefixes("192.168.0.1/16")), verdict: "InvalidCIDRNotation" },
    {
      case: "prefixes that overlap",
      body: site(prefixes("192.168.0.0/16", "192.168.4.0/24")),
      verdict: "LocalNetworkGatewayPrefixesOverlap",
    },
    { case: "no prefix", body: site(prefixes()), verdict: "LocalNetworkGatewayAddressSpaceRequired" },
    {
      case: "no prefix but BGP",
      body: site({ ...prefixes(), bgpSettings: { asn: 64512, bgpPeeringAddress: "192.168.0.1" } }),
      verdict: "accepted",
    },
    {
      case: "Azure's own ASN",
      body: site({ bgpSettings: { asn: 65515, bgpPeeringAddress: "192.168.0.1" } }),
      verdict: "BgpAsnReserved",
    },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench().verdict(networkId("localNetworkGateways/site"), body)).toBe(verdict);
  });
});

test("a local network gateway takes 1000 prefixes", () => {
  const site = (count: number) => ({
    location: "westeurope",
    properties: {
      gatewayIpAddress: "198.51.100.1",
      localNetworkAddressSpace: {
        addressPrefixes: Array.from(
          { length: count },
          (_, index) => `10.${Math.floor(index / 256)}.${index % 256}.0/24`,
        ),
      },
    },
  });
  expect(armBench().verdict(networkId("localNetworkGateways/site"), site(1000))).toBe("accepted");
  expect(armBench().verdict(networkId("localNetworkGateways/site"), site(1001))).toBe(
    "LocalNetworkGatewayPrefixLimitExceeded",
  );
});
