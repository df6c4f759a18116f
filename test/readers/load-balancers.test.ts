import { describe, expect, test } from "vitest";
import { readData } from "./read.ts";

const networks =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks";

/** The virtual network that is read of a pool with these properties. */
function networkOfPool(properties: object) {
  const { estate } = readData({
    type: "Microsoft.Network/loadBalancers",
    name: "lb",
    properties: { backendAddressPools: [{ name: "pool", properties }] },
  });
  return estate.loadBalancers[0]?.backendAddressPools[0]?.virtualNetworkId;
}

const address = (name?: string) => ({
  name: "a",
  properties: { ipAddress: "10.0.1.4", ...(name !== undefined && { virtualNetwork: { id: `${networks}/${name}` } }) },
});

describe("the virtual network of a pool", () => {
  test.each([
    { case: "is not known where nothing says it", properties: { loadBalancerBackendAddresses: [address()] } },
    {
      case: "is the one that the pool names",
      properties: { virtualNetwork: { id: `${networks}/v1` }, loadBalancerBackendAddresses: [address()] },
      is: `${networks}/v1`,
    },
    {
      case: "is the one that every address names, without case",
      properties: { loadBalancerBackendAddresses: [address("v1"), address("V1"), address()] },
      is: `${networks}/V1`,
    },
    {
      case: "is not known where addresses name different ones",
      properties: { loadBalancerBackendAddresses: [address("v1"), address("v2")] },
      is: { unknown: "its addresses are in several virtual networks" },
    },
  ])("$case", ({ properties, is }) => {
    expect(networkOfPool(properties)).toEqual(is);
  });
});
