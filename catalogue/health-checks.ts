import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

type HealthChecks = CatalogueData["health-checks"];

/** A health check of an Azure network connection, by its published name. */
export type HealthCheck = HealthChecks["checks"][number];

/** An `errorType` of Graph: what a failed health check reports. */
export type ErrorType = HealthChecks["errorTypes"][number];

/**
 * The health checks that Windows 365 runs for a join type.
 *
 * Source: https://learn.microsoft.com/troubleshoot/windows-365/health-checks (2026-02-12, read 2026-11-20); which join type a
 * check concerns is inferred from its purpose.
 */
export function healthChecksFor(joinType: "azureADJoin" | "hybridAzureADJoin"): readonly HealthCheck[] {
  return loadData("health-checks").checks.filter(({ joinTypes }) => joinTypes.includes(joinType));
}

/**
 * Every error type, with the check that reports it and how bad it is.
 *
 * Source: https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck (2024, read 2026-11-20).
 */
export function errorTypes(): readonly ErrorType[] {
  return loadData("health-checks").errorTypes;
}
