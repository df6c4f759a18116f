import { describe, expect, test } from "vitest";
import type { PropertyMap } from "../../provider/protocol/property-values.ts";
import { entraInputs } from "./support/connection-inputs.ts";
import { connectProvider, type ProviderClient } from "./support/provider-client.ts";

const policyType = "CloudPcProvisioningPolicy";
const settingType = "CloudPcUserSetting";

async function healthyConnection(client: ProviderClient, displayName = "anc-emea"): Promise<string> {
  const { inputs } = await client.check("AzureNetworkConnection", { ...entraInputs, displayName });
  const { id } = await client.create("AzureNetworkConnection", inputs);
  const status = () => client.sandbox.graph.connections().find((one) => one.id === id)?.healthCheckStatus;
  await expect.poll(status).toBe("failed");
  client.sandbox.graph.plantConnection(id, { healthCheckStatus: "passed" });
  return id;
}

function policyOn(...connections: readonly string[]): PropertyMap {
  return {
    displayName: "EMEA",
    imageId: "microsoftwindowsdesktop_windows-ent-cpc_win11-25h2-ent-cpc",
    domainJoinConfigurations: connections.map((onPremisesConnectionId) => ({
      domainJoinType: "azureADJoin",
      onPremisesConnectionId,
    })),
    groupIds: ["group-1", "group-2"],
  };
}

/** Writes after the connection, as "METHOD last segments". */
const writes = ({ sandbox }: ProviderClient) =>
  sandbox.graph.requests
    .filter(({ method, path }) => method !== "GET" && !path.includes("onPremisesConnections"))
    .map(
      ({ method, path }) =>
        `${method} ${path
          .split("/")
          .slice(4)
          .map((part) => (part.length === 36 ? "{id}" : part))
          .join("/")}`,
    );

describe("a provisioning policy", () => {
  test("is made with its connections in their order, then assigned", async () => {
    const client = await connectProvider();
    const [first, second] = [await healthyConnection(client), await healthyConnection(client, "anc-alternate")];
    const { outputs } = await client.create(policyType, policyOn(second, first));
    expect(client.sandbox.graph.policies()[0]).toMatchObject(
      Object.fromEntries(Object.entries(policyOn(second, first)).filter(([name]) => name !== "groupIds")),
    );
    expect(outputs.provisioningType).toBe("dedicated");
    expect(writes(client)).toEqual(["POST provisioningPolicies", "POST provisioningPolicies/{id}/assign"]);
  });

  test("is removed again when its groups cannot be assigned, so that nothing is forgotten", async () => {
    const client = await connectProvider();
    const connection = await healthyConnection(client);
    const refused = { kind: "refuse", status: 400, code: "BadRequest", message: "no such group" } as const;
    client.sandbox.graph.setScenario({ faults: [{ on: { pathContains: "/assign" }, effect: refused }] });
    await expect(client.create(policyType, policyOn(connection))).rejects.toThrow("400 BadRequest: no such group");
    expect(client.sandbox.graph.policies()).toEqual([]);
  });

  test("changes what changed, and assigns all groups anew only when they did", async () => {
    const client = await connectProvider();
    const oldInputs = policyOn(await healthyConnection(client));
    const { id, outputs: oldOutputs } = await client.create(policyType, oldInputs);
    const renamed = { ...oldInputs, displayName: "EMEA 2", groupIds: ["group-2", "group-1"] };
    await client.update(policyType, { id, inputs: renamed, oldInputs, oldOutputs });
    await client.update(policyType, { id, inputs: { ...renamed, groupIds: ["group-3"] }, oldInputs: renamed });
    expect(writes(client).slice(2)).toEqual([
      "PATCH provisioningPolicies/{id}",
      "POST provisioningPolicies/{id}/assign",
    ]);
    const patch = client.sandbox.graph.requests.find(({ method }) => method === "PATCH");
    expect(patch?.body).toEqual({ "@odata.type": "#microsoft.graph.cloudPcProvisioningPolicy", displayName: "EMEA 2" });
  });

  test.each([
    { because: "a default that is written out is no change", change: { provisioningType: "dedicated" }, diff: [] },
    {
      because: "the kind of licence is fixed",
      change: { provisioningType: "shared" },
      diff: ["provisioningType replaces"],
    },
    {
      because: "alternates change in place",
      change: { domainJoinConfigurations: [] },
      diff: ["domainJoinConfigurations"],
    },
  ])("$because", async ({ change, diff }) => {
    const client = await connectProvider();
    const oldInputs = policyOn("one", "two");
    expect(await client.diff(policyType, { oldInputs, inputs: { ...oldInputs, ...change } })).toEqual(diff);
  });

  test.each([
    {
      case: "neither connection nor region",
      join: { domainJoinType: "azureADJoin" },
      reason: "0: takes either an onPremisesConnectionId or, for Microsoft's hosted network, a regionName",
    },
    {
      case: "hybrid join in Microsoft's network",
      join: { domainJoinType: "hybridAzureADJoin", regionName: "westeurope" },
      reason: '0: with domainJoinType "hybridAzureADJoin" takes an onPremisesConnectionId',
    },
  ])("refuses $case", async ({ join, reason }) => {
    const client = await connectProvider();
    const { failures } = await client.check(policyType, { ...policyOn("one"), domainJoinConfigurations: [join] });
    expect(failures).toEqual([`domainJoinConfigurations: ${reason}`]);
  });

  test("a shared policy takes no groups here", async () => {
    const client = await connectProvider();
    const { failures } = await client.check(policyType, { ...policyOn("one"), provisioningType: "shared" });
    expect(failures).toEqual(['groupIds: are for provisioningType "dedicated"; assign a shared policy in Intune']);
  });

  test("is read as it was written, and imported whole", async () => {
    const client = await connectProvider();
    const inputs = policyOn(await healthyConnection(client));
    const { id, outputs } = await client.create(policyType, inputs);
    expect(await client.read(policyType, id, inputs, outputs)).toEqual({ id, inputs, outputs });
    expect((await client.read(policyType, id))?.inputs).toEqual(inputs);
  });

  test("loses its groups before it is removed; one that is gone is removed", async () => {
    const client = await connectProvider();
    const { id } = await client.create(policyType, policyOn(await healthyConnection(client)));
    await client.delete(policyType, id);
    expect(writes(client).slice(2)).toEqual([
      "POST provisioningPolicies/{id}/assign",
      "DELETE provisioningPolicies/{id}",
    ]);
    await client.delete(policyType, id);
    expect(await client.read(policyType, id)).toBeUndefined();
  });
});

describe("a user setting", () => {
  const inputs: PropertyMap = {
    displayName: "Standard",
    resetEnabled: true,
    restorePointSetting: { frequencyType: "sixHours", userRestoreEnabled: true },
    groupIds: ["group-1"],
  };

  test("is made, assigned, read, changed and removed", async () => {
    const client = await connectProvider();
    const { id, outputs } = await client.create(settingType, inputs);
    expect(outputs).toEqual({ localAdminEnabled: false, ...inputs });
    expect(await client.read(settingType, id, inputs, outputs)).toEqual({ id, inputs, outputs });
    await client.update(settingType, {
      id,
      inputs: { ...inputs, resetEnabled: false },
      oldInputs: inputs,
      oldOutputs: outputs,
    });
    expect(client.sandbox.graph.userSettings()[0]?.resetEnabled).toBe(false);
    await client.delete(settingType, id);
    expect(client.sandbox.graph.userSettings()).toEqual([]);
  });

  test("an input that is left out goes back to its default", async () => {
    const client = await connectProvider();
    const { id } = await client.create(settingType, inputs);
    const { resetEnabled: _, ...rest } = inputs;
    expect(await client.diff(settingType, { oldInputs: inputs, inputs: rest })).toEqual(["resetEnabled"]);
    await client.update(settingType, { id, inputs: rest, oldInputs: inputs });
    expect(client.sandbox.graph.userSettings()[0]?.resetEnabled).toBe(false);
  });

  test("what somebody else assigned shows in a refresh", async () => {
    const client = await connectProvider();
    const { id, outputs } = await client.create(settingType, inputs);
    const other = { ...inputs, groupIds: ["group-2"] };
    await client.update(settingType, { id, inputs: other, oldInputs: inputs });
    expect((await client.read(settingType, id, inputs, outputs))?.inputs).toEqual(other);
  });
});
