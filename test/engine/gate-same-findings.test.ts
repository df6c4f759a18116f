import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";
import { changedProduct, type PlantedFault, plantedFaults } from "../support/planted-faults.ts";

const product = changedProduct();
const workspace = await testWorkspace({ programRoot: product.root });
afterAll(product.remove);

/** The findings of `w365 check`, as rule, outcome, what was judged and what is wrong. */
function findings(...input: readonly string[]): Promise<readonly string[]> {
  const args = [join(product.root, "cli", "w365.js"), "check", ...input, "--format", "json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: product.root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (Number(error?.code ?? 0) > 1) return reject(new Error(stderr));
      const report: Report = JSON.parse(stdout);
      const lines = report.findings.map(({ rule, outcome, checked, about }) =>
        [rule, outcome, checked.name, about].join(" | ").replace(ownName, "(id)"),
      );
      resolve(lines.sort());
    });
  });
}

/** The subscription, which a program alone does not know, and what is named after it. */
const ownName = /\{subscription\}|[0-9a-f]{8}-[0-9a-f-]{27}(?= \|)/g;

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly outcome: string;
    readonly checked: { readonly name: string };
    readonly about: string;
  }[];
}

/**
 * Deploys a stack and reads it three times: as the program, the state of the stack and the export of what is in Azure. No export of
 * Azure says where Cloud PCs will be and how they join; the connections of Microsoft Graph do.
 */
async function readThrice(stack: string, fault?: PlantedFault) {
  product.change(...(fault === undefined ? [] : [fault]));
  await workspace.prepareStack(stack);
  expectSuccess(await workspace.pulumi(commands.up(stack)));
  const stateFile = join(workspace.folder, "state.json");
  const armFile = join(workspace.folder, "arm.json");
  expectSuccess(await workspace.pulumi(["stack", "export", "--stack", stack, "--file", stateFile]));
  writeFileSync(armFile, JSON.stringify(workspace.sandbox.azure.resources()));
  const connectionsFile = join(workspace.folder, "connections.json");
  const { azureNetworkConnections } = await stackOutputs(workspace, stack);
  writeFileSync(connectionsFile, JSON.stringify(inGraphsForm(azureNetworkConnections)));
  const read = {
    program: await findings("--stack", stack),
    state: await findings("--state", stateFile),
    arm: await findings("--arm", armFile, "--arm", connectionsFile),
  };
  expectSuccess(await workspace.pulumi(commands.destroy(stack)));
  return read;
}

/** Connections as Microsoft Graph lists them, made of the output of a stack. */
function inGraphsForm(output: unknown) {
  const value = (Array.isArray(output) ? output : []).map(({ region, pool, joinType, ...rest }) => ({
    "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
    id: `${region}-${pool}`,
    displayName: `${region}-${pool}`,
    connectionType: joinType,
    ...rest,
  }));
  return { value };
}

/** Mistakes that Azure takes, and that are wrong whatever the Cloud PCs are: an export says nothing of those. */
const faults = [
  "a subnet without a security group",
  "no role on the virtual network",
  "a security group that lets everything in",
];

describe("the same network as program, as state of its stack and as export of Azure", () => {
  test("is ready in each, with nothing undecided", async () => {
    const { program, state, arm } = await readThrice("minimal");
    expect(program).toEqual([]);
    expect(state).toEqual(program);
    expect(arm).toEqual(program);
  });

  test.each(faults)("has the same findings in each, with %s", async (name) => {
    const fault = plantedFaults.find((each) => each.fault === name);
    const { program, state, arm } = await readThrice("minimal", fault);
    expect(program).toContainEqual(expect.stringMatching(new RegExp(`^${fault?.rule} \\| fail`)));
    expect(state).toEqual(program);
    expect(arm).toEqual(program);
  });

  test("has the same findings in each, with a firewall, and a peering that is wrong", async () => {
    const fault = plantedFaults.find((each) => each.fault === "a peering that lets no forwarded traffic in");
    const { program, state, arm } = await readThrice("example", fault);
    expect(program.length).toBeGreaterThan(0);
    expect(state).toEqual(program);
    expect(arm).toEqual(program);
  });
});
