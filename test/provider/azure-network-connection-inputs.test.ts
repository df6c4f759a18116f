import { describe, expect, test } from "vitest";
import { containsSecret, plain, secret } from "../../provider/protocol/property-values.ts";
import {
  entraInputs,
  hybridInputs,
  password,
  resourceGroupId,
  subnetId,
  subscriptionId,
  virtualNetworkId,
} from "./support/connection-inputs.ts";
import { connectProvider, notKnownYet } from "./support/provider-client.ts";

const type = "AzureNetworkConnection";

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
