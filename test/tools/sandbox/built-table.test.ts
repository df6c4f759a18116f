import { expect, test } from "vitest";
import { builtTable } from "../../../tools/sandbox/built-table.ts";

const group = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network";
const resource = (path: string, type: string, properties: Record<string, unknown>) => ({
  id: `${group}/${path}`,
  name: path.split("/").at(-1) ?? "",
  type: `Microsoft.Network/${type}`,
  properties,
});

test("the table shows networks, where their default route leads, and every public address", () => {
  const table = builtTable([
    resource("natGateways/ng", "natGateways", { publicIpAddresses: [{ id: `${group}/publicIPAddresses/pip` }] }),
    resource("networkSecurityGroups/nsg", "networkSecurityGroups", {}),
    resource("publicIPAddresses/pip", "publicIPAddresses", { ipAddress: "198.51.100.7" }),
    resource("routeTables/rt", "routeTables", {
      routes: [
        { properties: { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" } },
      ],
    }),
    resource("virtualNetworks/vnet", "virtualNetworks", {
      addressSpace: { addressPrefixes: ["10.1.0.0/16", "10.2.0.0/16"] },
    }),
    resource("virtualNetworks/vnet/subnets/behind", "virtualNetworks/subnets", {
      addressPrefix: "10.1.0.0/24",
      routeTable: { id: `${group}/routeTables/RT` },
    }),
    resource("virtualNetworks/vnet/subnets/direct", "virtualNetworks/subnets", {
      addressPrefix: "10.1.1.0/24",
      natGateway: { id: `${group}/natGateways/ng` },
    }),
  ]);
  expect(table.split("\n")).toEqual([
    "resource         name    address space             next hop of 0.0.0.0/0   public addresses",
    "NAT gateway      ng                                                        198.51.100.7",
    "virtual network  vnet    10.1.0.0/16, 10.2.0.0/16",
    "  subnet         behind  10.1.0.0/24               10.0.0.4",
    "  subnet         direct  10.1.1.0/24               Internet (NAT gateway)  198.51.100.7",
  ]);
});
