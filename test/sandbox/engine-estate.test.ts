import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { createSandboxProject, type SandboxProject } from "../support/sandbox-engine.ts";
import { estateProgram } from "../support/sandbox-estate-program.ts";

const groupId = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001/resourceGroups/rg-estate";
const sharedKey = "CorrectHorseBatteryStaple";
const now = ["--yes", "--skip-preview"] as const;

/** Each test goes on from where the one before left the estate. */
describe("an estate with every kind of resource, under the real engine", { timeout: 120_000 }, () => {
  let sandbox: Sandbox;
  let project: SandboxProject;
  const lines: string[] = [];
  let printed = "";

  const pulumi = async (...args: readonly string[]): Promise<number | null> => {
    const { exitCode, output } = await project.pulumi(...args);
    printed += output;
    return exitCode;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ log: (line) => lines.push(line) });
    project = await createSandboxProject(sandbox, estateProgram);
    await project.pulumi("config", "set", "--secret", "sharedKey", sharedKey);
  });
  afterAll(async () => {
    project?.remove();
    await sandbox?.stop();
  });

  test("is previewed and made without a conflict or a refusal", async () => {
    expect(await pulumi("preview", "--diff")).toBe(0);
    expect(await pulumi("up", ...now, "--diff")).toBe(0);
    expect(sandbox.requests.filter((request) => request.method !== "GET" && request.status >= 400)).toEqual([]);
    expect(sandbox.azure.count()).toBe(30);
  });

  test("has what only Azure can know", () => {
    const firewall = sandbox.azure.get(`${groupId}/providers/Microsoft.Network/azureFirewalls/afw-hub`);
    expect(firewall?.properties.ipConfigurations).toMatchObject([{ properties: { privateIPAddress: "10.10.0.4" } }]);
    const nat = `${groupId}/providers/Microsoft.Network/natGateways/ng-cloudpc`;
    const address = sandbox.azure.get(`${groupId}/providers/Microsoft.Network/publicIPAddresses/pip-nat`);
    expect(address?.properties.natGateway).toEqual({ id: nat });
  });

  test("does not change by a second up or a refresh", async () => {
    expect(await pulumi("up", ...now, "--expect-no-changes")).toBe(0);
    expect(await pulumi("refresh", ...now, "--expect-no-changes")).toBe(0);
  });

  test("keeps the pre-shared key out of logs, previews, the state and Azure itself", async () => {
    const { output } = await project.pulumi("stack", "export");
    const state = readFileSync(join(project.folder, "backend/.pulumi/stacks/sandbox-test/dev.json"), "utf8");
    const estate = JSON.stringify([sandbox.azure.resources(), sandbox.azure.exportTemplate(), sandbox.requests]);
    for (const text of [printed, output, state, estate, lines.join("\n")]) {
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain(sharedKey);
    }
  });

  test("can be exported as an ARM template of standalone resources", () => {
    const { resources } = sandbox.azure.exportTemplate();
    expect(resources.length).toBe(29);
    expect(resources.find((resource) => resource.name === "vnet-spoke/snet-cloudpc")).toMatchObject({
      type: "Microsoft.Network/virtualNetworks/subnets",
      apiVersion: "2024-05-01",
      properties: { addressPrefix: "10.20.1.0/24", defaultOutboundAccess: false },
    });
  });

  test("is destroyed to the last resource", async () => {
    expect(await pulumi("destroy", ...now)).toBe(0);
    expect(sandbox.azure.resources()).toEqual([]);
  });
});
