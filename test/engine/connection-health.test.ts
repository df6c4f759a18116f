import type { ChildProcess } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  type ConnectionProject,
  failed,
  openConnectionProject,
  plantNetwork,
  plantRole,
  roles,
  securityGroupId,
  succeeded,
} from "./connection-project.ts";

const program = `
const connection = new AzureNetworkConnection("emea", {
  displayName: "anc-emea", connectionType: "azureADJoin", resourceGroupId, subnetId,
});
const health = new AzureNetworkConnectionHealth("emea", {
  connectionId: connection.id, triggers: [connection.revision], pollSeconds: 0.1,
  coveredBy: { endpointConnectivityCheckCloudPcUrlNotAllowListed: "endpoints-are-reachable" },
});
export const status = health.healthCheckStatus;
`;

/** Denies one port outbound, or nothing. */
function deny({ sandbox }: ConnectionProject, protocol?: "Tcp" | "Udp", port?: string): void {
  const rule = {
    name: "deny",
    properties: {
      priority: 200,
      direction: "Outbound",
      access: "Deny",
      protocol,
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: port,
    },
  };
  sandbox.azure.plant(securityGroupId, { properties: { securityRules: protocol === undefined ? [] : [rule] } });
}

const counted = ({ sandbox }: ConnectionProject, end: string) =>
  sandbox.graph.requests.filter(({ method, path }) => method === "POST" && path.endsWith(end)).length;

describe("the health of a connection on the network that is really there", () => {
  test("a blocked port fails the check it fails in Azure; the connection stays, and after the repair the same one becomes healthy", async () => {
    const project = await openConnectionProject();
    plantNetwork(project.sandbox);
    deny(project, "Tcp", "5671");
    project.setProgram(program);
    const first = failed(await project.up());
    expect(first).toContain('Azure network connection "anc-emea" failed 1 health check:');
    expect(first).toMatch(
      /failed: "Endpoint connectivity": endpointConnectivityCheckCloudPcUrlNotAllowListed \([^)]+\); \S+:5671;.*; covered by rule "endpoints-are-reachable"/,
    );
    const id = project.idOf("windows365:index:AzureNetworkConnection");

    // Not repaired yet: asked again, failed again.
    failed(await project.up());
    expect(counted(project, "/runHealthChecks")).toBe(1);

    deny(project);
    const repaired = succeeded(await project.up());
    expect(repaired).toContain("asked Windows 365 to run the health checks");
    expect(counted(project, "/runHealthChecks")).toBe(2);
    expect(counted(project, "/onPremisesConnections")).toBe(1);
    expect(project.idOf("windows365:index:AzureNetworkConnection")).toBe(id);
    succeeded(await project.up("--expect-no-changes"));
  });

  test("a missing role is named, a blocked UDP port only warns", async () => {
    const project = await openConnectionProject();
    const { azure } = project.sandbox;
    plantNetwork(project.sandbox);
    deny(project, "Udp", "3478");
    const [reader = { scope: "", role: "" }] = roles;
    azure.remove(plantRole(azure, reader.scope, reader.role));
    project.setProgram(program);
    expect(failed(await project.up())).toMatch(
      /failed: "First-party app permissions exist on Azure subscription": permissionCheckNoSubscriptionReaderRole/,
    );
    plantRole(azure, reader.scope, reader.role);
    const output = succeeded(await project.up());
    expect(output).toMatch(/warning: "UDP connection check": udpConnectivityCheck/);
    expect(output).toContain('Azure network connection "anc-emea" can be used: warning');
  });

  test("a connection that a refresh finds failed is asked again by the next deployment", async () => {
    const project = await openConnectionProject();
    plantNetwork(project.sandbox);
    project.setProgram(program);
    succeeded(await project.up());
    const id = project.idOf("windows365:index:AzureNetworkConnection");
    project.sandbox.graph.plantConnection(id, { healthCheckStatus: "failed" });
    succeeded(await project.run(["refresh", "--yes", "--skip-preview", "--stack", "dev"]));
    succeeded(await project.up());
    expect(counted(project, "/runHealthChecks")).toBe(1);
    succeeded(await project.up("--expect-no-changes"));
  });

  test("a deployment that Graph throttles again and again gets through", async () => {
    const project = await openConnectionProject();
    plantNetwork(project.sandbox);
    const throttled = { kind: "refuse", status: 429, code: "TooManyRequests", retryAfterSeconds: 1 } as const;
    const broken = { kind: "refuse", status: 503, code: "serviceNotAvailable" } as const;
    project.sandbox.graph.setScenario({
      unseenFor: 1,
      faults: [
        { on: { method: "POST", calls: [1, 2] }, effect: throttled },
        { on: { method: "GET", calls: [2] }, effect: throttled },
        { on: { method: "GET", calls: [2] }, effect: broken },
      ],
    });
    project.setProgram(program);
    succeeded(await project.up());
    const { requests } = project.sandbox.graph;
    expect(requests.filter(({ injected }) => injected).map(({ status }) => status)).toEqual([429, 429, 429, 503]);
    expect(counted(project, "/onPremisesConnections")).toBe(3);
    expect(project.sandbox.graph.connections()).toHaveLength(1);
  });

  test("a deployment that is killed while it waits goes on waiting with the next one, on the same connection", async () => {
    const project = await openConnectionProject({ timeScale: 0.01 });
    const { graph } = project.sandbox;
    plantNetwork(project.sandbox);
    project.setProgram(program);
    let child: ChildProcess | undefined;
    let looks = 0;
    const stop = graph.onRequest((method, path) => {
      looks += method === "GET" && /onPremisesConnections\/[^/]+$/.test(path) ? 1 : 0;
      if (looks > 5) child?.kill("SIGKILL");
    });
    failed(
      await project.run(["up", "--yes", "--skip-preview", "--stack", "dev"], {
        onSpawn: (spawned) => {
          child = spawned;
        },
      }),
    );
    stop();
    const [connection] = graph.connections();
    expect(["pending", "running"]).toContain(connection?.healthCheckStatus);
    expect(project.idOf("windows365:index:AzureNetworkConnection")).toBe(connection?.id);

    succeeded(await project.run(["cancel", "--yes", "--stack", "dev"]));
    const output = succeeded(await project.up());
    expect(output).toContain('Azure network connection "anc-emea" can be used: passed');
    expect(graph.connections()).toHaveLength(1);
    expect(counted(project, "/onPremisesConnections")).toBe(1);
    expect(counted(project, "/runHealthChecks")).toBe(0);
    await expectQuiet(project);
  });
});

/** Nobody asks Graph anything any more: the killed engine's provider has ended too. */
async function expectQuiet({ sandbox }: ConnectionProject): Promise<void> {
  const { requests } = sandbox.graph;
  const looked = async () => {
    const before = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return requests.length - before;
  };
  await expect.poll(looked, { timeout: 15_000, interval: 0 }).toBe(0);
}
