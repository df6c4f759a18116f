import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";

/** How many resources each example makes in Azure. */
const examples = [
  { stack: "example", resources: 28 },
  { stack: "minimal", resources: 15 },
  { stack: "hybrid", resources: 35 },
] as const;

describe.each(examples)("the life of $stack, with the real engine", ({ stack, resources }) => {
  test("is previewed, deployed, left alone by a second deployment and a refresh, and destroyed without a rest", async () => {
    const workspace = await testWorkspace();
    const { azure } = workspace.sandbox;
    await workspace.prepareStack(stack);

    expectSuccess(await workspace.pulumi(commands.preview(stack)));
    expect(azure.count()).toBe(0);

    expectSuccess(await workspace.pulumi(commands.up(stack)));
    expect(azure.count()).toBe(resources);
    const built = azure.resources();

    expectSuccess(await workspace.pulumi([...commands.up(stack), "--expect-no-changes"]));
    expectSuccess(await workspace.pulumi([...commands.refresh(stack), "--expect-no-changes"]));
    expect(azure.resources()).toEqual(built);

    expectSuccess(await workspace.pulumi(commands.destroy(stack)));
    expect(azure.resources().map(({ id }) => id)).toEqual([]);
    expect(workspace.sandbox.requests.filter(({ conflict }) => conflict)).toEqual([]);
    expect(workspace.sandbox.requests.filter(({ status, method }) => status >= 400 && method !== "GET")).toEqual([]);
  });
});

describe("what was deployed", () => {
  test("is what an Azure network connection asks for", async () => {
    const workspace = await testWorkspace();
    await workspace.prepareStack("example");
    expectSuccess(await workspace.pulumi(commands.up("example")));
    const { azureNetworkConnections } = await stackOutputs(workspace, "example");
    const group = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001/resourceGroups";
    const network = `${group}/rg-w365-weu/providers/Microsoft.Network/virtualNetworks/vnet-w365-weu`;
    const common = {
      region: "weu",
      location: "westeurope",
      joinType: "azureADJoin",
      subscriptionId: "5a9db0c0-0000-4000-8000-000000000001",
      resourceGroupId: `${group}/rg-w365-weu-nic`,
      virtualNetworkId: network,
    };
    expect(azureNetworkConnections).toEqual([
      { ...common, pool: "staff", subnetId: `${network}/subnets/snet-w365-weu-staff` },
      { ...common, pool: "developers", subnetId: `${network}/subnets/snet-w365-weu-developers` },
    ]);
    const peerings = workspace.sandbox.azure.resources().filter(({ type }) => type.endsWith("/virtualNetworkPeerings"));
    expect(peerings.map(({ properties }) => properties.peeringState)).toEqual(["Connected", "Connected"]);
  });
});

describe("the pre-shared key", () => {
  test("is in no output of the engine, no state, no log and no configuration in clear", async () => {
    const key = "Planted.Key_0123456789";
    const workspace = await testWorkspace();
    await workspace.prepareStack("hybrid");
    const set = ["config", "set", "--secret", "windows365-network:sharedKeyBerlin", "--stack", "hybrid"];
    expectSuccess(await workspace.pulumi(set, { input: key }));
    const runs = [
      await workspace.pulumi([...commands.preview("hybrid"), "--diff"]),
      await workspace.pulumi(commands.up("hybrid")),
      await workspace.pulumi(["stack", "export", "--stack", "hybrid"]),
      await workspace.pulumi(["stack", "output", "--json", "--stack", "hybrid"]),
    ];
    runs.forEach(expectSuccess);
    const state = readFileSync(join(workspace.folder, "state/.pulumi/stacks/windows365-network/hybrid.json"), "utf8");
    const config = readFileSync(workspace.configFile("hybrid"), "utf8");
    const texts = [...runs.map(({ output }) => output), state, config, JSON.stringify(workspace.sandbox.requests)];
    expect(texts.filter((text) => text.includes(key))).toEqual([]);
    expect(state).toContain("con-w365-hub-weu-berlin");
    expectSuccess(await workspace.pulumi(commands.destroy("hybrid")));
  });

  test("that was set without --secret is refused, and nothing is deployed", async () => {
    const workspace = await testWorkspace();
    await workspace.prepareStack("hybrid");
    const set = [
      "config",
      "set",
      "--plaintext",
      "windows365-network:sharedKeyBerlin",
      "Plain.Key",
      "--stack",
      "hybrid",
    ];
    expectSuccess(await workspace.pulumi(set));
    const { exitCode, output } = await workspace.pulumi(commands.up("hybrid"));
    expect(exitCode).not.toBe(0);
    expect(output).toContain("sharedKeyBerlin");
    expect(output).toContain("--secret");
    expect(output).not.toContain("Plain.Key");
    expect(output).not.toMatch(/\n\s+at /);
    expect(workspace.sandbox.azure.count()).toBe(0);
  });
});
