import { describe, expect, test } from "vitest";
import { rulesFor } from "../../../sandbox/arm/rules.ts";
import { schemaOfType } from "../../../sandbox/azure-native/property-schema.ts";
import { addressInputNames, addressInputs, resourceAddress } from "../../../sandbox/azure-native/resource-address.ts";
import { resourceTypeOf, resourceTypes } from "../../../sandbox/azure-native/resource-types.ts";
import { readSdkClass } from "../../../sandbox/azure-native/sdk-class.ts";

const subscription = "5a9db0c0-0000-4000-8000-000000000001";
const group = `/subscriptions/${subscription}/resourceGroups/rg`;

describe("the types of azure-native that are imitated", () => {
  test.each(resourceTypes())("$token has rules of the same API version", (type) => {
    expect(rulesFor(type.armType)).toMatchObject({ type: type.armType, apiVersion: type.apiVersion });
  });

  test.each(resourceTypes())("$token names inputs that its class in the SDK has", (type) => {
    const { inputs } = readSdkClass(type.token);
    const named = [
      ...addressInputNames(type),
      ...type.required,
      ...type.maintained,
      ...type.backFilled,
      ...Object.keys(type.wirePaths),
    ];
    expect(named.filter((name) => !inputs.has(name))).toEqual([]);
    expect(inputs.has("location")).toBe(type.located || schemaOfType(type).has("location"));
  });

  test.each(resourceTypes())("$token has an id that says its inputs again", (type) => {
    const scope = type.scope.kind === "extension" ? { [type.scope.input]: group.slice(1) } : {};
    const names = Object.fromEntries(type.names.map((name, index) => [name, `name-${index}`]));
    const inputs = type.scope.kind === "resourceGroup" ? { ...names, resourceGroupName: "rg" } : { ...names, ...scope };
    const id = resourceAddress(type, inputs, subscription);
    expect(id.startsWith(`/subscriptions/${subscription}/resourceGroups/`)).toBe(true);
    expect(addressInputs(type, id)).toEqual(inputs);
  });

  test("a subnet's id is spelled as ARM spells it", () => {
    const type = resourceTypeOf("azure-native:network:Subnet");
    if (type === undefined) throw new Error("no type");
    const inputs = { resourceGroupName: "rg", virtualNetworkName: "vnet", subnetName: "snet" };
    expect(resourceAddress(type, inputs, subscription)).toBe(
      `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet`,
    );
    expect(() => resourceAddress(type, { ...inputs, subnetName: 1 }, subscription)).toThrow(
      'azure-native:network:Subnet needs the text "subnetName" for its id, but it is 1',
    );
    expect(() => addressInputs(type, group)).toThrow(
      `"${group}" is not the id of a resource of type "Microsoft.Network/virtualNetworks/subnets"`,
    );
  });

  test("an unknown token is no type", () => {
    expect(resourceTypeOf("azure-native:compute:VirtualMachine")).toBeUndefined();
  });
});
