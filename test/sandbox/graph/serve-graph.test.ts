import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { windows365ObjectId } from "../../../sandbox/azuread/tenant.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/start-sandbox.ts";

const subscription = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001";
const resourceGroupId = `${subscription}/resourceGroups/rg`;
const virtualNetworkId = `${resourceGroupId}/providers/Microsoft.Network/virtualNetworks/vnet`;
const subnetId = `${virtualNetworkId}/subnets/snet`;
const collection = "/v1.0/deviceManagement/virtualEndpoint/onPremisesConnections";
const body = {
  displayName: "anc",
  connectionType: "azureADJoin",
  subscriptionId: subscription.split("/")[2],
  resourceGroupId,
  virtualNetworkId,
  subnetId,
};

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.stop()));
});

async function open(timeScale = 0): Promise<Sandbox> {
  const sandbox = await startSandbox({ timeScale });
  opened.push(sandbox);
  return sandbox;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly [name: string]: unknown };
}

async function ask(
  { graph }: Sandbox,
  method: string,
  path: string,
  sent?: object,
  token = graph.delegatedToken(),
): Promise<Answer> {
  const response = await fetch(`${graph.endpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(sent && { body: JSON.stringify(sent) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
}

async function make(sandbox: Sandbox, more: object = {}): Promise<string> {
  const { status, body: made } = await ask(sandbox, "POST", collection, { ...body, ...more });
  expect(status).toBe(201);
  return String(made.id);
}

const errorOf = ({ status, body: answer }: Answer) => {
  const { error } = answer as { readonly error: { readonly code: string; readonly message: string } };
  return `${status} ${error.code}: ${error.message}`;
};

describe("the sandbox's Graph", () => {
  test("asks for a token, and for the permission that the page names", async () => {
    const sandbox = await open();
    expect(errorOf(await ask(sandbox, "GET", collection, undefined, "x"))).toMatch(/^401 InvalidAuthenticationToken/);
    const reader = sandbox.graph.delegatedToken(["CloudPC.Read.All"]);
    expect((await ask(sandbox, "GET", collection, undefined, reader)).status).toBe(200);
    expect(errorOf(await ask(sandbox, "POST", collection, body, reader))).toMatch(/^403 Forbidden/);
  });

  test.each([
    { what: "create", method: "POST", path: () => collection, status: 403 },
    { what: "update", method: "PATCH", path: (id: string) => `${collection}/${id}`, status: 403 },
    {
      what: "runHealthChecks",
      method: "POST",
      path: (id: string) => `${collection}/${id}/runHealthChecks`,
      status: 403,
    },
    { what: "list", method: "GET", path: () => collection, status: 200 },
    { what: "get", method: "GET", path: (id: string) => `${collection}/${id}`, status: 200 },
    { what: "delete", method: "DELETE", path: (id: string) => `${collection}/${id}`, status: 204 },
  ])("answers an application's $what with $status, as its page says", async ({ method, path, status }) => {
    const sandbox = await open();
    const id = await make(sandbox);
    const sent = method === "GET" || method === "DELETE" ? undefined : { ...body, displayName: "other" };
    const answer = await ask(sandbox, method, path(id), sent, sandbox.graph.applicationToken());
    expect(answer.status).toBe(status);
  });

  test.each([
    {
      because: "a property is missing",
      change: { subnetId: undefined },
      error: "400 BadRequest: The property 'subnetId' is required.",
    },
    {
      because: "the sample's misspelling is none",
      change: { connnecetionType: "x" },
      error: "400 BadRequest: The property 'connnecetionType' does not exist or cannot be written.",
    },
    {
      because: "it is read-only",
      change: { healthCheckStatus: "passed" },
      error: "400 BadRequest: The property 'healthCheckStatus' does not exist or cannot be written.",
    },
    {
      because: "an id is no id",
      change: { resourceGroupId: "rg" },
      error: "400 BadRequest: The property 'resourceGroupId' is not valid.",
    },
    {
      because: "hybrid join needs a domain",
      change: { connectionType: "hybridAzureADJoin" },
      error: "400 BadRequest: The property 'adDomainName' is required.",
    },
  ])("refuses a connection: $because", async ({ change, error }) => {
    expect(errorOf(await ask(await open(), "POST", collection, { ...body, ...change }))).toBe(error);
  });

  test("takes no two connections of one name", async () => {
    const sandbox = await open();
    await make(sandbox);
    expect(errorOf(await ask(sandbox, "POST", collection, body))).toBe(
      "409 Conflict: An Azure network connection named 'anc' already exists.",
    );
  });

  test("lists by pages, and returns details on demand only", async () => {
    const sandbox = await open();
    for (const number of [1, 2, 3, 4]) await make(sandbox, { displayName: `anc-${number}` });
    const first = await ask(sandbox, "GET", `${collection}?$select=id,displayName`);
    expect(first.body.value).toHaveLength(3);
    const next = new URL(String(first.body["@odata.nextLink"]));
    const second = await ask(sandbox, "GET", `${next.pathname}${next.search}`);
    expect(second.body.value).toEqual([
      { "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection", id: expect.any(String), displayName: "anc-4" },
    ]);
    expect(second.body["@odata.nextLink"]).toBeUndefined();
    const id = sandbox.graph.connections()[0]?.id;
    const plain = await ask(sandbox, "GET", `${collection}/${id}`);
    expect(Object.keys(plain.body)).not.toContain("healthCheckStatusDetail");
    expect(Object.keys(plain.body)).not.toContain("inUse");
    const details = await ask(sandbox, "GET", `${collection}/${id}?$select=id,inUse,healthCheckStatusDetail`);
    expect(details.body).toMatchObject({ id, inUse: false });
  });

  test("keeps ids in lower case, and no password", async () => {
    const sandbox = await open();
    const domain = {
      adDomainName: "corp.contoso.com",
      adDomainUsername: "join@corp.contoso.com",
      adDomainPassword: "hidden-1",
    };
    const id = await make(sandbox, { connectionType: "hybridAzureADJoin", ...domain });
    await ask(sandbox, "POST", `${collection}/${id}/updateAdDomainPassword`, { adDomainPassword: "hidden-2" });
    const seen = JSON.stringify([sandbox.graph.connections(), sandbox.graph.requests]);
    expect(seen).not.toContain("hidden");
    expect(sandbox.graph.connections()[0]?.subnetId).toBe(subnetId.toLowerCase());
  });

  test("shows a new object only to later reads where a scenario says so", async () => {
    const sandbox = await open();
    sandbox.graph.setScenario({ unseenFor: 2 });
    const id = await make(sandbox);
    const statuses = [1, 2, 3].map(() => ask(sandbox, "GET", `${collection}/${id}`));
    expect((await Promise.all(statuses)).map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });

  test("throttles with Retry-After, and loses answers, where a scenario says so", async () => {
    const sandbox = await open();
    const refuse = { kind: "refuse", status: 429, code: "TooManyRequests", retryAfterSeconds: 7 } as const;
    sandbox.graph.setScenario({
      faults: [
        { on: { method: "GET", calls: [1] }, effect: refuse },
        { on: { method: "POST" }, effect: { kind: "lost" } },
      ],
    });
    const throttled = await ask(sandbox, "GET", collection);
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "7"]);
    expect((await ask(sandbox, "GET", collection)).status).toBe(200);
    await expect(ask(sandbox, "POST", collection, body)).rejects.toThrow();
    expect(sandbox.graph.connections()).toHaveLength(1);
  });
});

describe("the health checks of the sandbox's Graph", () => {
  test("go from pending to running to a result, one check after another", async () => {
    const sandbox = await open(0.0003);
    const id = await make(sandbox);
    const seen: string[] = [];
    await expect
      .poll(
        async () => {
          const { body: now } = await ask(sandbox, "GET", `${collection}/${id}?$select=healthCheckStatus`);
          if (seen.at(-1) !== now.healthCheckStatus) seen.push(String(now.healthCheckStatus));
          return now.healthCheckStatus;
        },
        { interval: 5, timeout: 10_000 },
      )
      .toBe("failed");
    expect(seen).toEqual(["pending", "running", "failed"]);
  });

  test("look at the network as it is when they run, and run anew on demand", async () => {
    const sandbox = await open();
    const id = await make(sandbox);
    const failing = async () => {
      await expect.poll(() => sandbox.graph.connections()[0]?.healthCheckStatus).toMatch(/failed|passed|warning/);
      const detail = sandbox.graph.connections()[0]?.healthCheckStatusDetail as {
        healthChecks: { status: string; errorType: string }[];
      };
      return detail.healthChecks.filter(({ status }) => status === "failed").map(({ errorType }) => errorType);
    };
    expect(await failing()).toContain("resourceAvailabilityCheckVNetInvalid");
    expect(await failing()).toContain("permissionCheckNoSubscriptionReaderRole");

    const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    sandbox.azure.plant(`${subscription}/providers/Microsoft.Authorization/roleAssignments/${reader}`, {
      properties: {
        principalId: windows365ObjectId,
        scope: subscription,
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
      },
    });
    expect((await ask(sandbox, "POST", `${collection}/${id}/runHealthChecks`)).status).toBe(204);
    await expect.poll(failing).not.toContain("permissionCheckNoSubscriptionReaderRole");
  });

  test("a result of the scenario stands in for the network's", async () => {
    const sandbox = await open();
    sandbox.graph.setScenario({
      healthChecks: [
        {
          displayName: "Environment and configuration is ready",
          status: "failed",
          errorType: "internalServerUnknownError",
        },
      ],
    });
    await make(sandbox);
    const errors = () => JSON.stringify(sandbox.graph.connections()[0]?.healthCheckStatusDetail ?? null);
    await expect.poll(errors).toContain("internalServerUnknownError");
  });

  test("a policy takes only a connection that has passed, and holds it", async () => {
    const sandbox = await open();
    const id = await make(sandbox);
    await expect.poll(() => sandbox.graph.connections()[0]?.healthCheckStatus).toBe("failed");
    const policies = "/v1.0/deviceManagement/virtualEndpoint/provisioningPolicies";
    const join = { domainJoinType: "azureADJoin", onPremisesConnectionId: id };
    const policy = { displayName: "p", imageId: "i", domainJoinConfigurations: [join] };
    expect(errorOf(await ask(sandbox, "POST", policies, policy))).toBe(
      `400 BadRequest: The Azure network connection '${id}' has not passed its health checks.`,
    );
    sandbox.graph.plantConnection(id, { healthCheckStatus: "warning" });
    expect((await ask(sandbox, "POST", policies, policy)).status).toBe(201);
    expect(errorOf(await ask(sandbox, "DELETE", `${collection}/${id}`))).toMatch(/^409 Conflict: .*in use/);
  });
});

describe("the state of the sandbox's Graph", () => {
  test("lasts between processes, and checks that ran begin again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "w365-graph-"));
    try {
      const statePath = join(folder, "azure.json");
      const first = await startSandbox({ timeScale: 1, statePath });
      const id = await make(first);
      await ask(first, "PATCH", "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2", {
        "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
        state: "enabled",
      });
      await first.stop();
      const second = await startSandbox({ timeScale: 0, statePath });
      expect(second.graph.connections()).toMatchObject([{ id, displayName: "anc" }]);
      expect(second.graph.fido2().state).toBe("enabled");
      await expect.poll(() => second.graph.connections()[0]?.healthCheckStatus).toBe("failed");
      await second.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
