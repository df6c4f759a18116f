import { describe, expect, test } from "vitest";
import { fixture, readData, readGood, template } from "./read.ts";

const { estate } = readGood(fixture("every-type.json"));
const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups";

describe("logging", () => {
  test("a flow log says what it records, and where to", () => {
    expect(estate.flowLogs).toEqual([
      {
        id: `${group}/rg-net/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/fl-vnet`,
        name: "fl-vnet",
        location: "westeurope",
        place: expect.objectContaining({ file: "every-type.json" }),
        targetResourceId: `${group}/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-spoke`,
        enabled: true,
        storageId: `${group}/rg-net/providers/Microsoft.Storage/storageAccounts/stlogs`,
        trafficAnalyticsEnabled: true,
      },
    ]);
  });

  test("a diagnostic setting belongs to the resource that its id begins with", () => {
    expect(estate.diagnosticSettings).toMatchObject([
      {
        name: "logs",
        scope: `${group}/rg-net/providers/Microsoft.Network/azureFirewalls/afw-weu`,
        logs: [
          { category: "AZFWNetworkRule", enabled: true },
          { categoryGroup: "allLogs", enabled: false },
        ],
        destinationIds: [`${group}/rg-net/providers/Microsoft.OperationalInsights/workspaces/log-weu`],
      },
    ]);
  });

  test("what a template leaves open is unknown, never off", () => {
    const { estate: open } = readData(
      template(
        [
          {
            type: "Microsoft.Network/networkWatchers/flowLogs",
            apiVersion: "2024-05-01",
            name: "watcher/fl",
            properties: { targetResourceId: "[parameters('target')]", enabled: "[parameters('on')]" },
          },
        ],
        { parameters: { target: { type: "string" }, on: { type: "bool" } } },
      ),
    );
    expect(open.flowLogs).toMatchObject([
      {
        targetResourceId: { unknown: 'parameter "target" has no default and no value' },
        enabled: { unknown: 'parameter "on" has no default and no value' },
      },
    ]);
  });
});
