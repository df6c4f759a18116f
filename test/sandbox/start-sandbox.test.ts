import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { connectToSandbox } from "../support/sandbox-client.ts";

const groupToken = "azure-native:resources:ResourceGroup";
const networkToken = "azure-native:network:VirtualNetwork";
const group = { resourceGroupName: "rg", location: "westeurope" };
const network = {
  resourceGroupName: "rg",
  virtualNetworkName: "vnet",
  location: "westeurope",
  addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
};
const subscription = "5a9db0c0-0000-4000-8000-000000000001";
const groupId = `/subscriptions/${subscription}/resourceGroups/rg`;
const networkId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet`;

describe("a sandbox that keeps its state", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-state-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("goes on in a later process where it was, and leaves no file half-written", async () => {
    const statePath = join(folder, "azure.json");
    const first = await startSandbox({ statePath });
    const client = await connectToSandbox(first);
    await client.create(groupToken, group);
    await first.stop();
    client.close();
    expect(readdirSync(folder)).toEqual(["azure.json"]);
    const second = await startSandbox({ statePath });
    expect(second.azure.resources().map(({ id }) => id)).toEqual([groupId]);
    expect(second.azure.subscriptions()).toEqual([subscription]);
    await second.stop();
  });

  test("brings operations of a process that died to their end", async () => {
    const statePath = join(folder, "azure.json");
    const first = await startSandbox({ statePath });
    first.azure.plant(groupId, { location: "westeurope", properties: { provisioningState: "Updating" } });
    first.azure.plant(networkId, { location: "westeurope", properties: { provisioningState: "Deleting" } });
    await first.stop();
    const second = await startSandbox({ statePath });
    expect(second.azure.resources().map(({ id, properties }) => [id, properties.provisioningState])).toEqual([
      [groupId, "Succeeded"],
    ]);
    await second.stop();
  });

  test("does not touch a file that is something else", async () => {
    const statePath = join(folder, "other.json");
    writeFileSync(statePath, '{"version":3}');
    await expect(startSandbox({ statePath })).rejects.toThrow(
      `"${statePath}" is not the state of a sandbox; expected a file that starts with {"format": "windows365-network sandbox, version 1"`,
    );
  });
});

describe("the stand-ins over their protocol", () => {
  test("say that they are the sandbox's, in a version that the SDK accepts", async () => {
    const sandbox = await startSandbox();
    const client = await connectToSandbox(sandbox);
    expect(await client.version()).toMatch(/^\d+\.\d+\.\d+\+sandbox$/);
    client.close();
    await sandbox.stop();
  });

  test("check names, location and API version, and says what azure-native says", async () => {
    const sandbox = await startSandbox();
    const client = await connectToSandbox(sandbox, { location: "northeurope" });
    const named = await client.check(networkToken, {
      resourceGroupName: "rg",
      addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
    });
    expect(named.failures).toEqual([]);
    expect(named.inputs).toMatchObject({
      location: "northeurope",
      azureApiVersion: "2024-05-01",
      __createBeforeDelete: true,
    });
    expect(named.inputs.virtualNetworkName).toMatch(/^test[0-9a-f]{8}$/);
    const wrong = await client.check("azure-native:network:Subnet", { virtualNetworkName: "vnet", addressPrefix: 24 });
    expect(wrong.failures).toEqual([
      "missing required property 'resourceGroupName'",
      "'addressPrefix' should be of type 'string' but got a number",
    ]);
    client.close();
    await sandbox.stop();
  });

  test("a subnet written without its NSG loses it, and a virtual network written without its subnets keeps them", async () => {
    const sandbox = await startSandbox();
    const client = await connectToSandbox(sandbox);
    await client.create(groupToken, group);
    await client.create(networkToken, network);
    const nsg = await client.create("azure-native:network:NetworkSecurityGroup", {
      resourceGroupName: "rg",
      networkSecurityGroupName: "nsg",
      location: "westeurope",
    });
    const subnet = {
      resourceGroupName: "rg",
      virtualNetworkName: "vnet",
      subnetName: "snet",
      addressPrefix: "10.20.1.0/24",
    };
    const id = await client.create("azure-native:network:Subnet", { ...subnet, networkSecurityGroup: { id: nsg } });
    await client.update(networkToken, networkId, { ...network, tags: { owner: "a" } });
    expect(sandbox.azure.get(id)?.properties.networkSecurityGroup).toEqual({ id: nsg });
    await client.update("azure-native:network:Subnet", id, subnet);
    expect(sandbox.azure.get(id)?.properties).not.toHaveProperty("networkSecurityGroup");
    client.close();
    await sandbox.stop();
  });

  test.each([
    {
      because: "the quota is reached",
      scenario: { quotas: [{ type: "Microsoft.Resources/resourceGroups", limit: 0 }] },
      message: "QuotaExceeded",
    },
    {
      because: "it is refused again and again, more often than azure-native tries",
      scenario: {
        faults: [
          { on: { calls: [1, 2, 3, 4] }, effect: { kind: "refuse" as const, status: 503, code: "Unavailable" } },
        ],
      },
      message: "Unavailable",
    },
  ])("a create fails when $because", async ({ scenario, message }) => {
    const sandbox = await startSandbox({ scenario });
    const client = await connectToSandbox(sandbox);
    await expect(client.create(groupToken, group)).rejects.toThrow(message);
    expect(sandbox.azure.count()).toBe(0);
    client.close();
    await sandbox.stop();
  });

  test("a principal that Entra has not replicated yet is found at a later try", async () => {
    const sandbox = await startSandbox({ scenario: { principalsUnseenFor: 1 } });
    const client = await connectToSandbox(sandbox);
    await client.create(groupToken, group);
    const roleDefinitionId = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
    const principalId = "5a9db0c0-0000-4000-8000-000000000365";
    const assignment = {
      roleAssignmentName: "5a9db0c0-0000-4000-8000-0000000000e1",
      scope: groupId,
      principalId,
      roleDefinitionId,
    };
    const token = "azure-native:authorization:RoleAssignment";
    await expect(client.create(token, assignment)).rejects.toThrow("PrincipalNotFound");
    await client.create(token, assignment);
    expect(sandbox.azure.count()).toBe(2);
    client.close();
    await sandbox.stop();
  });

  test("deleting what is not there succeeds, and what nobody may write twice is refused", async () => {
    const sandbox = await startSandbox();
    const client = await connectToSandbox(sandbox);
    await client.remove(groupToken, groupId);
    await client.create(groupToken, group);
    await expect(client.create(groupToken, group)).rejects.toThrow(
      `cannot create already existing resource '${groupId}'`,
    );
    client.close();
    await sandbox.stop();
  });

  test("a resource can be looked up by its names, and a type that is not imitated is refused", async () => {
    const sandbox = await startSandbox();
    const client = await connectToSandbox(sandbox);
    await client.create(groupToken, group);
    await client.create(networkToken, network);
    const found = await client.invoke("azure-native:network:getVirtualNetwork", {
      resourceGroupName: "rg",
      virtualNetworkName: "vnet",
    });
    expect(found).toMatchObject({ id: networkId, name: "vnet", addressSpace: { addressPrefixes: ["10.20.0.0/16"] } });
    await expect(client.invoke("azure-native:network:listUsages", {})).rejects.toThrow(
      'the sandbox does not imitate the function "azure-native:network:listUsages"',
    );
    client.close();
    await sandbox.stop();
  });
});
