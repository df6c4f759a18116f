import { operationalinsights } from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { resourceGroup } from "../components/resource-group.ts";
import type { Environment } from "../config/environment.ts";
import { diagnosticsNames } from "../config/names.ts";
import type { InSubscription } from "./subscriptions.ts";

/** Where logs go: the id of a workspace, made here or found, or nowhere. */
export function deployDiagnostics(
  environment: Environment,
  inSubscription: InSubscription,
): pulumi.Input<string> | undefined {
  const { logAnalytics } = environment.diagnostics;
  if (logAnalytics.mode === "none") return undefined;
  if (logAnalytics.mode === "use") return logAnalytics.workspaceId;

  const { naming, subscriptions, tags } = environment;
  const names = diagnosticsNames(naming);
  const location = (environment.hubs[0] ?? environment.regions[0])?.location ?? "";
  const opts = inSubscription(subscriptions.hubs ?? subscriptions.spokes);
  const group = resourceGroup("diagnostics-rg", { name: names.resourceGroup, location, protect: false, tags }, opts);
  const workspace = new operationalinsights.Workspace(
    "diagnostics-log",
    {
      resourceGroupName: group.name,
      workspaceName: names.workspace,
      location,
      sku: { name: "PerGB2018" },
      retentionInDays: logAnalytics.retentionDays,
      tags: { ...tags },
    },
    opts,
  );
  return workspace.id;
}
