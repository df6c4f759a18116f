import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { createSandboxProject, type SandboxProject } from "../support/sandbox-engine.ts";
import { networkProgram } from "../support/sandbox-program.ts";

const groupId = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001/resourceGroups/rg-cloudpc";
const spokeId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet-spoke`;
const subnetId = `${spokeId}/subnets/snet-cloudpc-1`;
const up = ["up", "--yes", "--skip-preview"] as const;

/** Each test goes on from where the one before left the network, as a person would. */
describe("the life of a network under the real engine", { timeout: 120_000 }, () => {
  let sandbox: Sandbox;
  let project: SandboxProject;

  beforeAll(async () => {
    sandbox = await startSandbox();
    project = await createSandboxProject(sandbox, networkProgram());
  });
  afterAll(async () => {
    project?.remove();
    await sandbox?.stop();
  });

  test("a preview leaves ids unknown and Azure untouched", async () => {
    const { exitCode, output } = await project.pulumi("preview");
    expect(output).toContain("subnetId: [unknown]");
    expect(output).toContain("+ 9 to create");
    expect(exitCode).toBe(0);
    expect(sandbox.azure.count()).toBe(0);
  });

  test("up makes everything, one write at a time per virtual network", async () => {
    const { exitCode, output } = await project.pulumi(...up);
    expect(output).toContain("+ 9 created");
    expect(exitCode).toBe(0);
    expect(sandbox.azure.count()).toBe(8);
    expect(sandbox.requests.filter((request) => request.conflict)).toEqual([]);
    expect(sandbox.azure.get(`${spokeId}/virtualNetworkPeerings/to-hub`)?.properties.peeringState).toBe("Connected");
  });

  test("up again changes nothing", async () => {
    const { exitCode } = await project.pulumi(...up, "--expect-no-changes");
    expect(exitCode).toBe(0);
  });

  test("refresh changes nothing", async () => {
    const { exitCode, output } = await project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    expect(output).toContain("9 unchanged");
    expect(exitCode).toBe(0);
  });

  test("a changed tag updates in place and leaves the subnets of the virtual network alone", async () => {
    project.setProgram(networkProgram({ owner: "workplace team" }));
    const { exitCode, output } = await project.pulumi(...up);
    expect(output).toContain("~ 4 updated");
    expect(exitCode).toBe(0);
    expect(sandbox.azure.get(spokeId)?.tags).toEqual({ owner: "workplace team" });
    expect(sandbox.azure.get(subnetId)?.properties.addressPrefix).toBe("10.20.1.0/24");
  });

  test("refresh sees a planted drift, and up repairs it", async () => {
    sandbox.azure.plant(subnetId, { properties: { networkSecurityGroup: null } });
    const refresh = await project.pulumi("refresh", "--yes", "--skip-preview");
    expect(refresh.output).toMatch(/Subnet first updated .*\[diff: -networkSecurityGroup\]/);
    const repaired = await project.pulumi(...up);
    expect(repaired.output).toContain("~ 1 updated");
    expect(sandbox.azure.get(subnetId)?.properties.networkSecurityGroup).toEqual({
      id: `${groupId}/providers/Microsoft.Network/networkSecurityGroups/nsg-cloudpc`,
    });
  });

  test("refresh sees that a resource was removed, and up makes it again", async () => {
    sandbox.azure.remove(`${spokeId}/subnets/snet-cloudpc-2`);
    const refresh = await project.pulumi("refresh", "--yes", "--skip-preview");
    expect(refresh.output).toContain("- 1 deleted");
    const repaired = await project.pulumi(...up);
    expect(repaired.output).toContain("+ 1 created");
  });

  test("a network interface of the service blocks the deletion of its subnet", async () => {
    const interfaceId = sandbox.azure.injectNetworkInterface(subnetId);
    const { exitCode, output } = await project.pulumi("destroy", "--yes", "--skip-preview");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("InUseSubnetCannotBeDeleted");
    sandbox.azure.remove(interfaceId);
  });

  test("a resource whose creation was refused because it exists can be imported", async () => {
    const id = `${groupId}/providers/Microsoft.Network/networkSecurityGroups/nsg-other`;
    await project.pulumi(...up);
    sandbox.azure.plant(id, { location: "westeurope", properties: { securityRules: [] } });
    const extra = (options: string): string =>
      `new network.NetworkSecurityGroup("other", { ...at, networkSecurityGroupName: "nsg-other", location: "westeurope", securityRules: [] }, ${options});`;
    project.setProgram(networkProgram({ extra: extra("{}") }));
    const refused = await project.pulumi(...up);
    expect(refused.output).toContain(`cannot create already existing resource '${id}'`);
    project.setProgram(networkProgram({ extra: extra(`{ import: "${id}" }`) }));
    const imported = await project.pulumi(...up);
    expect(imported.output).toContain("= 1 imported");
    expect(imported.exitCode).toBe(0);
    const again = await project.pulumi(...up, "--expect-no-changes");
    expect(again.exitCode).toBe(0);
  });

  test("destroy leaves nothing", async () => {
    const { exitCode } = await project.pulumi("destroy", "--yes", "--skip-preview");
    expect(exitCode).toBe(0);
    expect(sandbox.azure.resources()).toEqual([]);
  });
});
