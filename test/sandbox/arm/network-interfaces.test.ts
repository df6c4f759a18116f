import { describe, expect, test } from "vitest";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const nic = networkId("networkInterfaces/nic");
const subnet = (name: string) => ({ id: `${hub}/subnets/${name}` });
const address = {
  location: "westeurope",
  sku: { name: "Standard" },
  properties: { publicIPAllocationMethod: "Static" },
};
const body = (properties: object = {}, name = "ipconfig") => ({
  location: "westeurope",
  properties: { ipConfigurations: [{ name, properties: { subnet: subnet("a"), ...properties } }] },
});
const fixed = (privateIPAddress: string) => body({ privateIPAllocationMethod: "Static", privateIPAddress });

function setup(azure: ArmBench): void {
  azure.put(hub, { location: "westeurope", properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } });
  azure.put(`${hub}/subnets/a`, { properties: { addressPrefix: "10.0.0.0/24" } });
  azure.put(`${hub}/subnets/small`, { properties: { addressPrefix: "10.0.1.0/29" } });
  azure.put(`${hub}/subnets/AzureBastionSubnet`, { properties: { addressPrefix: "10.0.2.0/26" } });
  azure.put(`${hub}/subnets/GatewaySubnet`, { properties: { addressPrefix: "10.0.3.0/27" } });
  azure.put(`${hub}/subnets/resolver`, {
    properties: {
      addressPrefix: "10.0.4.0/28",
      delegations: [{ name: "d", properties: { serviceName: "Microsoft.Network/dnsResolvers" } }],
    },
  });
  for (const name of ["pip", "pip2"]) azure.put(networkId(`publicIPAddresses/${name}`), address);
}

describe("network interfaces", () => {
  test.each([
    { case: "a dynamic address", body: body(), verdict: "accepted" },
    { case: "a static one", body: fixed("10.0.0.4"), verdict: "accepted" },
    { case: "one that Azure keeps", body: fixed("10.0.0.3"), verdict: "PrivateIPAddressInReservedRange" },
    { case: "the last one", body: fixed("10.0.0.255"), verdict: "PrivateIPAddressInReservedRange" },
    { case: "one of another subnet", body: fixed("10.0.1.4"), verdict: "PrivateIPAddressNotInSubnet" },
    { case: "no subnet", body: body({ subnet: undefined }), verdict: "SubnetRequired" },
    { case: "a subnet that is not there", body: body({ subnet: subnet("none") }), verdict: "InvalidResourceReference" },
    { case: "GatewaySubnet", body: body({ subnet: subnet("GatewaySubnet") }), verdict: "GatewaySubnet" },
    {
      case: "a delegated subnet",
      body: body({ subnet: subnet("resolver") }),
      verdict: "ResourceNotPermittedOnDelegatedSubnet",
    },
    { case: "another region", body: { ...body(), location: "northeurope" }, verdict: "InvalidResourceReference" },
    {
      case: "no IP configuration",
      body: { location: "westeurope", properties: { ipConfigurations: [] } },
      verdict: "NetworkInterfaceMustHaveOneIpConfiguration",
    },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(nic, body)).toBe(verdict);
  });

  test("take the free addresses in order, keep them, and fill a subnet", () => {
    const bench = armBench(setup);
    const write = (index: number) =>
      bench.put(networkId(`networkInterfaces/nic${index}`), body({ subnet: subnet("small") }));
    const addressOf = (index: number) =>
      bench.get(networkId(`networkInterfaces/nic${index}`)).properties.ipConfigurations;
    for (const index of [1, 2, 3]) write(index);
    expect([1, 2, 3].map(addressOf)).toMatchObject(
      ["10.0.1.4", "10.0.1.5", "10.0.1.6"].map((privateIPAddress) => [{ properties: { privateIPAddress } }]),
    );
    expect(() => write(4)).toThrow("SubnetIsFull: Subnet small does not have enough capacity for 1 IP addresses.");
    write(2);
    expect(addressOf(2)).toMatchObject([{ properties: { privateIPAddress: "10.0.1.5" } }]);
  });

  test("an address is held once", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(nic, fixed("10.0.0.9"));
    });
    expect(bench.verdict(networkId("networkInterfaces/other"), fixed("10.0.0.9"))).toBe("PrivateIPAddressInUse");
    expect(bench.verdict(networkId("networkInterfaces/other"), fixed("10.0.0.10"))).toBe("accepted");
    expect(bench.verdict(nic, fixed("10.0.0.9"))).toBe("accepted");
  });

  test("a public IP address is held once too", () => {
    const held = body({ publicIPAddress: ref("publicIPAddresses/pip") });
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(nic, held);
    });
    expect(bench.refusals(networkId("networkInterfaces/other"), held)).toEqual([
      `PublicIPAddressInUse: Resource ${networkId("networkInterfaces/other")} is referencing public IP address ${networkId("publicIPAddresses/pip")} that is already allocated to resource ${nic}/ipConfigurations/ipconfig.`,
    ]);
    expect(bench.deleteVerdict(networkId("publicIPAddresses/pip"))).toBe("PublicIPAddressCannotBeDeleted");
  });

  test("one of a virtual machine stays", () => {
    const machine = { id: networkId("x").replace("Microsoft.Network/x", "Microsoft.Compute/virtualMachines/pc") };
    const bench = armBench(setup);
    bench.put(nic, body());
    const current = { ...bench.get(nic), properties: { ...bench.get(nic).properties, virtualMachine: machine } };
    expect(bench.deleteVerdict(nic)).toBe("accepted");
    expect(bench.refusedDelete(current)).toBe("NicInUse");
  });
});

describe("load balancers", () => {
  const lb = networkId("loadBalancers/lb");
  const frontend = (properties: object) => ({ frontendIPConfigurations: [{ name: "front", properties }] });
  const write = (properties: object, sku: object | undefined = { name: "Standard" }) => ({
    location: "westeurope",
    sku,
    properties,
  });
  const publicFront = frontend({ publicIPAddress: ref("publicIPAddresses/pip") });
  const outbound = (pool: string) => ({
    ...publicFront,
    backendAddressPools: [{ name: "pool" }],
    outboundRules: [
      {
        name: "egress",
        properties: {
          protocol: "All",
          frontendIPConfigurations: [{ id: `${lb}/frontendIPConfigurations/front` }],
          backendAddressPool: { id: `${lb}/backendAddressPools/${pool}` },
        },
      },
    ],
  });

  test.each([
    { case: "a public frontend", body: write(publicFront), verdict: "accepted" },
    {
      case: "an internal one",
      body: write(frontend({ subnet: subnet("a"), privateIPAllocationMethod: "Static", privateIPAddress: "10.0.0.4" })),
      verdict: "accepted",
    },
    {
      case: "one that is both",
      body: write(frontend({ subnet: subnet("a"), publicIPAddress: ref("publicIPAddresses/pip") })),
      verdict: "LoadBalancerFrontendInvalid",
    },
    {
      case: "SKU Basic",
      body: write(frontend({ subnet: subnet("a") }), { name: "Basic" }),
      verdict: "BasicLoadBalancerCreationNotSupported",
    },
    {
      case: "SKU Gateway with a Standard address",
      body: write(publicFront, { name: "Gateway" }),
      verdict: "LoadBalancerSkuMismatch",
    },
    { case: "an outbound rule", body: write(outbound("pool")), verdict: "accepted" },
    {
      case: "an outbound rule for a pool that is not there",
      body: write(outbound("none")),
      verdict: "InvalidResourceReference",
    },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(lb, body)).toBe(verdict);
  });

  test("a frontend holds its subnet and its address", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(lb, write(frontend({ subnet: subnet("a") })));
    });
    expect(bench.get(lb).properties.frontendIPConfigurations).toMatchObject([
      { id: `${lb}/frontendIPConfigurations/front`, properties: { privateIPAddress: "10.0.0.4" } },
    ]);
    expect(bench.deleteVerdict(`${hub}/subnets/a`)).toBe("InUseSubnetCannotBeDeleted");
    expect(bench.verdict(nic, fixed("10.0.0.4"))).toBe("PrivateIPAddressInUse");
  });
});

describe("Bastion hosts", () => {
  const host = networkId("bastionHosts/bastion");
  const write = (name: string, publicIp?: string) => ({
    location: "westeurope",
    sku: { name: "Basic" },
    properties: {
      ipConfigurations: [
        {
          name: "ip",
          properties: {
            subnet: subnet(name),
            ...(publicIp === undefined ? {} : { publicIPAddress: ref(`publicIPAddresses/${publicIp}`) }),
          },
        },
      ],
    },
  });

  test.each([
    { case: "in its subnet", body: write("AzureBastionSubnet", "pip"), verdict: "accepted" },
    { case: "in another", body: write("a", "pip"), verdict: "BastionSubnetNameInvalid" },
    { case: "without an address", body: write("AzureBastionSubnet"), verdict: "BastionIpConfigurationInvalid" },
    {
      case: "of SKU Developer",
      body: { location: "westeurope", sku: { name: "Developer" }, properties: { virtualNetwork: { id: hub } } },
      verdict: "accepted",
    },
    {
      case: "of SKU Developer without a network",
      body: { location: "westeurope", sku: { name: "Developer" } },
      verdict: "BastionVirtualNetworkRequired",
    },
  ])("one $case is $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(host, body)).toBe(verdict);
  });

  test("its subnet is /26 and holds one", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(host, write("AzureBastionSubnet", "pip"));
    });
    expect(bench.verdict(networkId("bastionHosts/second"), write("AzureBastionSubnet", "pip2"))).toBe(
      "BastionSubnetInUse",
    );
    bench.delete(host);
    bench.put(`${hub}/subnets/AzureBastionSubnet`, { properties: { addressPrefix: "10.0.2.0/27" } });
    expect(bench.verdict(host, write("AzureBastionSubnet", "pip"))).toBe("BastionSubnetTooSmall");
  });
});
