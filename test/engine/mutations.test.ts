import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../tools/sandbox/workspace.ts";
import { testWorkspace } from "../support/engine.ts";
import { sandboxRun } from "../support/sandbox-run.ts";

/** A mistake in the product: what stands in a file, and what would stand there. */
interface Mutation {
  readonly mistake: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What the run must say, so that it is red for this reason. */
  readonly red: RegExp;
  /** Sandbox seconds per Azure second, where the mistake shows only when long operations take long. */
  readonly timeScale?: number;
}

const mutations: readonly Mutation[] = [
  {
    mistake: "subnets that do not wait for each other",
    file: "components/in-series.ts",
    from: "previous === undefined ? [...after] : [previous]",
    to: "[...after]",
    red: /AnotherOperationInProgress/,
  },
  {
    mistake: "a subnet written without its NSG",
    file: "components/cloud-pc-spoke.ts",
    from: "networkSecurityGroup: { id: networkSecurityGroup.id },",
    to: "",
    red: /has no security group/,
  },
  {
    mistake: "a subnet written without its route table",
    file: "components/cloud-pc-spoke.ts",
    from: "routeTable: { id: routeTable.id },",
    to: "",
    red: /has no route table/,
  },
  {
    mistake: "a subnet without its NAT gateway",
    file: "components/cloud-pc-spoke.ts",
    from: "...(args.natGatewayId !== undefined && { natGateway: { id: args.natGatewayId } }),",
    to: "",
    red: /has no explicit egress/,
  },
  {
    mistake: "a subnet with default outbound access",
    file: "components/cloud-pc-spoke.ts",
    from: "defaultOutboundAccess: false,",
    to: "",
    red: /has default outbound access/,
  },
  {
    mistake: "a peering one way",
    file: "components/peering-pair.ts",
    from: 'sides === "both" &&',
    to: "false &&",
    red: /is Initiated|RemoteVnetHasNoGateways|ReferencedResource|Peering/,
  },
  {
    mistake: "a peering that does not wait for the gateway",
    file: "stacks/deploy-hub.ts",
    from: "...(vpn ? [vpn.gateway, ...vpn.connections] : [])",
    to: "",
    red: /RemoteVnetHasNoGateways|AnotherOperationInProgress|ReferencedResourceNotProvisioned/,
    timeScale: 0.001,
  },
  {
    mistake: "a random name",
    file: "components/windows365-permissions.ts",
    from: "roleAssignmentName(scopeId, principal, roleDefinitionId))",
    to: "crypto.randomUUID())",
    red: /the second up changed something/,
  },
  {
    mistake: "a role that is too wide",
    file: "catalogue/roles.json",
    from: '"roleDefinitionId": "1f135831-5bbe-4924-9016-264044c00788"',
    to: '"roleDefinitionId": "b24988ac-6180-42a0-ab88-20f7382dd24c"',
    red: /role b24988ac-6180-42a0-ab88-20f7382dd24c is not the one that is documented for a resourceGroup/,
  },
  {
    mistake: "an inbound rule that admits",
    file: "components/spoke-rules.ts",
    from: 'const closed = { access: "Deny",',
    to: 'const closed = { access: "Allow",',
    red: /lets something in by deny-inbound/,
  },
  {
    mistake: "a priority beyond Azure's range",
    file: "components/spoke-rules.ts",
    from: "priority: 4096,",
    to: "priority: 4097,",
    red: /SecurityRuleInvalidPriority|priority/i,
  },
  {
    mistake: "a public address that may change",
    file: "components/public-addresses.ts",
    from: 'publicIPAllocationMethod: "Static"',
    to: 'publicIPAllocationMethod: "Dynamic"',
    red: /up failed/,
  },
  {
    mistake: "an Azure Firewall subnet that is too small",
    file: "config/plan.ts",
    from: "[reservedSubnetNames.firewall]: 26",
    to: "[reservedSubnetNames.firewall]: 27",
    red: /AzureFirewallSubnet/,
  },
];

describe("the sandbox", () => {
  test("is green for the product as it is", async () => {
    expect(await sandboxRun(await testWorkspace(), "hybrid")).toEqual([]);
  });

  test.each(mutations)("turns red for $mistake", async ({ file, from, to, red, timeScale }) => {
    const programRoot = copyOfProduct();
    try {
      const path = join(programRoot, file);
      const source = readFileSync(path, "utf8");
      expect(source, `${file} no longer has what the mutation changes`).toContain(from);
      writeFileSync(path, source.replace(from, to));
      const problems = await sandboxRun(
        await testWorkspace({ programRoot, ...(timeScale && { timeScale }) }),
        "hybrid",
      );
      expect(problems.join("\n")).toMatch(red);
    } finally {
      rmSync(programRoot, { recursive: true, force: true });
    }
  });
});

/** The sources that a deployment runs, in a folder of their own. */
function copyOfProduct(): string {
  const folder = mkdtempSync(join(tmpdir(), "w365-mutant-"));
  for (const name of [
    "model",
    "catalogue",
    "config",
    "components",
    "provider",
    "policy-packs",
    "stacks",
    "readers",
    "Pulumi.yaml",
    "package.json",
  ]) {
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}
