import { describe, expect, test } from "vitest";
import { type ArmBench, armBench, group, networkId, subscription } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const nsg = networkId("networkSecurityGroups/nsg");
const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/log-hub`;
const storage = (name: string, inGroup = group) => `${inGroup}/providers/Microsoft.Storage/storageAccounts/${name}`;
const account = (location = "westeurope") => ({ location, sku: { name: "Standard_LRS" }, kind: "StorageV2" });

function setup(azure: ArmBench): void {
  azure.put(hub, { location: "westeurope", properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } });
  azure.put(nsg, { location: "westeurope" });
  azure.put(workspace, { location: "westeurope" });
  azure.put(storage("stnear"), account());
  azure.put(storage("stfar"), account("northeurope"));
}

describe("flow logs", () => {
  const watcherGroup = `${subscription}/resourceGroups/NetworkWatcherRG`;
  const watcher = (region = "westeurope") => networkId(`networkWatchers/NetworkWatcher_${region}`, watcherGroup);
  const log = `${watcher()}/flowLogs/hub`;
  const analytics = (properties: object) => ({
    flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: { enabled: true, ...properties } },
  });
  const body = (properties: object = {}, location = "westeurope") => ({
    location,
    properties: { targetResourceId: hub, storageId: storage("stnear"), ...properties },
  });

  test.each([
    { case: "a virtual network", body: body(), verdict: "accepted" },
    {
      case: "a network security group",
      body: body({ targetResourceId: nsg }),
      verdict: "NsgFlowLogCreationNotSupported",
    },
    {
      case: "a storage account",
      body: body({ targetResourceId: storage("stnear") }),
      verdict: "FlowLogTargetNotSupported",
    },
    {
      case: "a network that is not there",
      body: body({ targetResourceId: networkId("virtualNetworks/none") }),
      verdict: "InvalidResourceReference",
    },
    {
      case: "storage in another region",
      body: body({ storageId: storage("stfar") }),
      verdict: "InvalidResourceReference",
    },
    {
      case: "another region than its watcher",
      body: body({ storageId: storage("stfar") }, "northeurope"),
      verdict: "FlowLogLocationMismatch",
    },
    {
      case: "traffic analytics",
      body: body(analytics({ workspaceResourceId: workspace, trafficAnalyticsInterval: 60 })),
      verdict: "accepted",
    },
    {
      case: "analytics without a workspace",
      body: body(analytics({ workspaceResourceId: `${workspace}x` })),
      verdict: "FlowLogWorkspaceNotFound",
    },
    {
      case: "analytics every 5 minutes",
      body: body(analytics({ workspaceResourceId: workspace, trafficAnalyticsInterval: 5 })),
      verdict: "FlowLogAnalyticsIntervalInvalid",
    },
    { case: "no storage", body: body({ storageId: undefined }), verdict: "InvalidRequestFormat" },
  ])("of $case: $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(log, body)).toBe(verdict);
  });

  test("a target has one", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(log, body());
    });
    expect(bench.verdict(`${watcher()}/flowLogs/second`, body())).toBe("FlowLogTargetInUse");
    expect(bench.verdict(log, body({ enabled: false }))).toBe("accepted");
  });

  test("Azure makes the watcher of a region with its first virtual network, and there is one", () => {
    expect(armBench().verdict(log, body())).toBe("ResourceGroupNotFound");
    const bench = armBench(setup);
    expect(bench.verdict(`${watcher("northeurope")}/flowLogs/hub`, body())).toBe("ParentResourceNotFound");
    expect(bench.estate.list("Microsoft.Network/networkWatchers")).toEqual([]);
    expect(bench.verdict(networkId("networkWatchers/own"), { location: "westeurope" })).toBe(
      "NetworkWatcherCountLimitReached",
    );
    expect(bench.verdict(networkId("networkWatchers/own"), { location: "northeurope" })).toBe("accepted");
    expect(bench.verdict(watcher(), { location: "westeurope" })).toBe("accepted");
  });
});

describe("diagnostic settings", () => {
  const setting = (name: string, of = nsg) => `${of}/providers/Microsoft.Insights/diagnosticSettings/${name}`;
  const body = (properties: object) => ({ properties });
  const events = { logs: [{ category: "NetworkSecurityGroupEvent", enabled: true }] };

  test.each([
    { case: "a category to a workspace", body: body({ workspaceId: workspace, ...events }), verdict: "accepted" },
    { case: "no destination", body: body(events), verdict: "BadRequest" },
    {
      case: "a workspace that is not there",
      body: body({ workspaceId: `${workspace}x`, ...events }),
      verdict: "InvalidResourceReference",
    },
    {
      case: "a category of another type",
      body: body({ workspaceId: workspace, logs: [{ category: "AZFWDnsQuery", enabled: true }] }),
      verdict: "BadRequest",
    },
    {
      case: "a category group",
      body: body({ workspaceId: workspace, logs: [{ categoryGroup: "allLogs", enabled: true }] }),
      verdict: "accepted",
    },
    {
      case: "category and group at once",
      body: body({
        workspaceId: workspace,
        logs: [{ category: "NetworkSecurityGroupEvent", categoryGroup: "allLogs", enabled: true }],
      }),
      verdict: "BadRequest",
    },
    {
      case: "a destination type that does not exist",
      body: body({ workspaceId: workspace, logAnalyticsDestinationType: "Shared", ...events }),
      verdict: "InvalidRequestContent",
    },
    {
      case: "tables of their own",
      body: body({ workspaceId: workspace, logAnalyticsDestinationType: "Dedicated", ...events }),
      verdict: "accepted",
    },
  ])("$case: $verdict", ({ body, verdict }) => {
    expect(armBench(setup).verdict(setting("diag"), body)).toBe(verdict);
  });

  test("a sink takes a category of a resource once", () => {
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(setting("first"), body({ workspaceId: workspace, ...events }));
    });
    expect(bench.refusals(setting("second"), body({ workspaceId: workspace, ...events }))).toEqual([
      `Conflict: Data sink '${workspace}' is already used in diagnostic setting 'first' for category 'NetworkSecurityGroupEvent'. Data sinks can't be reused in different settings on the same category for the same resource.`,
    ]);
    expect(bench.verdict(setting("second"), body({ storageAccountId: storage("stnear"), ...events }))).toBe("accepted");
  });

  test("settings of another resource do not count", () => {
    const other = networkId("networkSecurityGroups/other");
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(other, { location: "westeurope" });
      azure.put(setting("first"), body({ workspaceId: workspace, ...events }));
    });
    expect(bench.verdict(setting("first", other), body({ workspaceId: workspace, ...events }))).toBe("accepted");
  });

  test("a resource takes five, and must be there", () => {
    const bench = armBench(setup);
    const metrics = (index: number) =>
      body({ workspaceId: workspace, metrics: [{ category: `Metric${index}`, enabled: true }] });
    for (const index of [1, 2, 3, 4, 5]) bench.put(setting(`s${index}`), metrics(index));
    expect(bench.verdict(setting("s6"), metrics(6))).toBe("BadRequest");
    expect(bench.verdict(setting("diag", networkId("networkSecurityGroups/none")), metrics(1))).toBe(
      "ResourceNotFound",
    );
  });
});

describe("workspaces and storage accounts", () => {
  test.each([
    {
      case: "30 days",
      body: { location: "westeurope", properties: { sku: { name: "PerGB2018" }, retentionInDays: 30 } },
      verdict: "accepted",
    },
    {
      case: "29 days",
      body: { location: "westeurope", properties: { retentionInDays: 29 } },
      verdict: "InvalidParameter",
    },
    {
      case: "731 days",
      body: { location: "westeurope", properties: { retentionInDays: 731 } },
      verdict: "InvalidParameter",
    },
    {
      case: "a tier of the past",
      body: { location: "westeurope", properties: { sku: { name: "Free" } } },
      verdict: "UnsupportedSku",
    },
  ])("a workspace with $case is $verdict", ({ body, verdict }) => {
    expect(armBench().verdict(workspace, body)).toBe(verdict);
  });

  test.each([
    { name: "stw365", verdict: "accepted" },
    { name: "st-w365", verdict: "AccountNameInvalid" },
    { name: "stW365", verdict: "AccountNameInvalid" },
    { name: "s".repeat(24), verdict: "accepted" },
    { name: "s".repeat(25), verdict: "AccountNameInvalid" },
  ])('a storage account "$name" is $verdict', ({ name, verdict }) => {
    expect(armBench().verdict(storage(name), account())).toBe(verdict);
  });

  test("a storage account's name is taken for all of Azure", () => {
    const away = `${subscription}/resourceGroups/away`;
    const bench = armBench((azure) => {
      setup(azure);
      azure.put(away, { location: "westeurope" });
    });
    expect(bench.refusals(storage("stnear", away), account())).toEqual([
      "StorageAccountAlreadyTaken: The storage account named stnear is already taken.",
    ]);
    expect(bench.get(storage("stnear")).properties.primaryEndpoints).toMatchObject({
      blob: "https://stnear.blob.core.windows.net/",
    });
  });
});
