import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { PulumiRun } from "../../tools/sandbox/workspace.ts";
import { serveConnections } from "../support/connection-provider.ts";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";
import { changedProduct, type Edit } from "../support/planted-faults.ts";
import { bothPacks, violationsIn } from "../support/policy-output.ts";

/** Makes a connection for each pool, after everything else. */
const withConnections: readonly Edit[] = [
  {
    file: "stacks/index.ts",
    from: "  const regions = environment.regions.filter(",
    to: `  const everything: pulumi.Resource[] = [];
  pulumi.runtime.registerStackTransformation(({ resource }) => {
    if (!everything.includes(resource)) everything.push(resource);
    return undefined;
  });
  const regions = environment.regions.filter(`,
  },
  {
    file: "stacks/index.ts",
    from: "  return {\n    /** What an Azure network connection asks for",
    to: `  const dependsOn = [...everything];
  for (const { region: regionName, pool, joinType, subscriptionId, resourceGroupId, virtualNetworkId, subnetId } of deployed.flatMap(({ connections }) => connections)) {
    new pulumi.CustomResource(
      "windows365:index:AzureNetworkConnection",
      regionName + "-" + pool,
      { displayName: regionName + "-" + pool, connectionType: joinType, subscriptionId, resourceGroupId, virtualNetworkId, subnetId },
      { dependsOn },
    );
  }
  return {
    /** What an Azure network connection asks for`,
  },
];

/** A route whose next hop only Azure tells, and which then drops everything. */
const routeKnownLate: Edit = {
  file: "components/cloud-pc-spoke.ts",
  from: "routes: structuredClone([...args.routeTable.routes]),",
  to: `routes: [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: networkSecurityGroup.etag.apply(() => "None") }],`,
};

const product = changedProduct();
const [workspace, connections] = await Promise.all([testWorkspace({ programRoot: product.root }), serveConnections()]);
afterAll(() => {
  product.remove();
  connections.stop();
});
const env = { PULUMI_DEBUG_PROVIDERS: `${workspace.sandbox.debugProviders},windows365:${connections.port}` };
const run = (args: readonly string[]): Promise<PulumiRun> => workspace.pulumi(args, { env });

describe("a Windows 365 connection", () => {
  beforeEach(() => workspace.prepareStack("minimal"));

  test("is not made on a network that only an update shows to be unfit; the preview said what it waits for", async () => {
    product.change(...withConnections, routeKnownLate);
    const preview = await run([...commands.preview("minimal"), ...bothPacks]);
    expectSuccess(preview);
    const waiting = violationsIn(preview);
    expect(waiting.length).toBeGreaterThan(0);
    expect(new Set(waiting.map(({ level }) => level))).toEqual(new Set(["advisory"]));
    for (const { text } of waiting) {
      expect(text).toContain("it is known only after the deployment");
      expect(text).toContain("This is judged again at `pulumi up`");
    }

    const up = await run([...commands.up("minimal"), ...bothPacks]);
    expect(up.exitCode, up.output).not.toBe(0);
    const stopped = violationsIn(up).filter(({ level }) => level === "mandatory");
    expect(stopped.map(({ policy }) => policy)).toContain("required-endpoints-reachable");
    expect(stopped.map(({ text }) => text).join("\n")).toContain('user route "default" 0.0.0.0/0 drops it');
    expect(connections.made).toEqual([]);
    // Everything that the connection would have needed is there: it was stopped at the last moment.
    expect(workspace.sandbox.azure.count()).toBe(15);
  });

  test("is made once the network is mended, and left alone afterwards", async () => {
    product.change(...withConnections);
    const up = await run([...commands.up("minimal"), ...bothPacks]);
    expectSuccess(up);
    expect(violationsIn(up)).toEqual([]);
    expect(connections.made).toEqual(["weu-staff"]);
    expectSuccess(await run([...commands.up("minimal"), "--expect-no-changes", ...bothPacks]));
  });
});
