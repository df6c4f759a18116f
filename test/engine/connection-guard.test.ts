import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";
import { changedProduct, plantedFaults } from "../support/planted-faults.ts";
import { environmentOf } from "../support/stack-environment.ts";

const product = changedProduct();
const workspace = await testWorkspace({ programRoot: product.root });
afterAll(() => product.remove());
const { graph } = workspace.sandbox;
const config = {
  "windows365-network:environment": { ...environmentOf("minimal"), windows365: { connections: {} } },
};

/** Mistakes of one kind each: a route, an egress, a role, a size, a rule, a lock. */
const faults = plantedFaults.filter(({ fault }) =>
  [
    "a default route that drops everything",
    "no way to the Internet",
    "no role on the virtual network",
    "a subnet too small for its Cloud PCs",
    "a security group that lets everything in",
  ].includes(fault),
);

describe("the guard of a connection, with no pack given and --skip-preview", () => {
  beforeEach(() => workspace.prepareStack("guarded", config));

  test.each(faults)("lets none be made over $fault", async (fault) => {
    product.change(fault);
    const { exitCode, output } = await workspace.pulumi(commands.up("guarded"));
    expect(exitCode, output).not.toBe(0);
    expect(output).toContain("no Azure network connection is made: ");
    expect(output).toContain(`${fault.rule}: `);
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(graph.connections()).toEqual([]);
  });

  test("is not asked over a network that Azure refuses: the deployment ends with Azure's reason", async () => {
    product.change({
      file: "components/cloud-pc-spoke.ts",
      from: "addressPrefix: formatPrefix(subnet.addressPrefix),",
      to: 'addressPrefix: "192.168.77.0/24",',
    });
    const { exitCode, output } = await workspace.pulumi(commands.up("guarded"));
    expect(exitCode, output).not.toBe(0);
    expect(output).toContain("NetcfgSubnetRangeOutsideVnet");
    expect(output).not.toContain("no Azure network connection is made");
    expect(graph.connections()).toEqual([]);
  });

  test("lets it be made once the network is mended, and does not ask Graph before", async () => {
    const before = graph.requests.length;
    expect(before).toBe(0);
    product.change();
    expectSuccess(await workspace.pulumi(commands.up("guarded")));
    expect(graph.connections()).toHaveLength(1);
  });

  test("judges what a deployment with a target leaves alone by its state, not by what the program asks for", async () => {
    product.change(faultNamed("a default route that drops everything"));
    const target = await workspace.pulumi([
      ...commands.up("guarded"),
      "--target",
      "urn:pulumi:guarded::windows365-network::azure-native:resources:ResourceGroup::region-weu.rg",
    ]);
    expectSuccess(target);
    expect(graph.connections()).toHaveLength(1);
  });
});

test("the guard refuses a network of which a deployment with a target makes only a part", async () => {
  const fresh = await testWorkspace();
  await fresh.prepareStack("part", config);
  const { exitCode, output } = await fresh.pulumi([
    ...commands.up("part"),
    "--target",
    "urn:pulumi:part::windows365-network::azure-native:resources:ResourceGroup::region-weu.rg",
  ]);
  expect(exitCode, output).not.toBe(0);
  expect(output).toMatch(/the network cannot be judged: .* does not exist; deploy it first/);
});

function faultNamed(name: string) {
  const found = plantedFaults.find(({ fault }) => fault === name);
  if (found === undefined) throw new Error(`there is no planted fault "${name}"`);
  return found;
}
