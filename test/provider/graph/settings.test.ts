import { describe, expect, test } from "vitest";
import { createCredential } from "../../../provider/graph/credential.ts";
import { parseGraphEndpoint } from "../../../provider/graph/graph-endpoint.ts";
import {
  authentications,
  providerConfigFailures,
  readProviderConfig,
} from "../../../provider/graph/provider-config.ts";
import { readTokenClaims } from "../../../provider/graph/token-claims.ts";
import { connectProvider } from "../support/provider-client.ts";

describe("the address of Graph", () => {
  test.each([
    { address: "https://graph.microsoft.com", authorityHost: "https://login.microsoftonline.com" },
    { address: "https://graph.microsoft.us/", authorityHost: "https://login.microsoftonline.us" },
    { address: "https://dod-graph.microsoft.us", authorityHost: "https://login.microsoftonline.us" },
    { address: "https://microsoftgraph.chinacloudapi.cn", authorityHost: "https://login.chinacloudapi.cn" },
  ])("$address is Microsoft's", ({ address, authorityHost }) => {
    expect(parseGraphEndpoint(address)).toEqual({ origin: address.replace(/\/$/, ""), authorityHost });
  });

  test.each(["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1", "https://127.0.0.1"])(
    "%s is this machine, where nobody signs in",
    (address) => {
      expect(parseGraphEndpoint(address)).toEqual({ origin: address });
    },
  );

  test.each([
    { address: "http://graph.microsoft.com", because: "a token is not sent in clear" },
    { address: "https://graph.microsoft.com.example.com", because: "the host only begins alike" },
    { address: "https://graph.microsoft.com@example.com", because: "the host stands after the @" },
    { address: "https://user@graph.microsoft.com", because: "an address has no user" },
    { address: "https://graph.microsoft.com:8443", because: "the port is another" },
    { address: "https://graph.microsoft.com/v1.0", because: "the version is added" },
    { address: "http://127.0.0.1.example.com", because: "the host only begins alike" },
    { address: "http://10.0.0.1", because: "it is another machine" },
    { address: "graph", because: "it is no address" },
  ])("$address is refused: $because", ({ address }) => {
    expect(() => parseGraphEndpoint(address)).toThrow(
      `endpoint is "${address}"; expected one of "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us", "https://microsoftgraph.chinacloudapi.cn", or an address of this machine such as "http://127.0.0.1:8080"`,
    );
  });
});

describe("the provider's settings", () => {
  test("are Microsoft's cloud and the Azure CLI's sign-in where nothing is said", () => {
    expect(readProviderConfig({}, {})).toEqual({ endpoint: "https://graph.microsoft.com", authentication: "azureCli" });
  });

  test("come from the environment where the configuration has none", () => {
    const env = {
      WINDOWS365_GRAPH_AUTHENTICATION: "deviceCode",
      WINDOWS365_GRAPH_TENANT_ID: "t",
      WINDOWS365_GRAPH_CLIENT_ID: "c",
    };
    expect(readProviderConfig({ clientId: "mine" }, env)).toEqual({
      endpoint: "https://graph.microsoft.com",
      authentication: "deviceCode",
      tenantId: "t",
      clientId: "mine",
    });
  });

  test("are refused by name, and the token is not repeated", () => {
    expect(providerConfigFailures({ endpont: "x", authentication: "magic", token: 5 })).toEqual([
      {
        property: "endpont",
        reason: "is no setting of provider windows365; there are endpoint, authentication, token, tenantId, clientId",
      },
      {
        property: "authentication",
        reason: `Invalid option: expected one of ${authentications.map((one) => `"${one}"`).join("|")}`,
      },
      { property: "token", reason: "Invalid input: expected string, received number" },
    ]);
  });

  test("are checked when the engine asks", async () => {
    const client = await connectProvider();
    expect(await client.checkConfig({ endpoint: "https://example.com", version: "1.0.0" })).toEqual([
      expect.stringMatching(/^endpoint: endpoint is "https:\/\/example\.com"; expected one of/),
    ]);
    expect(await client.checkConfig({ endpoint: "https://graph.microsoft.us" })).toEqual([]);
  });

  test("this machine gets no token of a real sign-in", async () => {
    const config = readProviderConfig({ endpoint: "http://127.0.0.1:1" }, {});
    const endpoint = parseGraphEndpoint(config.endpoint);
    await expect(createCredential({ config, endpoint, prompt: () => undefined })).rejects.toThrow(
      'endpoint "http://127.0.0.1:1" is this machine and gets no real token; set "token", or WINDOWS365_GRAPH_TOKEN, to one of the sandbox',
    );
  });

  test.each([
    { authentication: "azureCli", credential: "AzureCliCredential" },
    { authentication: "deviceCode", credential: "DeviceCodeCredential" },
    { authentication: "managedIdentity", credential: "ManagedIdentityCredential" },
    { authentication: "environment", credential: "EnvironmentCredential" },
  ])("$authentication signs in by $credential, and by nothing else", async ({ authentication, credential }) => {
    const config = readProviderConfig({ authentication }, {});
    const made = await createCredential({
      config,
      endpoint: parseGraphEndpoint(config.endpoint),
      prompt: () => undefined,
    });
    expect(made.constructor.name).toBe(credential);
  });
});

describe("the claims of a token", () => {
  const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;

  test.each([
    {
      case: "a person's",
      claims: { scp: "CloudPC.ReadWrite.All openid" },
      read: { kind: "delegated", permissions: ["CloudPC.ReadWrite.All", "openid"] },
    },
    {
      case: "an application's",
      claims: { roles: ["CloudPC.ReadWrite.All"] },
      read: { kind: "application", permissions: ["CloudPC.ReadWrite.All"] },
    },
    {
      case: "an application's without a permission",
      claims: { idtyp: "app" },
      read: { kind: "application", permissions: [] },
    },
    {
      case: "a person's with roles of Entra",
      claims: { scp: "User.Read", roles: ["x"], idtyp: "user" },
      read: { kind: "delegated", permissions: ["User.Read"] },
    },
    { case: "one that says neither", claims: { aud: "x" }, read: undefined },
  ])("$case", ({ claims, read }) => {
    expect(readTokenClaims(token(claims))).toEqual(read);
  });

  test.each(["", "opaque", "a.b.c", "a.bm90IGpzb24.c"])("%j says nothing", (text) => {
    expect(readTokenClaims(text)).toBeUndefined();
  });
});
