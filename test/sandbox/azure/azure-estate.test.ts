import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../sandbox/start-sandbox.ts";

const group = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001/resourceGroups/rg";
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
const subnet = `${network}/subnets/snet`;

describe("the estate as tests and people see and change it", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.azure.plant(group, { location: "westeurope" });
    sandbox.azure.plant(network, {
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes: ["10.20.0.0/16"] } },
    });
    sandbox.azure.plant(subnet, { properties: { addressPrefix: "10.20.1.0/24" } });
  });
  afterEach(() => sandbox.stop());

  test("a patch merges objects, removes by null, and cannot change what a resource is", () => {
    sandbox.azure.plant(network, { tags: { a: "1", b: "2" } });
    const planted = sandbox.azure.plant(network.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions"), {
      tags: { a: null, c: "3" },
      name: "other",
    });
    expect(planted).toMatchObject({ id: network, name: "vnet", tags: { b: "2", c: "3" } });
    expect(planted.properties.addressSpace).toEqual({ addressPrefixes: ["10.20.0.0/16"] });
    expect(sandbox.azure.count()).toBe(3);
  });

  test("a virtual network lists its subnets, and a subnet the interfaces that a service put there", () => {
    const interfaceId = sandbox.azure.injectNetworkInterface(subnet);
    expect(interfaceId).toBe(`${group}/providers/Microsoft.Network/networkInterfaces/CPC-sandbox-0001`);
    expect(sandbox.azure.get(interfaceId)?.location).toBe("westeurope");
    expect(sandbox.azure.get(network)?.properties.subnets).toMatchObject([{ id: subnet }]);
    expect(JSON.stringify(sandbox.azure.get(subnet)?.properties.ipConfigurations)).toContain(interfaceId);
  });

  test("removal takes what is below, and what is not there cannot be removed", () => {
    sandbox.azure.remove(network);
    expect(sandbox.azure.resources().map(({ id }) => id)).toEqual([group]);
    expect(() => sandbox.azure.remove(network)).toThrow(`there is no "${network}" in the sandbox to remove`);
    expect(() => sandbox.azure.injectNetworkInterface(subnet)).toThrow(`there is no subnet "${subnet}" in the sandbox`);
    expect(() => sandbox.azure.plant("nonsense", {})).toThrow('"nonsense" is not the id of an ARM resource');
  });

  test("nothing of this is in the log of requests", () => {
    expect(sandbox.requests).toEqual([]);
  });
});
