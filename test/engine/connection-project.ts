import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { windows365ObjectId } from "../../sandbox/azuread/tenant.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/start-sandbox.ts";
import { ensureCli, type PulumiCli } from "../../tools/pulumi/ensure-cli.ts";
import { engineEnvironment } from "../../tools/sandbox/engine-environment.ts";
import { projectRoot } from "../../tools/sandbox/workspace.ts";

/** How a run of the CLI ended; `output` is stdout and stderr as they came. */
export interface Run {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A Pulumi project with resources of the provider `windows365`, run by the real engine against a sandbox. */
export interface ConnectionProject {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Replaces the body of the program, which has the classes of `provider/resources` at hand. */
  setProgram(body: string): void;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  up(...more: readonly string[]): Promise<Run>;
  /** The state, as it stands in its file: what is secret, is encrypted there. */
  stateText(): string;
  /** Id of the only resource of a type in the state. */
  idOf(type: string): string;
}

/** How a run differs. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly onSpawn?: (child: ChildProcess) => void;
}

const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

/** The subscription of the sandbox's networks. */
export const subscription = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001";
/** The resource group of `plantNetwork`. */
export const resourceGroupId = `${subscription}/resourceGroups/rg-cloudpc`;
const network = `${resourceGroupId}/providers/Microsoft.Network`;
/** The virtual network of `plantNetwork`. */
export const virtualNetworkId = `${network}/virtualNetworks/vnet-cloudpc`;
/** The subnet of `plantNetwork`. */
export const subnetId = `${virtualNetworkId}/subnets/snet-cloudpc`;
/** The security group of `plantNetwork`. */
export const securityGroupId = `${network}/networkSecurityGroups/nsg-cloudpc`;

/** Opens a project in a folder of its own, removed after the test file. */
export async function openConnectionProject(options: SandboxOptions = {}): Promise<ConnectionProject> {
  const cli = await ensureCli({ log: () => undefined });
  const sandbox = await startSandbox(options);
  const folder = mkdtempSync(join(tmpdir(), "w365-connection-"));
  opened.push(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const name of ["node_modules", "provider"]) symlinkSync(join(projectRoot, name), join(folder, name));
  mkdirSync(join(folder, "state"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    [
      "name: connection-test",
      "runtime: { name: nodejs, options: { typescript: false } }",
      "main: program.ts",
      "plugins: { providers: [{ name: windows365, path: provider }] }",
      "",
    ].join("\n"),
  );
  const env = {
    ...engineEnvironment(folder, sandbox.debugProviders, { ...process.env, ...cli.env }),
    WINDOWS365_GRAPH_ENDPOINT: sandbox.graph.endpoint,
    WINDOWS365_GRAPH_TOKEN: sandbox.graph.delegatedToken(),
    NODE_COMPILE_CACHE: join(tmpdir(), "w365-connection-compile-cache"),
  };
  const run = (args: readonly string[], more: RunOptions = {}) => runCli(cli, folder, env, args, more);
  const stateText = () => readFileSync(join(folder, "state/.pulumi/stacks/connection-test/dev.json"), "utf8");
  succeeded(await run(["stack", "init", "dev"]));
  return {
    sandbox,
    folder,
    run,
    stateText,
    up: (...more) => run(["up", "--yes", "--skip-preview", "--stack", "dev", ...more]),
    setProgram: (body) => writeFileSync(join(folder, "program.ts"), `${header}\n${body}\n`),
    idOf: (type) => {
      const resources = resourcesOf(stateText()).filter((resource) => resource.type === type);
      expect(resources).toHaveLength(1);
      return resources[0]?.id ?? "";
    },
  };
}

/** Fails the test with what the CLI printed, unless it ended well. */
export function succeeded({ exitCode, output }: Run): string {
  expect(exitCode, output).toBe(0);
  return output;
}

/** Fails the test unless the command failed. Returns what it printed. */
export function failed({ exitCode, output }: Run): string {
  expect(exitCode, output).not.toBe(0);
  return output;
}

/** Puts a network into the sandbox on which every health check passes: private subnet, NAT gateway, no rules, the three roles. */
export function plantNetwork({ azure }: Sandbox): void {
  azure.plant(resourceGroupId, { location: "westeurope" });
  const address = `${network}/publicIPAddresses/pip-cloudpc`;
  azure.plant(address, {
    location: "westeurope",
    sku: { name: "Standard" },
    properties: { publicIPAllocationMethod: "Static", ipAddress: "203.0.113.200" },
  });
  const natGateway = `${network}/natGateways/ng-cloudpc`;
  azure.plant(natGateway, {
    location: "westeurope",
    sku: { name: "Standard" },
    properties: { publicIpAddresses: [{ id: address }] },
  });
  azure.plant(securityGroupId, { location: "westeurope", properties: { securityRules: [] } });
  azure.plant(virtualNetworkId, {
    location: "westeurope",
    properties: { addressSpace: { addressPrefixes: ["10.20.0.0/16"] } },
  });
  azure.plant(subnetId, {
    properties: {
      addressPrefix: "10.20.1.0/24",
      networkSecurityGroup: { id: securityGroupId },
      natGateway: { id: natGateway },
      defaultOutboundAccess: false,
    },
  });
  for (const { scope, role } of roles) plantRole(azure, scope, role);
}

/** The roles that Windows 365 needs. https://learn.microsoft.com/windows-365/enterprise/role-based-access (2024-05-08) */
export const roles = [
  { scope: subscription, role: "acdd72a7-3385-48ef-bd42-f606fba81ae7" },
  { scope: resourceGroupId, role: "1f135831-5bbe-4924-9016-264044c00788" },
  { scope: virtualNetworkId, role: "7eabc9a4-85f7-4f71-b8ab-75daaccc1033" },
];

/** Assigns a role to Windows 365. Returns the id of the assignment. */
export function plantRole(azure: Sandbox["azure"], scope: string, role: string): string {
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${role}`;
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  azure.plant(id, { properties: { principalId: windows365ObjectId, scope, roleDefinitionId } });
  return id;
}

const header = `
import { AzureNetworkConnection } from "${projectRoot}provider/resources/azure-network-connection.ts";
import { AzureNetworkConnectionHealth } from "${projectRoot}provider/resources/azure-network-connection-health.ts";
import { CloudPcProvisioningPolicy } from "${projectRoot}provider/resources/cloud-pc-provisioning-policy.ts";
import * as pulumi from "@pulumi/pulumi";

const resourceGroupId = "${resourceGroupId}";
const subnetId = "${subnetId}";
`;

interface StateResource {
  readonly type: string;
  readonly id: string;
}

function resourcesOf(state: string): readonly StateResource[] {
  const { checkpoint } = JSON.parse(state) as { checkpoint: { latest?: { resources?: readonly StateResource[] } } };
  return checkpoint.latest?.resources ?? [];
}

function runCli(
  cli: PulumiCli,
  cwd: string,
  env: Record<string, string>,
  args: readonly string[],
  { env: added, onSpawn }: RunOptions,
): Promise<Run> {
  const child = spawn(cli.pulumi, [...args, "--non-interactive"], {
    cwd,
    env: { ...env, ...added },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onSpawn?.(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}
