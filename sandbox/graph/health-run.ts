import { randomUUID } from "node:crypto";
import type { Json } from "./graph-request.ts";
import type { ScriptedCheck } from "./graph-scenario.ts";

/** https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection (page of 2026-05-05) */
export type HealthCheckStatus = "pending" | "running" | "passed" | "failed" | "warning" | "informational";

/** How one health check ends. */
export type CheckOutcome = ScriptedCheck;

/** What a run works with. */
export interface HealthRunParts {
  /** The outcome of every check over the network as it is now. */
  readonly outcomes: () => readonly CheckOutcome[];
  /** Lets time pass; resolves to false when the run is no longer wanted. */
  readonly pass: (nominalSeconds: number) => Promise<boolean>;
  /** Writes the state of the connection. */
  readonly write: (state: Json) => void;
}

/**
 * Nominal seconds: a run takes up to half an hour, most of it for the test machine.
 * https://learn.microsoft.com/windows-365/enterprise/health-checks (read 2026-11-21)
 */
const seconds = { untilRunning: 120, perCheck: 60 };

/** Runs the checks of a connection one after another: pending, running, and each check's result as it finishes. */
export async function runHealthChecks({ outcomes, pass, write }: HealthRunParts): Promise<void> {
  write({ healthCheckStatus: "pending", healthCheckStatusDetail: null, healthCheckPaused: false });
  if (!(await pass(seconds.untilRunning))) return;
  const results = outcomes();
  const startDateTime = now();
  const checks: Json[] = results.map(({ displayName }) => check(displayName, "pending"));
  const detail = (endDateTime: string | null): Json => ({
    "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnectionStatusDetail",
    startDateTime,
    endDateTime,
    healthChecks: [...checks],
  });
  for (const [index, outcome] of results.entries()) {
    const started = now();
    checks[index] = check(outcome.displayName, "running", { startDateTime: started });
    write({ healthCheckStatus: "running", healthCheckStatusDetail: detail(null) });
    if (!(await pass(seconds.perCheck))) return;
    checks[index] = finished(outcome, started);
  }
  write({ healthCheckStatus: overall(results), healthCheckStatusDetail: detail(now()) });
}

/** The worst status of all; a warning does not keep a connection from being used. */
function overall(results: readonly CheckOutcome[]): HealthCheckStatus {
  const order = ["failed", "warning", "informational"] as const;
  return order.find((status) => results.some((result) => result.status === status)) ?? "passed";
}

function finished(outcome: CheckOutcome, startDateTime: string): Json {
  const { displayName, status, errorType = null, additionalDetail = null } = outcome;
  const recommendedAction = errorType === null ? null : "See additionalDetail; this recommendation is the sandbox's.";
  return check(displayName, status, {
    startDateTime,
    endDateTime: now(),
    errorType,
    recommendedAction,
    additionalDetail,
    correlationId: errorType === null ? null : randomUUID(),
  });
}

/** The shape of https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck (read 2026-11-21). */
function check(displayName: string, status: HealthCheckStatus, more: Json = {}): Json {
  return {
    "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnectionHealthCheck",
    displayName,
    status,
    startDateTime: null,
    endDateTime: null,
    errorType: null,
    recommendedAction: null,
    additionalDetail: null,
    correlationId: null,
    ...more,
  };
}

function now(): string {
  return new Date().toISOString();
}
