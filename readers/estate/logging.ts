import type { DiagnosticSetting, FlowLog } from "../../model/estate/logging.ts";
import { defined } from "./fields.ts";
import { readScope } from "./governance.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

/** Flow logs. Their network watcher says nothing else, and an export seldom holds it. */
export function readFlowLogs(set: ResourceSet): readonly FlowLog[] {
  return set.of("Microsoft.Network/networkWatchers/flowLogs").map((source) => {
    const { fields } = source;
    const analytics = fields.object("flowAnalyticsConfiguration")?.object("networkWatcherFlowAnalyticsConfiguration");
    return {
      ...resourceOf(source),
      targetResourceId: fields.required(fields.reference("targetResourceId"), "targetResourceId"),
      ...defined({
        enabled: source.condition ?? fields.boolean("enabled"),
        storageId: fields.reference("storageId"),
        trafficAnalyticsEnabled: analytics?.boolean("enabled"),
      }),
    };
  });
}

/** Diagnostic settings. Metrics are not read: no rule asks for them. */
export function readDiagnosticSettings(set: ResourceSet): readonly DiagnosticSetting[] {
  return set.of("Microsoft.Insights/diagnosticSettings").map((source) => {
    const { fields } = source;
    const destinations = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];
    return {
      ...resourceOf(source),
      scope: readScope(source),
      logs: fields.objects("logs").map((entry) => ({
        ...defined({ category: entry.text("category"), categoryGroup: entry.text("categoryGroup") }),
        enabled: source.condition ?? entry.unknown ?? entry.boolean("enabled") ?? false,
      })),
      destinationIds: destinations.flatMap((name) => fields.reference(name) ?? []),
    };
  });
}
