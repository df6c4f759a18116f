import { describe, expect, test } from "vitest";
import {
  type ConnectionProject,
  failed,
  openConnectionProject,
  plantNetwork,
  resourceGroupId,
  subnetId,
  succeeded,
  virtualNetworkId,
} from "./connection-project.ts";

const base = "/v1.0/deviceManagement/virtualEndpoint";

/** A connection with Entra join, its health, and a policy on it. */
function program({ displayName = "", subnet = subnetId, description = "Cloud PCs" } = {}): string {
  const named = displayName === "" ? "" : `displayName: "${displayName}", `;
  return `
const connection = new AzureNetworkConnection("emea", {
  ${named}connectionType: "azureADJoin", resourceGroupId, subnetId: "${subnet}",
});
const health = new AzureNetworkConnectionHealth("emea", {
  connectionId: connection.id, triggers: [connection.revision], pollSeconds: 0.1,
});
new CloudPcProvisioningPolicy("emea", {
  displayName: "EMEA", description: "${description}", imageId: "image",
  domainJoinConfigurations: [{ domainJoinType: "azureADJoin", onPremisesConnectionId: health.connectionId }],
  groupIds: ["00000000-0000-4000-8000-00000000000a"],
});
export const status = health.healthCheckStatus;
`;
}

async function deployed(options: Parameters<typeof program>[0] = {}): Promise<ConnectionProject> {
  const project = await openConnectionProject();
  plantNetwork(project.sandbox);
  project.setProgram(program(options));
  succeeded(await project.up());
  return project;
}

const destroy = ["destroy", "--yes", "--skip-preview", "--stack", "dev"];
const refresh = ["refresh", "--yes", "--skip-preview", "--stack", "dev"];

/** Writes since `from`, as "METHOD collection" and what follows the id. */
function writes({ sandbox }: ConnectionProject, from = 0): readonly string[] {
  return sandbox.graph.requests
    .slice(from)
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.slice(base.length + 1).replace(/\/[0-9a-f-]{36}/, "/{id}")}`);
}

describe("an Azure network connection", () => {
  test("is previewed, made, waited for, used, left alone, and removed after the policy that uses it", async () => {
    const project = await openConnectionProject();
    plantNetwork(project.sandbox);
    project.setProgram(program());
    const preview = succeeded(await project.run(["preview", "--stack", "dev"]));
    expect(preview).toContain("+ 4 to create");
    expect(project.sandbox.graph.requests).toEqual([]);

    const output = succeeded(await project.up());
    expect(output).toContain('passed: "Endpoint connectivity"');
    expect(output).toMatch(/Azure network connection "emea-[0-9a-f]{8}" can be used: passed/);
    expect(writes(project)).toEqual([
      "POST onPremisesConnections",
      "POST provisioningPolicies",
      "POST provisioningPolicies/{id}/assign",
    ]);

    const before = project.sandbox.graph.requests.length;
    succeeded(await project.up("--expect-no-changes"));
    expect(project.sandbox.graph.requests.slice(before)).toEqual([]);
    succeeded(await project.run([...refresh, "--expect-no-changes"]));

    succeeded(await project.run(destroy));
    expect(writes(project, before)).toEqual([
      "POST provisioningPolicies/{id}/assign",
      "DELETE provisioningPolicies/{id}",
      "DELETE onPremisesConnections/{id}",
    ]);
    expect([...project.sandbox.graph.connections(), ...project.sandbox.graph.policies()]).toEqual([]);
  });

  test("is changed in place, and its health is waited for again", async () => {
    const project = await deployed({ displayName: "anc-emea" });
    const id = project.idOf("windows365:index:AzureNetworkConnection");
    const before = project.sandbox.graph.requests.length;
    project.setProgram(program({ displayName: "anc-emea-renamed" }));
    const output = succeeded(await project.up());
    expect(output).toMatch(/2 updated/);
    expect(writes(project, before)[0]).toBe("PATCH onPremisesConnections/{id}");
    expect(project.idOf("windows365:index:AzureNetworkConnection")).toBe(id);
    expect(project.sandbox.graph.connections()[0]?.displayName).toBe("anc-emea-renamed");
    succeeded(await project.up("--expect-no-changes"));
  });

  test("is replaced for another subnet: the new one is healthy and used before the old one goes", async () => {
    const project = await deployed();
    const { azure, graph } = project.sandbox;
    const other = `${virtualNetworkId}/subnets/snet-other`;
    azure.plant(other, {
      properties: { ...azure.get(subnetId)?.properties, addressPrefix: "10.20.2.0/24" },
    });
    const before = graph.requests.length;
    project.setProgram(program({ subnet: other }));
    succeeded(await project.up());
    expect(writes(project, before)).toEqual([
      "POST onPremisesConnections",
      "PATCH provisioningPolicies/{id}",
      "DELETE onPremisesConnections/{id}",
    ]);
    expect(graph.connections().map((one) => one.subnetId)).toEqual([other.toLowerCase()]);
    succeeded(await project.up("--expect-no-changes"));
  });

  test("is not replaced under a name of the program's own: the preview says so", async () => {
    const project = await deployed({ displayName: "anc-emea" });
    project.setProgram(program({ displayName: "anc-emea", subnet: `${virtualNetworkId}/subnets/snet-other` }));
    expect(failed(await project.run(["preview", "--stack", "dev"]))).toContain(
      'a change of subnetId makes another connection before the old one is removed, and Graph takes no two of one displayName: change "anc-emea" as well, or leave displayName out',
    );
    expect(project.sandbox.graph.connections()).toHaveLength(1);
  });

  test("is not removed while Cloud PCs use it, and everything before it in the order is", async () => {
    const project = await deployed();
    const { azure, graph } = project.sandbox;
    const networkInterface = azure.injectNetworkInterface(subnetId);
    expect(failed(await project.run(destroy))).toMatch(/is in use by Cloud PCs, and is not removed/);
    expect(graph.connections()).toHaveLength(1);
    expect(graph.policies()).toEqual([]);
    azure.remove(networkInterface);
    succeeded(await project.run(destroy));
    expect(graph.connections()).toEqual([]);
  });

  test("that was removed behind our back is found missing by a refresh, and made again", async () => {
    const project = await deployed();
    const { graph } = project.sandbox;
    const id = project.idOf("windows365:index:AzureNetworkConnection");
    graph.removeConnection(id);
    succeeded(await project.run(refresh));
    const output = succeeded(await project.up());
    expect(output).toMatch(/2 created/);
    expect(graph.connections()).toHaveLength(1);
    expect(project.idOf("windows365:index:AzureNetworkConnection")).not.toBe(id);
    succeeded(await project.up("--expect-no-changes"));
  });

  test("that exists is taken over by its id, unchanged", async () => {
    const project = await openConnectionProject();
    const { graph } = project.sandbox;
    plantNetwork(project.sandbox);
    const body = {
      displayName: "anc-by-hand",
      connectionType: "azureADJoin",
      subscriptionId: subnetId.split("/")[2],
      resourceGroupId,
      virtualNetworkId,
      subnetId,
    };
    const made = await fetch(`${graph.endpoint}${base}/onPremisesConnections`, {
      method: "POST",
      headers: { authorization: `Bearer ${graph.delegatedToken()}` },
      body: JSON.stringify(body),
    });
    expect(made.status).toBe(201);
    const id = graph.connections()[0]?.id ?? "";
    project.setProgram(`
new AzureNetworkConnection("emea", {
  displayName: "anc-by-hand", connectionType: "azureADJoin", resourceGroupId, subnetId,
}, { import: "${id}" });
`);
    const before = graph.requests.length;
    expect(succeeded(await project.up())).toMatch(/1 imported/);
    succeeded(await project.up("--expect-no-changes"));
    expect(writes(project, before)).toEqual([]);
    expect(project.idOf("windows365:index:AzureNetworkConnection")).toBe(id);
  });

  test("of an application's sign-in is warned about in a preview and refused by a deployment, before Graph is asked", async () => {
    const project = await openConnectionProject();
    plantNetwork(project.sandbox);
    project.setProgram(program());
    const env = { WINDOWS365_GRAPH_TOKEN: project.sandbox.graph.applicationToken() };
    const preview = succeeded(await project.run(["preview", "--stack", "dev"], { env }));
    expect(preview).toContain("this deployment would be refused: an Azure network connection can be created");
    const up = failed(await project.run(["up", "--yes", "--skip-preview", "--stack", "dev"], { env }));
    expect(up).toContain("by a person only, and the provider is signed in as an application");
    expect(project.sandbox.graph.requests).toEqual([]);
  });

  test("is asked of nobody but Microsoft and this machine", async () => {
    const project = await openConnectionProject();
    project.setProgram(program());
    const env = { WINDOWS365_GRAPH_ENDPOINT: "https://graph.example.com" };
    expect(failed(await project.run(["up", "--yes", "--skip-preview", "--stack", "dev"], { env }))).toContain(
      'endpoint is "https://graph.example.com"; expected one of "https://graph.microsoft.com"',
    );
  });
});
