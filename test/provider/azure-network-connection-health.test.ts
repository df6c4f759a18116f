import { describe, expect, test } from "vitest";
import type { PropertyMap } from "../../provider/protocol/property-values.ts";
import { entraInputs } from "./support/connection-inputs.ts";
import { connectProvider, notKnownYet, type ProviderClient } from "./support/provider-client.ts";

const type = "AzureNetworkConnectionHealth";
const quick = { pollSeconds: 0.02 };

/** Every check of the empty sandbox passes, but for those that are given. */
const passing = [
  "Azure tenant readiness",
  "Azure virtual network readiness",
  "First-party app permissions exist on Azure subscription",
  "First-party app permissions exist on Azure resource group",
  "First-party app permissions exist on Azure virtual network",
].map((displayName) => ({ displayName, status: "passed" as const }));

const blocked = {
  displayName: "Azure virtual network readiness",
  status: "failed",
  errorType: "resourceAvailabilityCheckSubnetDelegationFailed",
  additionalDetail: 'subnet "snet" is delegated to "Microsoft.Web/serverFarms"',
} as const;

const slow = {
  displayName: "Azure virtual network readiness",
  status: "warning",
  errorType: "resourceAvailabilityCheckUnknownError",
} as const;

/** A connection whose checks are about to run. */
async function makeConnection(client: ProviderClient): Promise<string> {
  const { inputs } = await client.check("AzureNetworkConnection", entraInputs);
  return (await client.create("AzureNetworkConnection", inputs)).id;
}

/** How many runs of the checks have been asked for. */
const runs = ({ sandbox }: ProviderClient) =>
  sandbox.graph.requests.filter(({ path }) => path.endsWith("/runHealthChecks")).length;

function script(client: ProviderClient, ...changed: readonly (typeof blocked | typeof slow)[]): void {
  const names = changed.map(({ displayName }) => displayName);
  client.sandbox.graph.setScenario({
    healthChecks: [...changed, ...passing.filter(({ displayName }) => !names.includes(displayName as never))],
  });
}

describe("waiting for the health of a connection", () => {
  test("joins the run that a new connection began, and tells each check as it finishes", async () => {
    const client = await connectProvider({ sandbox: { timeScale: 0.0001 } });
    script(client);
    const connectionId = await makeConnection(client);
    const { id, outputs } = await client.create(type, { connectionId, ...quick });
    expect(id).toBe(connectionId);
    expect(outputs).toEqual({ connectionId, healthCheckStatus: "passed", findings: [] });
    await expect.poll(() => client.log).toHaveLength(8);
    expect(client.log[0]).toBe('passed: "Azure tenant readiness"');
    expect(client.log.at(-1)).toBe('Azure network connection "anc-emea" can be used: passed');
    expect(runs(client)).toBe(0);
  });

  test("knows nothing in a preview, and asks nothing", async () => {
    const client = await connectProvider();
    const { outputs } = await client.create(type, { connectionId: notKnownYet }, { preview: true });
    expect(outputs).toEqual({ connectionId: notKnownYet, healthCheckStatus: notKnownYet, findings: notKnownYet });
    expect(client.sandbox.graph.requests).toEqual([]);
  });

  test("takes a warning for usable, and names it", async () => {
    const client = await connectProvider();
    script(client, slow);
    const { outputs } = await client.create(type, { connectionId: await makeConnection(client), ...quick });
    expect(outputs.healthCheckStatus).toBe("warning");
    expect(outputs.findings).toEqual([{ displayName: slow.displayName, status: "warning", errorType: slow.errorType }]);
  });

  test("a failed check is an error with check, error type, meaning, detail and rule", async () => {
    const client = await connectProvider();
    script(client, blocked);
    const connectionId = await makeConnection(client);
    const coveredBy = { [blocked.errorType]: "subnet-is-dedicated" };
    await expect(client.create(type, { connectionId, ...quick, coveredBy })).rejects.toThrow(
      [
        'Azure network connection "anc-emea" failed 1 health check:',
        '  failed: "Azure virtual network readiness": resourceAvailabilityCheckSubnetDelegationFailed (the subnet is delegated to another service); subnet "snet" is delegated to "Microsoft.Web/serverFarms"; covered by rule "subnet-is-dedicated"',
        'the connection is kept; repair what is named and run "pulumi up" again, which runs the checks again',
      ].join("\n"),
    );
  });

  test("after a failure the next deployment asks for the checks again, and sees their new result", async () => {
    const client = await connectProvider({ sandbox: { timeScale: 0.0001 } });
    script(client, blocked);
    const connectionId = await makeConnection(client);
    await expect(client.create(type, { connectionId, ...quick })).rejects.toThrow("failed 1 health check");
    script(client);
    const { outputs } = await client.create(type, { connectionId, ...quick });
    expect(outputs.healthCheckStatus).toBe("passed");
    expect(runs(client)).toBe(1);
  });

  test("checks that are paused are asked for", async () => {
    const client = await connectProvider();
    script(client);
    const connectionId = await makeConnection(client);
    await client.create(type, { connectionId, ...quick });
    client.sandbox.graph.plantConnection(connectionId, { healthCheckPaused: true });
    await client.create(type, { connectionId, ...quick });
    expect(runs(client)).toBe(1);
  });

  test("a changed trigger asks for the checks again, even if they had passed", async () => {
    const client = await connectProvider();
    script(client);
    const connectionId = await makeConnection(client);
    const oldInputs = { connectionId, ...quick, triggers: ["1"] };
    const { outputs: oldOutputs } = await client.create(type, oldInputs);
    const inputs = { ...oldInputs, triggers: ["2"] };
    expect(await client.diff(type, { inputs, oldInputs, oldOutputs })).toEqual(["triggers"]);
    await client.update(type, { id: connectionId, inputs, oldInputs, oldOutputs });
    expect(runs(client)).toBe(1);
  });

  test("gives up when the time is over, and says how far it came", async () => {
    const client = await connectProvider({ sandbox: { timeScale: 1 } });
    const connectionId = await makeConnection(client);
    await expect(client.create(type, { connectionId, ...quick, timeoutMinutes: 0.001 })).rejects.toThrow(
      'the health checks of Azure network connection "anc-emea" have not ended after 0.001 minutes (health checks pending); the connection is kept, and "pulumi up" goes on waiting',
    );
  });

  test("ends when the engine cancels", async () => {
    const client = await connectProvider({ sandbox: { timeScale: 1 } });
    const connectionId = await makeConnection(client);
    const waiting = client.create(type, { connectionId, pollSeconds: 60 }).catch((error: unknown) => String(error));
    await expect.poll(() => client.sandbox.graph.requests.at(-1)?.query).toMatch(/healthCheckStatusDetail/);
    await client.cancel();
    expect(await waiting).toMatch(/stopped while waiting for the health checks; the connection is kept/);
  });

  test("can be turned off", async () => {
    const client = await connectProvider({ sandbox: { timeScale: 1 } });
    const connectionId = await makeConnection(client);
    const { outputs } = await client.create(type, { connectionId, wait: false });
    expect(outputs).toEqual({ connectionId, healthCheckStatus: "pending", findings: [] });
  });

  test("an application's sign-in may wait, but not ask for the checks", async () => {
    const admin = await connectProvider();
    script(admin);
    const connectionId = await makeConnection(admin);
    await admin.create(type, { connectionId, ...quick });
    const { graph } = admin.sandbox;
    const client = await connectProvider({
      token: () => graph.applicationToken(),
      config: { endpoint: graph.endpoint },
    });
    expect((await client.create(type, { connectionId, ...quick })).outputs.healthCheckStatus).toBe("passed");
    graph.plantConnection(connectionId, { healthCheckStatus: "failed" });
    await expect(client.create(type, { connectionId, ...quick })).rejects.toThrow(/signed in as an application/);
    expect(runs(admin)).toBe(0);
  });
});

describe("comparing the health of a connection", () => {
  const oldInputs: PropertyMap = { connectionId: "1", triggers: ["a"] };
  test.each([
    { because: "another connection is another wait", change: { connectionId: "2" }, diff: ["connectionId replaces"] },
    { because: "how long it waits changes nothing", change: { timeoutMinutes: 5, pollSeconds: 1 }, diff: [] },
    { because: "rule names change nothing", change: { coveredBy: { one: "rule" } }, diff: [] },
    { because: "turning the wait off changes nothing", change: { wait: false }, diff: [] },
  ])("$because", async ({ change, diff }) => {
    const client = await connectProvider();
    const oldOutputs = { healthCheckStatus: "passed" };
    expect(await client.diff(type, { inputs: { ...oldInputs, ...change }, oldInputs, oldOutputs })).toEqual(diff);
  });

  test.each([
    { status: "failed", wait: true, diff: ["healthCheckStatus"] },
    { status: "pending", wait: true, diff: ["healthCheckStatus"] },
    { status: "warning", wait: true, diff: [] },
    { status: "failed", wait: false, diff: [] },
  ])("a refresh that found $status leads to $diff where waiting is $wait", async ({ status, wait, diff }) => {
    const client = await connectProvider();
    const inputs = { ...oldInputs, wait };
    expect(await client.diff(type, { inputs, oldInputs: inputs, oldOutputs: { healthCheckStatus: status } })).toEqual(
      diff,
    );
  });
});
