import { describe, expect, test } from "vitest";
import { readCidr } from "../../../sandbox/arm/addresses.ts";
import { isAddressIn } from "../../../sandbox/arm/public-addresses.ts";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const pip = networkId("publicIPAddresses/pip");
const standard = {
  location: "westeurope",
  sku: { name: "Standard" },
  properties: { publicIPAllocationMethod: "Static" },
};
const nat = networkId("natGateways/nat");
const natBody = (...addresses: string[]) => ({
  location: "westeurope",
  sku: { name: "Standard" },
  properties: { publicIpAddresses: addresses.map((name) => ref(`publicIPAddresses/${name}`)) },
});

describe("public IP addresses", () => {
  test.each([
    { case: "Standard and static", body: standard, verdict: "accepted" },
    {
      case: "Standard and dynamic",
      body: { ...standard, properties: { publicIPAllocationMethod: "Dynamic" } },
      verdict: "StandardSkuPublicIPAddressesCannotHaveDynamicAllocation",
    },
    { case: "Basic", body: { ...standard, sku: { name: "Basic" } }, verdict: "IPv4BasicSkuPublicIpCountLimitReached" },
    {
      case: "of no SKU, which is Basic",
      body: { ...standard, sku: undefined },
      verdict: "IPv4BasicSkuPublicIpCountLimitReached",
    },
    { case: "in three zones", body: { ...standard, zones: ["1", "2", "3"] }, verdict: "accepted" },
  ])("one that is $case is $verdict", ({ body, verdict }) => {
    expect(armBench().verdict(pip, body)).toBe(verdict);
  });

  test("SKU and zones are fixed", () => {
    const bench = armBench((azure) => azure.put(pip, standard));
    expect(bench.verdict(pip, { ...standard, sku: { name: "StandardV2" } })).toBe("PublicIPAddressSkuCannotBeChanged");
    expect(bench.verdict(pip, { ...standard, zones: ["1"] })).toBe("ResourceAvailabilityZonesCannotBeModified");
    expect(bench.verdict(pip, { ...standard, tags: { a: "b" } })).toBe("accepted");
  });

  test("each gets an address of its own from the documentation ranges, and keeps it", () => {
    const bench = armBench();
    const addresses = Array.from(
      { length: 300 },
      (_, index) => bench.put(networkId(`publicIPAddresses/pip${index}`), standard).properties.ipAddress,
    );
    expect(new Set(addresses).size).toBe(300);
    expect(addresses.filter((address) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(String(address)))).toEqual([]);
    expect(bench.put(networkId("publicIPAddresses/pip7"), standard).properties.ipAddress).toBe(addresses[7]);
  });

  test("one of a prefix has its SKU", () => {
    const bench = armBench((azure) => {
      azure.put(networkId("publicIPPrefixes/prefix"), {
        location: "westeurope",
        sku: { name: "StandardV2" },
        properties: { prefixLength: 30 },
      });
    });
    const inPrefix = { ...standard.properties, publicIPPrefix: ref("publicIPPrefixes/prefix") };
    expect(bench.verdict(pip, { ...standard, properties: inPrefix })).toBe("PublicIPPrefixSkuMismatch");
    expect(bench.verdict(pip, { ...standard, sku: { name: "StandardV2" }, properties: inPrefix })).toBe("accepted");
  });

  test("one of a prefix gets an address of that prefix", () => {
    const bench = armBench();
    const prefix = bench.put(networkId("publicIPPrefixes/prefix"), {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { prefixLength: 30 },
    });
    const inPrefix = {
      ...standard,
      properties: { ...standard.properties, publicIPPrefix: ref("publicIPPrefixes/prefix") },
    };
    const address = bench.put(pip, inPrefix).properties.ipAddress;
    expect(isAddressIn(String(address), String(prefix.properties.ipPrefix))).toBe(true);
    expect(bench.deleteVerdict(networkId("publicIPPrefixes/prefix"))).toBe("PublicIpPrefixInUse");
    bench.delete(pip);
    expect(bench.deleteVerdict(networkId("publicIPPrefixes/prefix"))).toBe("accepted");
  });

  test("one in use stays and cannot be used twice", () => {
    const bench = armBench((azure) => {
      azure.put(pip, standard);
      azure.put(nat, natBody("pip"));
    });
    expect(bench.deleteVerdict(pip)).toBe("PublicIPAddressCannotBeDeleted");
    expect(bench.get(pip).properties.natGateway).toEqual({ id: nat });
    expect(bench.verdict(networkId("natGateways/second"), natBody("pip"))).toBe("PublicIPAddressInUse");
    expect(bench.verdict(nat, natBody("pip"))).toBe("accepted");
  });
});

describe("public IP prefixes", () => {
  test.each([
    { prefixLength: 27, verdict: "PublicIPPrefixLengthInvalid" },
    { prefixLength: 28, verdict: "accepted" },
    { prefixLength: 31, verdict: "accepted" },
    { prefixLength: 32, verdict: "PublicIPPrefixLengthInvalid" },
  ])("/$prefixLength is $verdict", ({ prefixLength, verdict }) => {
    expect(
      armBench().verdict(networkId("publicIPPrefixes/prefix"), {
        location: "westeurope",
        sku: { name: "Standard" },
        properties: { prefixLength },
      }),
    ).toBe(verdict);
  });

  test("no two overlap", () => {
    const bench = armBench();
    const body = (prefixLength: number) => ({
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { prefixLength },
    });
    const prefixes = Array.from(
      { length: 200 },
      (_, index) => bench.put(networkId(`publicIPPrefixes/p${index}`), body(28 + (index % 4))).properties.ipPrefix,
    );
    const addresses = prefixes.flatMap((prefix) => {
      const block = readCidr(String(prefix));
      return block === undefined
        ? []
        : Array.from({ length: block.last - block.first + 1 }, (_, index) => block.first + index);
    });
    expect(new Set(addresses).size).toBe(50 * (16 + 8 + 4 + 2));
    expect(addresses).toHaveLength(50 * (16 + 8 + 4 + 2));
  });

  test("IPv6 is not imitated, and says so", () => {
    const body = {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { prefixLength: 28, publicIPAddressVersion: "IPv6" },
    };
    expect(armBench().refusals(networkId("publicIPPrefixes/prefix"), body)).toEqual([
      "SandboxDoesNotImitateIPv6: The sandbox does not imitate IPv6 (public IP prefix prefix).",
    ]);
  });

  test("the length is fixed and the SKU is Standard", () => {
    const body = (prefixLength: number) => ({
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { prefixLength },
    });
    const bench = armBench((azure) => azure.put(networkId("publicIPPrefixes/prefix"), body(30)));
    expect(bench.verdict(networkId("publicIPPrefixes/prefix"), body(29))).toBe("PublicIPPrefixLengthCannotBeChanged");
    expect(bench.verdict(networkId("publicIPPrefixes/other"), { ...body(30), sku: undefined })).toBe(
      "PublicIPPrefixSkuInvalid",
    );
  });
});

describe("NAT gateways", () => {
  const setup = (azure: ArmBench) => {
    azure.put(pip, standard);
    azure.put(networkId("publicIPAddresses/zone2"), { ...standard, zones: ["2"] });
    azure.put(networkId("publicIPAddresses/far"), { ...standard, location: "northeurope" });
    azure.put(networkId("publicIPAddresses/v2"), { ...standard, sku: { name: "StandardV2" } });
  };

  test.each([
    { case: "a Standard address", body: natBody("pip"), verdict: "accepted" },
    { case: "an address of another region", body: natBody("far"), verdict: "InvalidResourceReference" },
    { case: "an address of another SKU", body: natBody("v2"), verdict: "NatGatewaySkuMismatch" },
    { case: "no SKU", body: { ...natBody("pip"), sku: undefined }, verdict: "NatGatewaySkuRequired" },
    { case: "two zones", body: { ...natBody("pip"), zones: ["1", "2"] }, verdict: "NatGatewayZonesInvalid" },
    { case: "an address of its zone", body: { ...natBody("zone2"), zones: ["2"] }, verdict: "accepted" },
    {
      case: "an address of another zone",
      body: { ...natBody("zone2"), zones: ["1"] },
      verdict: "NatGatewayZoneMismatch",
    },
  ])("one with $case is $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(nat, body)).toBe(verdict);
  });

  test("does not take a Basic address that is left from before", () => {
    const bench = armBench((azure) => azure.plant(pip, { ...standard, sku: { name: "Basic" } }));
    expect(bench.refusals(nat, natBody("pip"))[0]).toBe(
      "PublicIPAddressSkuNotSupported: Resource nat needs a Standard SKU public IP address with static allocation; pip has SKU Basic and Static allocation.",
    );
  });

  test("takes 16 addresses, those of prefixes included", () => {
    const bench = armBench((azure) => {
      azure.put(networkId("publicIPPrefixes/prefix"), {
        location: "westeurope",
        sku: { name: "Standard" },
        properties: { prefixLength: 28 },
      });
      azure.put(pip, standard);
    });
    const prefix = { publicIpPrefixes: [ref("publicIPPrefixes/prefix")] };
    expect(bench.verdict(nat, { ...natBody(), properties: prefix })).toBe("accepted");
    expect(
      bench.verdict(nat, {
        ...natBody(),
        properties: { ...prefix, publicIpAddresses: [ref("publicIPAddresses/pip")] },
      }),
    ).toBe("NatGatewayPublicIPLimitExceeded");
  });

  test("one on a subnet stays", () => {
    const subnet = networkId("virtualNetworks/hub/subnets/a");
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(nat, natBody("pip"));
      azure.put(networkId("virtualNetworks/hub"), {
        location: "westeurope",
        properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
      });
      azure.put(subnet, { properties: { addressPrefix: "10.0.0.0/24", natGateway: { id: nat } } });
    });
    expect(bench.get(nat).properties.subnets).toEqual([{ id: subnet }]);
    expect(bench.deleteVerdict(nat)).toBe("InUseNatGatewayCannotBeDeleted");
    bench.delete(subnet);
    expect(bench.deleteVerdict(nat)).toBe("accepted");
  });
});
