import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { createSandboxProject, type SandboxProject } from "../support/sandbox-engine.ts";
import { networkProgram } from "../support/sandbox-program.ts";

const groupId = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001/resourceGroups/rg-cloudpc";
const spokeId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet-spoke`;
const up = ["up", "--yes", "--skip-preview"] as const;
const subnets = "Microsoft.Network/virtualNetworks/subnets";

describe("trouble under the real engine", { timeout: 120_000 }, () => {
  let sandbox: Sandbox;
  let project: SandboxProject;

  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await createSandboxProject(sandbox, networkProgram());
  });
  afterEach(async () => {
    project.remove();
    await sandbox.stop();
  });

  test("an engine killed inside a create leaves a resource that Azure finishes, and that the stack can take over", async () => {
    const { child, ended } = project.start(...up);
    const stopListening = sandbox.onRequest(({ phase, type, creates }) => {
      if (phase === "accepted" && creates && type === subnets) child.kill("SIGKILL");
    });
    await ended;
    await sandbox.settled();
    stopListening();
    expect(sandbox.azure.get(`${spokeId}/subnets/snet-cloudpc-1`)?.properties.provisioningState).toBe("Succeeded");

    expect((await project.pulumi("cancel", "--yes")).exitCode).toBe(0);
    const id = `${spokeId}/subnets/snet-cloudpc-1`;
    const options = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
    const imported = await project.pulumi("import", "azure-native:network:Subnet", "first", id, ...options);
    expect(imported.output).toContain("= 1 imported");
    const second = await project.pulumi(...up);
    expect(second.output).not.toContain("already existing");
    expect(second.exitCode).toBe(0);
    expect(sandbox.azure.count()).toBe(8);
    expect((await project.pulumi(...up, "--expect-no-changes")).exitCode).toBe(0);
  });

  test.each([
    { because: "the caller is throttled", status: 429, code: "TooManyRequests" },
    { because: "a service is down for a moment", status: 503, code: "ServiceUnavailable" },
    { because: "another operation runs", status: 409, code: "AnotherOperationInProgress" },
  ])("a write that is refused with $status because $because is sent again", async ({ status, code }) => {
    sandbox.setScenario({ seed: 7, faults: [{ on: { probability: 0.3 }, effect: { kind: "refuse", status, code } }] });
    const { exitCode } = await project.pulumi(...up);
    expect(sandbox.requests.filter((request) => request.injected).length).toBeGreaterThan(0);
    expect(exitCode).toBe(0);
  });

  test("a call that fails for good is reported with its resource, and the next up converges", async () => {
    sandbox.setScenario({
      faults: [{ on: { type: subnets }, effect: { kind: "refuse", status: 403, code: "AuthorizationFailed" } }],
    });
    const failed = await project.pulumi(...up);
    expect(failed.exitCode).not.toBe(0);
    expect(failed.output).toMatch(/Subnet \(first\):\s+error: sandbox: Status=403 Code="AuthorizationFailed"/);
    sandbox.setScenario({});
    expect((await project.pulumi(...up)).exitCode).toBe(0);
    expect(sandbox.azure.count()).toBe(8);
  });

  test("a resource that fails half-way is in the state, and the next up repairs it", async () => {
    sandbox.setScenario({
      faults: [{ on: { type: subnets, calls: [1] }, effect: { kind: "failHalfway", code: "InternalServerError" } }],
    });
    const failed = await project.pulumi(...up);
    expect(failed.exitCode).not.toBe(0);
    expect(sandbox.azure.get(`${spokeId}/subnets/snet-cloudpc-1`)?.properties.provisioningState).toBe("Failed");
    const repaired = await project.pulumi(...up);
    expect(repaired.exitCode).toBe(0);
    expect(sandbox.azure.get(`${spokeId}/subnets/snet-cloudpc-1`)?.properties.provisioningState).toBe("Succeeded");
  });

  test("writes to one virtual network that do not wait for each other collide, and are recorded", async () => {
    project.setProgram(networkProgram().replace("{ dependsOn: first }", "{}"));
    const { exitCode } = await project.pulumi(...up);
    expect(sandbox.requests.filter((request) => request.conflict).map(({ code }) => code)).toContain(
      "AnotherOperationInProgress",
    );
    expect(exitCode).toBe(0);
  });

  test("what may not be changed replaces, and an explicit name is deleted first", async () => {
    const extra = (location: string): string =>
      `new network.PublicIPAddress("egress", {
        ...at, publicIpAddressName: "pip-egress", location: "${location}", sku: { name: "Standard" }, publicIPAllocationMethod: "Static",
      });`;
    project.setProgram(networkProgram({ extra: extra("westeurope") }));
    await project.pulumi(...up);
    project.setProgram(networkProgram({ extra: extra("northeurope") }));
    const { output } = await project.pulumi(...up);
    expect(output).toContain("+-1 replaced");
    const id = `${groupId}/providers/Microsoft.Network/publicIPAddresses/pip-egress`;
    expect(sandbox.azure.get(id)?.location).toBe("northeurope");
    const writes = sandbox.requests.filter((request) => request.id === id && request.method !== "GET");
    expect(writes.map(({ method }) => method)).toEqual(["PUT", "DELETE", "PUT"]);
  });

  test("two explicit providers write into their own subscriptions", async () => {
    const [hub, spoke] = ["5a9db0c0-0000-4000-8000-00000000000a", "5a9db0c0-0000-4000-8000-00000000000b"];
    project.setProgram(`
import { authorization, Provider, resources } from "@pulumi/azure-native";
const groups = ["${hub}", "${spoke}"].map((subscriptionId, index) => {
  const provider = new Provider("provider-" + index, { subscriptionId });
  const group = new resources.ResourceGroup("group-" + index, { resourceGroupName: "rg-shared", location: "westeurope" }, { provider });
  return [group.id, authorization.getClientConfigOutput({ provider }).subscriptionId];
});
export const all = groups;
`);
    const { exitCode } = await project.pulumi(...up);
    expect(exitCode).toBe(0);
    const outputs: unknown = JSON.parse((await project.pulumi("stack", "output", "--json")).output);
    expect(outputs).toEqual({
      all: [
        [`/subscriptions/${hub}/resourceGroups/rg-shared`, hub],
        [`/subscriptions/${spoke}/resourceGroups/rg-shared`, spoke],
      ],
    });
    expect(sandbox.azure.resources().map(({ id }) => id)).toEqual([
      `/subscriptions/${hub}/resourceGroups/rg-shared`,
      `/subscriptions/${spoke}/resourceGroups/rg-shared`,
    ]);
    expect(sandbox.azure.subscriptions()).toEqual([hub, spoke]);
    expect((await project.pulumi("destroy", "--yes", "--skip-preview")).exitCode).toBe(0);
    expect(sandbox.azure.count()).toBe(0);
  });

  test("Windows 365 and who is signed in can be looked up", async () => {
    project.setProgram(`
import * as azuread from "@pulumi/azuread";
export const principal = (await azuread.getServicePrincipal({ clientId: "0af06dc6-e4b5-4f28-818e-e78e62d137a5" })).objectId;
export const tenant = (await azuread.getClientConfig({})).tenantId;
`);
    expect((await project.pulumi(...up)).exitCode).toBe(0);
    const { output } = await project.pulumi("stack", "output", "--json");
    expect(JSON.parse(output)).toEqual({
      principal: "5a9db0c0-0000-4000-8000-000000000365",
      tenant: "5a9db0c0-0000-4000-8000-0000000000aa",
    });
  });

  test("a type that the sandbox does not imitate is refused in so many words", async () => {
    project.setProgram(networkProgram({ extra: `new network.DdosProtectionPlan("ddos", { ...at });` }));
    const { exitCode, output } = await project.pulumi("preview");
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      'the sandbox does not imitate resources of type "azure-native:network:DdosProtectionPlan"',
    );
  });
});
