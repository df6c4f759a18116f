import { describe, expect, test } from "vitest";
import type { PlainObject, ProgramResource } from "../../../policy-packs/engine/program-resource.ts";
import { resolveReferences } from "../../../policy-packs/engine/resolve-references.ts";

/** Pulumi's mark of a text that is not known yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const subscription = "5a9db0c0-0000-4000-8000-000000000001";
const group = "/subscriptions/{subscription}/resourceGroups/rg-net";
const network = `${group}/providers/Microsoft.Network`;

/** A resource of `network` in group `rg-net`, whose urn is its name. */
function made(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  madeFrom: ProgramResource["madeFrom"] = {},
): ProgramResource {
  return {
    urn: name,
    type: `azure-native:network:${type}`,
    name,
    inputs: { resourceGroupName: "rg-net", ...inputs },
    outputs: {},
    madeFrom,
  };
}

const groupOnly: ProgramResource = {
  urn: "rg",
  type: "azure-native:resources:ResourceGroup",
  name: "rg",
  inputs: { resourceGroupName: "rg-net" },
  outputs: {},
  madeFrom: {},
};
const vnet = made("VirtualNetwork", "vnet", { virtualNetworkName: "vnet-a" });
const nsg = made("NetworkSecurityGroup", "nsg", { networkSecurityGroupName: "nsg-a" });
const pips = ["pip-1", "pip-2"].map((name) => made("PublicIPAddress", name, { publicIpAddressName: name }));

/** The last of these resources, resolved. */
function resolvedLast(...resources: readonly ProgramResource[]): { readonly id: string; readonly inputs: PlainObject } {
  const { id, inputs } = resolveReferences(resources).at(-1) ?? { id: "", inputs: {} };
  return { id, inputs };
}

describe("in a preview", () => {
  test("an id is what the resource that it is made from will get", () => {
    const subnet = made(
      "Subnet",
      "subnet",
      { virtualNetworkName: unknown, subnetName: "snet-a", networkSecurityGroup: { id: unknown } },
      { virtualNetworkName: ["vnet"], networkSecurityGroup: ["nsg"] },
    );
    expect(resolvedLast(vnet, nsg, subnet)).toEqual({
      id: `${network}/virtualNetworks/vnet-a/subnets/snet-a`,
      inputs: {
        resourceGroupName: "rg-net",
        virtualNetworkName: "vnet-a",
        subnetName: "snet-a",
        networkSecurityGroup: { id: `${network}/networkSecurityGroups/nsg-a` },
      },
    });
  });

  test("the name of a resource group is that of the group, also for what is made from it in turn", () => {
    const inGroup = {
      ...vnet,
      inputs: { ...vnet.inputs, resourceGroupName: unknown },
      madeFrom: { resourceGroupName: ["rg"] },
    };
    const peering = made(
      "VirtualNetworkPeering",
      "peering",
      { virtualNetworkName: "vnet-b", virtualNetworkPeeringName: "p", remoteVirtualNetwork: { id: unknown } },
      { remoteVirtualNetwork: ["vnet"] },
    );
    expect(resolvedLast(peering, inGroup, groupOnly, peering).inputs.remoteVirtualNetwork).toEqual({
      id: `${network}/virtualNetworks/vnet-a`,
    });
  });

  test("as many ids as resources of the type are those, each once", () => {
    const gateway = made(
      "NatGateway",
      "nat",
      { natGatewayName: "ng", publicIpAddresses: [{ id: unknown }, { id: unknown }] },
      { publicIpAddresses: ["pip-1", "pip-2"] },
    );
    expect(resolvedLast(...pips, gateway).inputs.publicIpAddresses).toEqual([
      { id: `${network}/publicIPAddresses/pip-1` },
      { id: `${network}/publicIPAddresses/pip-2` },
    ]);
  });

  test("what each field is called tells which of several resources it means", () => {
    const configuration = { name: "c", subnet: { id: unknown }, publicIPAddress: { id: unknown } };
    const subnet = made("Subnet", "subnet", { virtualNetworkName: "vnet-a", subnetName: "AzureFirewallSubnet" });
    const firewall = made(
      "AzureFirewall",
      "firewall",
      { azureFirewallName: "afw", ipConfigurations: [configuration] },
      { ipConfigurations: ["subnet", "pip-1"] },
    );
    expect(resolvedLast(...pips, subnet, firewall).inputs.ipConfigurations).toEqual([
      {
        name: "c",
        subnet: { id: `${network}/virtualNetworks/vnet-a/subnets/AzureFirewallSubnet` },
        publicIPAddress: { id: `${network}/publicIPAddresses/pip-1` },
      },
    ]);
  });

  test("the subscription is the only one that the program names", () => {
    const role: ProgramResource = {
      urn: "role",
      type: "azure-native:authorization:RoleAssignment",
      name: "role",
      inputs: { scope: unknown, roleDefinitionId: `/subscriptions/${subscription}/providers/x/y/z` },
      outputs: {},
      madeFrom: { scope: ["vnet"] },
    };
    expect(resolvedLast(vnet, role).inputs.scope).toBe(
      `/subscriptions/${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-a`,
    );
  });

  test("an id that Azure has given already is that one", () => {
    const known = `/subscriptions/${subscription}/resourceGroups/RG-NET/providers/Microsoft.Network/virtualNetworks/vnet-a`;
    expect(resolvedLast({ ...vnet, outputs: { id: known } }).id).toBe(known);
  });

  test.each<{ case: string; resource: ProgramResource }>([
    {
      case: "a value that is no id, made from a resource",
      resource: made(
        "LocalNetworkGateway",
        "it",
        { localNetworkGatewayName: "lgw", gatewayIpAddress: unknown },
        { gatewayIpAddress: ["pip-1"] },
      ),
    },
    {
      case: "one id that may be either of two resources",
      resource: made(
        "NatGateway",
        "it",
        { natGatewayName: "ng", publicIpAddresses: [{ id: unknown }] },
        { publicIpAddresses: ["pip-1", "pip-2"] },
      ),
    },
    {
      case: "an id of another type than the resource it is made from",
      resource: made(
        "Subnet",
        "it",
        { virtualNetworkName: "v", subnetName: "s", routeTable: { id: unknown } },
        { routeTable: ["nsg"] },
      ),
    },
    {
      case: "a part of a resource, whose name is not told",
      resource: made(
        "LoadBalancer",
        "it",
        { loadBalancerName: "lb", outboundRules: [{ backendAddressPool: { id: unknown } }] },
        { outboundRules: ["pip-1"] },
      ),
    },
    {
      case: "an id made from nothing that the engine names",
      resource: made("Subnet", "it", { natGateway: { id: unknown } }),
    },
  ])("$case stays unknown", ({ resource }) => {
    expect(resolvedLast(...pips, nsg, resource).inputs).toEqual(resource.inputs);
  });
});
