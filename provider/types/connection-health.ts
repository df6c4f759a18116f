import { isMap, type PropertyMap } from "../protocol/property-values.ts";
import { optionalText } from "./picked.ts";

/** One health check, as Graph reports it. https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck (read 2026-11-20) */
export interface HealthCheck {
  readonly displayName: string;
  /** "pending", "running", "passed", "failed", "warning", "informational", or a value yet to come. */
  readonly status: string;
  readonly errorType: string | undefined;
  readonly additionalDetail: string | undefined;
  readonly recommendedAction: string | undefined;
}

/** The health of a connection at one moment. */
export interface ConnectionHealth {
  readonly displayName: string;
  readonly status: string;
  /** No checks run any more by themselves, because nothing uses the connection. */
  readonly paused: boolean;
  /** When the run ended, as Graph wrote it: tells one run from the next. */
  readonly endDateTime: string | undefined;
  readonly checks: readonly HealthCheck[];
}

/** The `$select` that brings the health: its details are returned on demand only. */
export const selectHealth = "$select=id,displayName,healthCheckStatus,healthCheckStatusDetail,healthCheckPaused";

/** Reads what Graph returns for `selectHealth`. */
export function readHealth(connection: PropertyMap): ConnectionHealth {
  const detail = isMap(connection.healthCheckStatusDetail) ? connection.healthCheckStatusDetail : {};
  const checks = Array.isArray(detail.healthChecks) ? detail.healthChecks.filter(isMap) : [];
  return {
    displayName: optionalText(connection, "displayName") ?? "",
    status: optionalText(connection, "healthCheckStatus") ?? "pending",
    paused: connection.healthCheckPaused === true,
    endDateTime: optionalText(detail, "endDateTime"),
    checks: checks.map((check) => ({
      displayName: optionalText(check, "displayName") ?? "",
      status: optionalText(check, "status") ?? "pending",
      errorType: optionalText(check, "errorType"),
      additionalDetail: optionalText(check, "additionalDetail"),
      recommendedAction: optionalText(check, "recommendedAction"),
    })),
  };
}

/** Whether the checks have not ended yet. */
export function isUnderway(status: string): boolean {
  return status === "pending" || status === "running";
}

/**
 * Whether Cloud PCs can be provisioned with a connection of this status. A warning does not keep them from it: the v1.0 text reads
 * otherwise, beta and the page of the health checks say so.
 * https://learn.microsoft.com/troubleshoot/windows-365/health-checks (page of 2026-02-12)
 */
export function isUsable(status: string): boolean {
  return status === "passed" || status === "warning" || status === "informational";
}
