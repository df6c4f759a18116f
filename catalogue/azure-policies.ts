import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** A built-in Azure Policy; `id` is its definition id. */
export type AzurePolicy = CatalogueData["azure-policies"]["policies"][number];

/**
 * Built-in policies that can fail the health check "Azure tenant readiness", or that conflict with direct routes for RDP.
 *
 * Source: https://github.com/Azure/azure-policy (2026-04-29, read 2026-11-20).
 */
export function policiesAgainstConnection(): readonly AzurePolicy[] {
  return loadData("azure-policies").policies.filter(
    ({ impact }) => impact === "blocks" || impact === "conflictsWithDirectRdp",
  );
}
