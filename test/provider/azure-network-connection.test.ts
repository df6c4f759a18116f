import { describe, expect, test } from "vitest";
import { containsSecret, type PropertyMap, plain, plainMap, secret } from "../../provider/protocol/property-values.ts";
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

describe("checking a connection", () => {
  test.each([
    {
      case: "a misspelt input",
      news: { ...entraInputs, subnetID: subnetId },
      failure:
        "subnetID: is no input; there are displayName, connectionType, resourceGroupId, subscriptionId, virtualNetworkId, subnetId, adDomainName, adDomainUsername, adDomainPassword, organizationalUnit",
    },
    { case: "no subnet", news: { ...entraInputs, subnetId: null }, failure: "subnetId: is required" },
    {
      case: "a subnet that is a network",
      news: { ...entraInputs, subnetId: virtualNetworkId },
      failure: 'subnetId: must be the id of an Azure resource such as "/subscriptions/…/virtualNetworks/…/subnets/…"',
    },
    {
      case: "a group of another subscription",
      news: {
        ...entraInputs,
        resourceGroupId: "/subscriptions/5a9db0c0-0000-4000-8000-000000000002/resourceGroups/rg",
      },
      failure: "resourceGroupId: is in another subscription than the subnet; a connection has one subscription",
    },
    {
      case: "a domain with Entra join",
      news: { ...entraInputs, adDomainName: "corp.contoso.com" },
      failure: 'adDomainName: belongs to connectionType "hybridAzureADJoin" only',
    },
    {
      case: "hybrid join without an account",
      news: { ...hybridInputs(), adDomainUsername: null },
      failure: 'adDomainUsername: is required with connectionType "hybridAzureADJoin"',
    },
    {
      case: "an account without its domain",
      news: { ...hybridInputs(), adDomainUsername: "join" },
      failure: 'adDomainUsername: must be of the form "account@corp.contoso.com"',
    },
    {
      case: "a unit that is no distinguished name",
      news: { ...hybridInputs(), organizationalUnit: "Cloud PCs" },
      failure: 'organizationalUnit: must be a distinguished name such as "OU=Cloud PCs,DC=corp,DC=contoso,DC=com"',
    },
  ])("refuses $case", async ({ news, failure }) => {
    const client = await connectProvider();
    expect((await client.check(type, news)).failures).toEqual([failure]);
  });

  test("never repeats a password", async () => {
    const client = await connectProvider();
    const { failures } = await client.check(type, { ...entraInputs, adDomainPassword: secret(password) });
    expect(failures).toEqual(['adDomainPassword: belongs to connectionType "hybridAzureADJoin" only']);
  });

  test("puts a salted hash, as a secret, in the place of the password", async () => {
    const client = await connectProvider();
    const [one, other] = [await client.check(type, hybridInputs()), await client.check(type, hybridInputs())];
    expect(JSON.stringify([one, other])).not.toContain(password);
    expect(containsSecret(one.inputs.adDomainPassword)).toBe(true);
    expect(plain(one.inputs.adDomainPassword ?? null)).toMatch(/^scrypt\$[0-9a-f]{32}\$[0-9a-f]{64}$/);
    expect(plain(one.inputs.adDomainPassword ?? null)).not.toEqual(plain(other.inputs.adDomainPassword ?? null));
  });

  test("keeps the hash of a password that has not changed, and makes another for one that has", async () => {
    const client = await connectProvider();
    const first = await client.check(type, hybridInputs());
    const same = await client.check(type, hybridInputs(), first.inputs);
    const other = await client.check(type, hybridInputs("another"), first.inputs);
    expect(await client.diff(type, { inputs: same.inputs, oldInputs: first.inputs })).toEqual([]);
    expect(await client.diff(type, { inputs: other.inputs, oldInputs: first.inputs })).toEqual(["adDomainPassword"]);
  });

  test("keeps the hash where the program ignores changes of the password", async () => {
    const client = await connectProvider();
    const first = await client.check(type, hybridInputs());
    const again = await client.check(type, { ...hybridInputs(), ...first.inputs }, first.inputs);
    expect(again.inputs.adDomainPassword).toEqual(first.inputs.adDomainPassword);
  });

  test("makes a name from the logical one where there is none, and keeps it", async () => {
    const client = await connectProvider();
    const { displayName: _, ...unnamed } = entraInputs;
    const first = await client.check(type, unnamed);
    expect(first.inputs.displayName).toBe("emea-01020304");
    expect((await client.check(type, unnamed, first.inputs)).inputs).toEqual(first.inputs);
  });

  test("leaves open what is not known yet", async () => {
    const client = await connectProvider();
    const news = { ...hybridInputs(), subnetId: notKnownYet, adDomainPassword: secret(notKnownYet) };
    const open = { subscriptionId: notKnownYet, virtualNetworkId: notKnownYet };
    const __defaults = ["subscriptionId", "virtualNetworkId"];
    expect(await client.check(type, news)).toEqual({ inputs: { ...news, ...open, __defaults }, failures: [] });
  });

  test("fills in what follows from the subnet, so that policies see it, and takes it from the program too", async () => {
    const client = await connectProvider();
    const place = { subscriptionId, virtualNetworkId };
    expect((await client.check(type, entraInputs)).inputs).toEqual({
      ...entraInputs,
      ...place,
      __defaults: ["subscriptionId", "virtualNetworkId"],
    });
    expect(await client.check(type, { ...entraInputs, ...place })).toEqual({
      inputs: { ...entraInputs, ...place },
      failures: [],
    });
    const other = {
      ...entraInputs,
      subscriptionId: subscriptionId.replace(/1$/, "2"),
      virtualNetworkId: `${virtualNetworkId}-2`,
    };
    expect((await client.check(type, other)).failures).toEqual([
      "subscriptionId: is not the subscription of the subnet; leave it out",
      "virtualNetworkId: is not the virtual network of the subnet; leave it out",
    ]);
  });
});

describe("comparing a connection", () => {
  test.each([
    { of: "displayName", to: "anc-other", diff: ["displayName"] },
    { of: "organizationalUnit", to: "OU=Other,DC=corp,DC=contoso,DC=com", diff: ["organizationalUnit"] },
    { of: "adDomainUsername", to: "other@corp.contoso.com", diff: ["adDomainUsername"] },
    { of: "adDomainUsername", to: "JOIN@corp.contoso.com", diff: [] },
    { of: "subnetId", to: subnetId.toLowerCase(), diff: [] },
    { of: "resourceGroupId", to: resourceGroupId.toUpperCase(), diff: [] },
  ])("$of to $to changes $diff in place", async ({ of, to, diff }) => {
    const client = await connectProvider();
    const { inputs: oldInputs } = await client.check(type, hybridInputs());
    expect(await client.diff(type, { oldInputs, inputs: { ...oldInputs, [of]: to } })).toEqual(diff);
  });

  test.each([
    { of: "subnetId", to: `${virtualNetworkId}/subnets/other` },
    { of: "resourceGroupId", to: `${resourceGroupId}-other` },
    { of: "adDomainName", to: "other.contoso.com" },
    { of: "connectionType", to: "azureADJoin" },
  ])("another $of makes another connection, which takes another name", async ({ of, to }) => {
    const client = await connectProvider();
    const { inputs: oldInputs } = await client.check(type, hybridInputs());
    const inputs = { ...oldInputs, [of]: to };
    await expect(client.diff(type, { oldInputs, inputs })).rejects.toThrow(
      `a change of ${of} makes another connection before the old one is removed, and Graph takes no two of one displayName: change "anc-emea" as well, or leave displayName out`,
    );
    const renamed = { ...inputs, displayName: "anc-emea-2" };
    expect(await client.diff(type, { oldInputs, inputs: renamed })).toEqual(["displayName", `${of} replaces`].sort());
  });

  test("the password that an import is followed by is taken to be the one in use", async () => {
    const client = await connectProvider();
    const { adDomainPassword: _, ...imported } = hybridInputs();
    const { inputs } = await client.check(type, hybridInputs(), imported);
    expect(await client.diff(type, { oldInputs: imported, inputs })).toEqual([]);
  });
});

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
