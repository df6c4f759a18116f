import { describe, expect, test } from "vitest";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";
import { environmentOf } from "../support/stack-environment.ts";

const group = "00000000-0000-4000-8000-00000000000a";
const windows365 = {
  connections: {},
  provisioningPolicies: [{ name: "Staff", pools: ["weu/staff"], imageId: "image", groupIds: [group] }],
  userSettings: [{ name: "Staff", resetEnabled: true, groupIds: [group] }],
  singleSignOn: {},
};

describe("connections in a stack that holds everything", () => {
  test("are made after the network with what is on them, left alone, and removed before it", async () => {
    const workspace = await testWorkspace();
    const { azure, graph } = workspace.sandbox;
    const environment = { ...environmentOf("minimal"), windows365 };
    await workspace.prepareStack("anc", { "windows365-network:environment": environment });
    const preview = await workspace.pulumi(commands.preview("anc"));
    expectSuccess(preview);
    expect(preview.output).toContain(
      "whether an Azure network connection may be made is judged when the network is there",
    );
    expect(graph.requests.filter(({ method }) => method !== "GET")).toEqual([]);

    expectSuccess(await workspace.pulumi(commands.up("anc")));
    const { connections } = await stackOutputs(workspace, "anc");
    expect(connections).toMatchObject([{ region: "weu", pool: "staff", healthCheckStatus: "passed" }]);
    expect(graph.policies()).toMatchObject([{ displayName: "Staff" }]);
    expectSuccess(await workspace.pulumi([...commands.up("anc"), "--expect-no-changes"]));
    expectSuccess(await workspace.pulumi([...commands.preview("anc"), "--expect-no-changes"]));

    const before = workspace.sandbox.requests.length;
    let connectionsAtFirstDelete: number | undefined;
    workspace.sandbox.onRequest(() => {
      connectionsAtFirstDelete ??= graph.connections().length;
    });
    expectSuccess(await workspace.pulumi(commands.destroy("anc")));
    expect(workspace.sandbox.requests.length).toBeGreaterThan(before);
    expect(connectionsAtFirstDelete).toBe(0);
    expect(azure.resources().map(({ id }) => id)).toEqual([]);
  });

  test("are not made with an application's sign-in, which is told why; the network stays", async () => {
    const workspace = await testWorkspace();
    const { graph } = workspace.sandbox;
    const environment = { ...environmentOf("minimal"), windows365: { connections: {} } };
    await workspace.prepareStack("anc", { "windows365-network:environment": environment });
    const { exitCode, output } = await workspace.pulumi(commands.up("anc"), {
      env: { WINDOWS365_GRAPH_TOKEN: graph.applicationToken() },
    });
    expect(exitCode, output).not.toBe(0);
    expect(output).toContain("by a person only, and the provider is signed in as an application");
    expect(graph.connections()).toEqual([]);
  });
});

describe("connections as a stack of their own", () => {
  test("are judged by the states of the stacks that hold the network", async () => {
    const workspace = await testWorkspace();
    const { graph, azure } = workspace.sandbox;
    const environment = { ...environmentOf("example"), windows365: { connections: {} } };
    const shared = { "windows365-network:environment": environment };
    const stacks = ["hub", "weu"].map((name) => `organization/windows365-network/${name}`);
    await workspace.prepareStack("hub", { ...shared, "windows365-network:layer": "hub" });
    await workspace.prepareStack("weu", {
      ...shared,
      "windows365-network:layer": "region",
      "windows365-network:region": "weu",
      "windows365-network:hubStack": stacks[0],
    });
    const connection = {
      ...shared,
      "windows365-network:layer": "connection",
      "windows365-network:networkStacks": stacks,
    };
    await workspace.prepareStack("connection", connection);
    expectSuccess(await workspace.pulumi(commands.up("hub")));

    const early = await workspace.pulumi(commands.up("connection"));
    expect(early.exitCode).not.toBe(0);
    expect(early.output).toContain(`stack "${stacks[1]}" has no outputs of the network; deploy it first`);

    expectSuccess(await workspace.pulumi(commands.up("weu")));
    expectSuccess(await workspace.pulumi(commands.preview("connection")));
    expectSuccess(await workspace.pulumi(commands.up("connection")));
    const places = (await stackOutputs(workspace, "connection")).connections;
    expect(places).toMatchObject([
      { pool: "staff", healthCheckStatus: "passed" },
      { pool: "developers", healthCheckStatus: "passed" },
    ]);
    expectSuccess(await workspace.pulumi([...commands.up("connection"), "--expect-no-changes"]));

    // Who may have a Cloud PC is not the network's concern: its stacks need no deployment for it.
    const settings = [{ name: "Staff", groupIds: [group] }];
    const changed = { ...environment, windows365: { connections: {}, userSettings: settings } };
    await workspace.prepareStack("connection", { ...connection, "windows365-network:environment": changed });
    expectSuccess(await workspace.pulumi(commands.up("connection")));

    const other = { ...environment, tags: { changed: "yes" } };
    await workspace.prepareStack("connection", { ...connection, "windows365-network:environment": other });
    const differs = await workspace.pulumi(commands.up("connection"));
    for (const name of stacks) {
      expect(differs.output).toContain(`stack "${name}" was deployed with another windows365-network:environment`);
    }

    // What somebody changed by hand counts as soon as the state of the network's stack has it.
    await workspace.prepareStack("connection", connection);
    const table = azure.resources().find(({ type }) => type === "Microsoft.Network/routeTables");
    if (table === undefined) throw new Error("the region has no route table");
    const drop = { name: "drop", properties: { addressPrefix: "0.0.0.0/0", nextHopType: "None" } };
    azure.plant(table.id, { location: table.location, properties: { ...table.properties, routes: [drop] } });
    expectSuccess(await workspace.pulumi(commands.refresh("weu")));
    const drifted = await workspace.pulumi(commands.up("connection"));
    expect(drifted.exitCode).not.toBe(0);
    expect(drifted.output).toContain("no Azure network connection is made");
    expect(drifted.output).toContain('user route "drop" 0.0.0.0/0 drops it');
    expect(graph.connections()).toHaveLength(2);

    expectSuccess(await workspace.pulumi(commands.destroy("connection")));
    expect(graph.connections()).toEqual([]);
  });
});
