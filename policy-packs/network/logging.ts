import type { Estate } from "../../model/estate.ts";

/**
 * Whether the input says anything about logs. One that does, such as a program that makes a workspace, has all of them; one that does
 * not, such as the export of a resource group, seldom holds what lies in the resource group of the network watchers.
 */
export function tellsOfLogging({ flowLogs, diagnosticSettings, notRead }: Estate): boolean {
  return (
    flowLogs.length > 0 ||
    diagnosticSettings.length > 0 ||
    notRead.some(({ type }) => type.toLowerCase() === "microsoft.operationalinsights/workspaces")
  );
}
