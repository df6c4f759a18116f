import { describe, expect, test } from "vitest";
import { prefix } from "../../model/prefix.ts";
import { azureNativeId } from "../../readers/azure-native-id.ts";
import { renderProblem } from "../../readers/problem.ts";
import { readPulumiState } from "../../readers/pulumi-state.ts";
import { type RegisteredResource, readRegisteredResources } from "../../readers/registered-resources.ts";
import { fixture } from "./read.ts";

const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net";
const id = (path: string) => `${group}/providers/Microsoft.Network/${path}`;

describe("the state of a stack", () => {
  const reading = readPulumiState(fixture("stack-export.json"));
  if (!reading.ok) throw new Error(reading.problems.map(renderProblem).join("\n"));
  const { estate } = reading;

  test("is read with default and versioned tokens alike", () => {
    expect(estate.virtualNetworks).toMatchObject([
      {
        id: id("virtualNetworks/vnet-spoke"),
        name: "vnet-spoke",
        location: "westeurope",
        addressSpace: [prefix("10.20.0.0/16")],
        dnsServers: [0x0a0a0104],
        subnets: [
          {
            name: "snet-cloudpc",
            defaultOutboundAccess: false,
            networkSecurityGroupId: id("networkSecurityGroups/nsg-cloudpc"),
          },
        ],
        place: { file: "stack-export.json" },
      },
    ]);
    expect(estate.networkSecurityGroups[0]?.securityRules).toMatchObject([{ name: "AllowAvd", priority: 100 }]);
  });

  test("a peering's state when it was written does not count: the other side came later", () => {
    expect(estate.virtualNetworks[0]?.virtualNetworkPeerings).toMatchObject([
      { name: "to-hub", useRemoteGateways: true },
    ]);
    expect(estate.virtualNetworks[0]?.virtualNetworkPeerings[0]).not.toHaveProperty("peeringState");
  });

  test("an input that an output of the same name hides is kept", () => {
    expect(estate.virtualWans[0]?.wanType).toBe("Basic");
  });

  test("secrets are unknown, and are nowhere in the answer", () => {
    expect(estate.connections[0]?.localNetworkGateway2Id).toMatchObject({
      unknown: "it is a secret, so it is not read",
    });
    expect(JSON.stringify(reading)).not.toContain("c2VjcmV0LXRleHQ=");
  });

  test("what is being deleted, components and providers are left out, other providers' resources are listed", () => {
    expect(estate.routeTables).toEqual([]);
    expect(estate.notRead.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "Microsoft.Storage/storageAccounts stlogs",
      "azuread:index/group:Group users",
    ]);
  });

  test("a Windows 365 connection of a provider for Graph is read in Graph's form", () => {
    expect(estate.azureNetworkConnections).toEqual([
      {
        id: "44444444-4444-4444-4444-444444444444",
        displayName: "anc-weu",
        connectionType: "azureADJoin",
        resourceGroupId: "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-nics",
        virtualNetworkId: id("virtualNetworks/vnet-spoke"),
        subnetId: id("virtualNetworks/vnet-spoke/subnets/snet-cloudpc"),
        healthCheckStatus: "passed",
      },
    ]);
  });

  test("a checkpoint file holds the same", () => {
    const exported: unknown = JSON.parse(fixture("stack-export.json").text);
    const latest =
      typeof exported === "object" && exported !== null && "deployment" in exported ? exported.deployment : undefined;
    const checkpoint = readPulumiState({
      name: "prod.json",
      text: JSON.stringify({ version: 3, checkpoint: { stack: "prod", latest } }),
    });
    expect(checkpoint.ok && checkpoint.estate.virtualNetworks.map(({ name }) => name)).toEqual(["vnet-spoke"]);
  });

  test.each([
    {
      text: "{}",
      problem:
        's.json:1: this is not the state of a Pulumi stack: expected a checkpoint, or "deployment" with "resources" as `pulumi stack export` prints them',
    },
    {
      text: '{ "deployment": { "resources": [ { "type": "x" },\n 1 ] } }',
      problem:
        's.json:1: deployment.resources[0] is no resource of a Pulumi state: it has no "urn" and "type"\ns.json:2: deployment.resources[1] is no resource of a Pulumi state: it has no "urn" and "type"',
    },
    {
      text: "[",
      problem:
        's.json:1: expected a value such as "text", 1, true, null, an object or an array, found the end of the file',
    },
  ])("$text is refused", ({ text, problem }) => {
    const refused = readPulumiState({ name: "s.json", text });
    expect(refused.ok ? "" : refused.problems.map(renderProblem).join("\n")).toBe(problem);
  });

  test("a stack that was never deployed is an empty estate", () => {
    const empty = readPulumiState({ name: "s.json", text: '{ "version": 3, "checkpoint": { "stack": "dev" } }' });
    expect(empty.ok && empty.estate.virtualNetworks).toEqual([]);
  });
});

describe("registered resources", () => {
  const registered: readonly RegisteredResource[] = [
    {
      type: "azure-native:network:NetworkSecurityGroup",
      name: "weu-nsg",
      id: "weu-nsg-id",
      inputs: { networkSecurityGroupName: "nsg", resourceGroupName: "rg", securityRules: [] },
    },
    {
      type: "azure-native:network:VirtualNetwork",
      name: "weu-vnet",
      id: "weu-vnet-id",
      inputs: {
        virtualNetworkName: "vnet",
        resourceGroupName: "rg",
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
      },
    },
    {
      type: "azure-native:network:Subnet",
      name: "weu-snet",
      id: "weu-snet-id",
      inputs: {
        subnetName: "snet",
        virtualNetworkName: "vnet",
        resourceGroupName: "rg",
        addressPrefix: "10.20.1.0/24",
        networkSecurityGroup: { id: "weu-nsg-id" },
        routeTable: { id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
        natGateway: undefined,
      },
    },
    {
      type: "azure-native:privatedns:PrivateRecordSet",
      name: "rec",
      id: "",
      inputs: {
        privateZoneName: "z.example.com",
        relativeRecordSetName: "store",
        recordType: "A",
        resourceGroupName: "rg",
        aRecords: [{ ipv4Address: "10.20.2.20" }],
      },
    },
    {
      type: "azure-native:authorization:RoleAssignment",
      name: "reader",
      id: "ra",
      inputs: {
        scope: "weu-vnet-id/subnets/snet",
        roleAssignmentName: "11111111-1111-1111-1111-111111111111",
        principalId: "22222222-2222-2222-2222-222222222222",
        roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/r",
      },
    },
    { type: "w365:network:CloudPcSpoke", name: "weu", id: "", inputs: {}, custom: false },
  ];
  const { estate } = readRegisteredResources(registered);
  const scope = "/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Network";

  test("ids that are not ARM's become the ones that ARM will give, also in references", () => {
    expect(estate.virtualNetworks).toMatchObject([
      {
        id: `${scope}/virtualNetworks/vnet`,
        subnets: [
          {
            id: `${scope}/virtualNetworks/vnet/subnets/snet`,
            networkSecurityGroupId: `${scope}/networkSecurityGroups/nsg`,
            addressPrefixes: [prefix("10.20.1.0/24")],
          },
        ],
      },
    ]);
    expect(estate.networkSecurityGroups[0]?.id).toBe(`${scope}/networkSecurityGroups/nsg`);
    expect(estate.roleAssignments[0]?.scope).toBe(`${scope}/virtualNetworks/vnet/subnets/snet`);
  });

  test("what is known only after the deployment is unknown, what is undefined is not set", () => {
    const [subnet] = estate.virtualNetworks[0]?.subnets ?? [];
    expect(subnet?.routeTableId).toMatchObject({ unknown: "it is known only after the deployment" });
    expect(subnet).not.toHaveProperty("natGatewayId");
  });

  test("a component is no resource of Azure", () => {
    expect(estate.notRead).toEqual([]);
  });

  test("the type of a record set is an input", () => {
    expect(estate.privateDnsZones[0]?.recordSets).toEqual([{ name: "store", type: "A", addresses: [0x0a140214] }]);
  });

  test("the id that ARM will give can be asked for, for mocks to answer", () => {
    const route = { routeTableName: "rt", routeName: "default", resourceGroupName: "rg" };
    expect(azureNativeId("azure-native:network:Route", route)).toBe(`${scope}/routeTables/rt/routes/default`);
    expect(azureNativeId("azure-native:network:Route", { ...route, routeName: 7 })).toBeUndefined();
    expect(azureNativeId("azuread:index/group:Group", {})).toBeUndefined();
  });
});
