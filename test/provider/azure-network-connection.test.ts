import { describe, expect, test } from "vitest";
import { type PropertyMap, plainMap } from "../../provider/protocol/property-values.ts";
import {
  entraInputs,
  hybridInputs,
  password,
  resourceGroupId,
  subnetId,
  subscriptionId,
  virtualNetworkId,
} from "./support/connection-inputs.ts";
import { connectProvider, notKnownYet, type ProviderClient } from "./support/provider-client.ts";

const type = "AzureNetworkConnection";
const path = "/v1.0/deviceManagement/virtualEndpoint/onPremisesConnections";

/** Checks inputs and makes a connection of them. */
async function make(client: ProviderClient, news: PropertyMap) {
  const { inputs, failures } = await client.check(type, news);
  expect(failures).toEqual([]);
  const { id, outputs } = await client.create(type, inputs);
  return { id, inputs, outputs };
}

/** Checks changed inputs and updates a connection. */
async function change(client: ProviderClient, made: Awaited<ReturnType<typeof make>>, news: PropertyMap) {
  const { inputs } = await client.check(type, news, made.inputs);
  const outputs = await client.update(type, { id: made.id, inputs, oldInputs: made.inputs, oldOutputs: made.outputs });
  return { id: made.id, inputs, outputs };
}

const writes = ({ sandbox }: ProviderClient) =>
  sandbox.graph.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path: to, status }) => `${method} ${to} ${status}`);

describe("making a connection", () => {
  test("shows in a preview what is known, and asks Graph nothing", async () => {
    const client = await connectProvider();
    const { inputs } = await client.check(type, entraInputs);
    const { id, outputs } = await client.create(type, inputs, { preview: true });
    expect(id).toBe("");
    expect(outputs).toEqual({
      ...entraInputs,
      subscriptionId,
      virtualNetworkId,
      virtualNetworkLocation: notKnownYet,
      revision: notKnownYet,
    });
    expect(client.sandbox.graph.requests).toEqual([]);
  });

  test("answers with the program's spelling of ids that Graph keeps in lower case", async () => {
    const client = await connectProvider();
    const { outputs } = await make(client, entraInputs);
    expect(client.sandbox.graph.connections()[0]?.subnetId).toBe(subnetId.toLowerCase());
    expect(outputs).toMatchObject({ subnetId, resourceGroupId, virtualNetworkId });
  });

  test("waits until reads see it", async () => {
    const client = await connectProvider();
    client.sandbox.graph.setScenario({ unseenFor: 2 });
    const { id } = await make(client, entraInputs);
    const reads = client.sandbox.graph.requests.filter(({ path: to }) => to === `${path}/${id}`);
    expect(reads.map(({ status }) => status)).toEqual([404, 404, 200]);
  });

  test("tells how to take over one of the same name, found on the second page", async () => {
    const client = await connectProvider();
    for (const number of [1, 2, 3]) await make(client, { ...entraInputs, displayName: `other-${number}` });
    const { id } = await make(client, entraInputs);
    await expect(make(client, entraInputs)).rejects.toThrow(
      `Azure network connection "anc-emea" exists already; take it over with "pulumi import windows365:index:AzureNetworkConnection emea ${id}", or choose another displayName`,
    );
  });

  test("is not asked for twice when its answer is lost", async () => {
    const client = await connectProvider();
    client.sandbox.graph.setScenario({ faults: [{ on: { method: "POST" }, effect: { kind: "lost" } }] });
    await expect(make(client, entraInputs)).rejects.toThrow(
      `Microsoft Graph did not answer POST ${path}: ECONNRESET; it may have been carried out all the same`,
    );
    expect(client.sandbox.graph.connections()).toHaveLength(1);
  });

  test("is tried again when Graph throttles it, after the time that Graph names", async () => {
    const client = await connectProvider();
    const throttled = { kind: "refuse", status: 429, code: "TooManyRequests", retryAfterSeconds: 1 } as const;
    client.sandbox.graph.setScenario({ faults: [{ on: { method: "POST", calls: [1] }, effect: throttled }] });
    const started = performance.now();
    await make(client, entraInputs);
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(writes(client)).toEqual([`POST ${path} 429`, `POST ${path} 201`]);
  });
});

describe("an application's sign-in", () => {
  const application = { token: ({ graph }: ProviderClient["sandbox"]) => graph.applicationToken() };
  const refusal =
    /^.*an Azure network connection can be created, changed and removed by a person only, and the provider is signed in as an application: Microsoft documents no application permission for it; let an administrator deploy it/;

  test("is refused before anything is sent", async () => {
    const client = await connectProvider(application);
    const { inputs } = await client.check(type, entraInputs);
    await expect(client.create(type, inputs)).rejects.toThrow(refusal);
    await expect(client.update(type, { id: "1", inputs, oldInputs: inputs })).rejects.toThrow(refusal);
    await expect(client.delete(type, "1")).rejects.toThrow(refusal);
    expect(client.sandbox.graph.requests).toEqual([]);
  });

  test("is warned about in a preview, and may read", async () => {
    const client = await connectProvider(application);
    const { inputs } = await client.check(type, entraInputs);
    await client.create(type, inputs, { preview: true });
    await expect.poll(() => client.log).toEqual([expect.stringMatching(/^this deployment would be refused: an Azure/)]);
    expect(await client.read(type, "00000000-0000-4000-8000-000000000000")).toBeUndefined();
  });

  test("a preview needs no sign-in, and says that there is none", async () => {
    const client = await connectProvider({
      token: () => "",
      config: { endpoint: "https://graph.microsoft.com", authentication: "workloadIdentity" },
    });
    const { inputs } = await client.check(type, entraInputs);
    const { id } = await client.create(type, inputs, { preview: true });
    expect(id).toBe("");
    expect(client.log).toEqual([
      expect.stringMatching(/^this deployment would be refused: nobody is signed in: WorkloadIdentityCredential/),
    ]);
  });

  test("a preview asks nobody for a code", async () => {
    const client = await connectProvider({
      token: () => "",
      config: { endpoint: "https://graph.microsoft.com", authentication: "deviceCode" },
    });
    const { inputs } = await client.check(type, entraInputs);
    await client.create(type, inputs, { preview: true });
    expect(client.log).toEqual([]);
  });

  test("a person without the permission is told which one is missing", async () => {
    const client = await connectProvider({
      token: ({ graph }) => graph.delegatedToken(["User.Read", "CloudPC.Read.All"]),
    });
    const { inputs } = await client.check(type, entraInputs);
    await expect(client.create(type, inputs)).rejects.toThrow(
      'the sign-in lacks the delegated permission "CloudPC.ReadWrite.All", which an Azure network connection takes; it has "User.Read", "CloudPC.Read.All";',
    );
    expect(client.sandbox.graph.requests).toEqual([]);
  });
});

describe("changing a connection", () => {
  test("rotates the password by its own request, and the revision changes", async () => {
    const client = await connectProvider();
    const made = await make(client, hybridInputs());
    const changed = await change(client, made, hybridInputs("Tr0ub4dor&3-second"));
    expect(writes(client).slice(1)).toEqual([`POST ${path}/${made.id}/updateAdDomainPassword 204`]);
    expect(changed.outputs.revision).not.toBe(made.outputs.revision);
    expect(JSON.stringify([client.sandbox.graph.requests, made, changed, client.log])).not.toContain("Tr0ub4dor");
  });

  test("sends another account together with its password", async () => {
    const client = await connectProvider();
    const made = await make(client, hybridInputs());
    await change(client, made, { ...hybridInputs("second"), adDomainUsername: "other@corp.contoso.com" });
    const patch = client.sandbox.graph.requests.find(({ method }) => method === "PATCH");
    expect(patch?.body).toEqual({
      "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
      adDomainUsername: "other@corp.contoso.com",
      adDomainPassword: "[redacted]",
    });
    expect(writes(client)).toHaveLength(2);
  });

  test("empties the organizational unit that the program leaves out", async () => {
    const client = await connectProvider();
    const made = await make(client, hybridInputs());
    const { organizationalUnit: _, ...rest } = hybridInputs();
    await change(client, made, rest);
    expect(client.sandbox.graph.connections()[0]?.organizationalUnit).toBeNull();
  });

  test("no error repeats the password, even if Graph does", async () => {
    const client = await connectProvider();
    const echo = { kind: "refuse", status: 400, code: "BadRequest", message: `'${password}' is too short` } as const;
    client.sandbox.graph.setScenario({ faults: [{ on: { method: "POST" }, effect: echo }] });
    const { inputs } = await client.check(type, hybridInputs());
    const error = await client.create(type, inputs).catch((caught: unknown) => String(caught));
    expect(error).toContain(
      `Microsoft Graph answered POST ${path} with 400 BadRequest: '[secret]' is too short (request-id `,
    );
    expect(error).not.toContain(password);
  });

  test("the password of an earlier process is not needed, unless it is asked for", async () => {
    const before = await connectProvider();
    const { inputs: old } = await before.check(type, hybridInputs());
    const client = await connectProvider();
    await expect(client.create(type, plainMap(old))).rejects.toThrow(
      "adDomainPassword is known by its hash only, because the program ignores its changes; give it again",
    );
  });
});

describe("reading a connection", () => {
  test("finds nothing where it was removed", async () => {
    const client = await connectProvider();
    const made = await make(client, entraInputs);
    client.sandbox.graph.removeConnection(made.id);
    expect(await client.read(type, made.id, made.inputs, made.outputs)).toBeUndefined();
  });

  test("keeps inputs that have not changed as the program wrote them", async () => {
    const client = await connectProvider();
    const made = await make(client, hybridInputs());
    const read = await client.read(type, made.id, made.inputs, made.outputs);
    expect(read).toEqual({ id: made.id, inputs: made.inputs, outputs: made.outputs });
  });

  test("brings what was changed elsewhere into the inputs", async () => {
    const client = await connectProvider();
    const made = await make(client, entraInputs);
    client.sandbox.graph.plantConnection(made.id, { displayName: "renamed" });
    const read = await client.read(type, made.id, made.inputs, made.outputs);
    expect(read?.inputs).toEqual({ ...made.inputs, displayName: "renamed" });
  });

  test("imports everything but the password", async () => {
    const client = await connectProvider();
    const made = await make(client, hybridInputs());
    const { adDomainPassword: _, ...rest } = hybridInputs();
    const read = await client.read(type, made.id);
    expect(read?.inputs).toEqual({
      ...rest,
      subscriptionId,
      virtualNetworkId: virtualNetworkId.toLowerCase(),
      resourceGroupId: resourceGroupId.toLowerCase(),
      subnetId: subnetId.toLowerCase(),
    });
  });
});

describe("removing a connection", () => {
  test("is done once nothing uses it; one that is gone is removed", async () => {
    const client = await connectProvider();
    const made = await make(client, entraInputs);
    await client.delete(type, made.id);
    expect(client.sandbox.graph.connections()).toEqual([]);
    await client.delete(type, made.id);
  });

  test("is refused while a policy names it, with the policy's name, and Graph is not asked to", async () => {
    const client = await connectProvider();
    const made = await make(client, entraInputs);
    await expect.poll(() => client.sandbox.graph.connections()[0]?.healthCheckStatus).toBe("failed");
    client.sandbox.graph.plantConnection(made.id, { healthCheckStatus: "passed" });
    const join = { domainJoinType: "azureADJoin", onPremisesConnectionId: made.id };
    const policy = { displayName: "EMEA", imageId: "image", domainJoinConfigurations: [join] };
    await client.create("CloudPcProvisioningPolicy", policy);
    await expect(client.delete(type, made.id)).rejects.toThrow(
      `Azure network connection "${made.id}" is in use by provisioning policy "EMEA", and is not removed; give the policies another connection, let the Cloud PCs be reprovisioned or removed, then run the same command again`,
    );
    expect(writes(client).filter((line) => line.startsWith("DELETE"))).toEqual([]);
  });

  test("is refused while Cloud PCs stand in its subnet", async () => {
    const client = await connectProvider();
    client.sandbox.azure.plant(resourceGroupId, { location: "westeurope" });
    client.sandbox.azure.plant(virtualNetworkId, { location: "westeurope" });
    client.sandbox.azure.plant(subnetId, { properties: { addressPrefix: "10.20.1.0/24" } });
    client.sandbox.azure.injectNetworkInterface(subnetId);
    const made = await make(client, entraInputs);
    await expect(client.delete(type, made.id)).rejects.toThrow(/is in use by Cloud PCs, and is not removed/);
    expect(client.sandbox.graph.connections()).toHaveLength(1);
  });
});
