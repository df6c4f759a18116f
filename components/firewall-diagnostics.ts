import { monitor } from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Structured log categories of Azure Firewall, written to tables of their own
 * (https://learn.microsoft.com/azure/firewall/monitor-firewall-reference, read 2026-11-21). The legacy
 * `AzureDiagnostics` categories are left out: both together are billed twice.
 */
const structuredLogCategories = [
  "AZFWNetworkRule",
  "AZFWApplicationRule",
  "AZFWNatRule",
  "AZFWThreatIntel",
  "AZFWIdpsSignature",
  "AZFWDnsQuery",
  "AZFWFqdnResolveFailure",
] as const;

/** Sends the structured logs and metrics of a firewall to a Log Analytics workspace. */
export function sendFirewallLogs(
  name: string,
  {
    firewallId,
    workspaceId,
  }: { readonly firewallId: pulumi.Input<string>; readonly workspaceId: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): monitor.DiagnosticSetting {
  return new monitor.DiagnosticSetting(
    `${name}-diag`,
    {
      name: "log-analytics",
      resourceUri: firewallId,
      workspaceId,
      logAnalyticsDestinationType: "Dedicated",
      logs: structuredLogCategories.map((category) => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    opts,
  );
}
