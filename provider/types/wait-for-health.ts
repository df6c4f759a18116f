import { setTimeout as sleep } from "node:timers/promises";
import { refusalForConnections } from "../graph/require-delegated.ts";
import { replication } from "../graph/wait-until.ts";
import type { PropertyMap } from "../protocol/property-values.ts";
import type { OperationContext } from "../protocol/resource-type.ts";
import { type ConnectionHealth, isUnderway, isUsable, readHealth, selectHealth } from "./connection-health.ts";
import { connectionsPath } from "./connections-path.ts";
import { describeCheck, failureOf } from "./describe-health.ts";

/** How the checks of a connection are waited for. */
export interface HealthWait {
  readonly connectionId: string;
  readonly timeoutMinutes: number;
  readonly pollSeconds: number;
  /** Rule names by error type. */
  readonly coveredBy: PropertyMap;
  /** Ask for another run first, even if the last one passed. */
  readonly runAgain: boolean;
}

/**
 * Waits until the health checks have ended, and says each result as it comes. A run that is underway is joined; one that failed
 * before, or was paused, is asked for again. Throws if a check failed, if the time is over, or if the engine gives up; the
 * connection itself is not touched, so that the next deployment can go on from there.
 */
export async function waitForHealth(wait: HealthWait, context: OperationContext): Promise<ConnectionHealth> {
  const { connectionId, timeoutMinutes, pollSeconds, coveredBy, runAgain } = wait;
  const { log, urn, signal } = context;
  const started = performance.now();
  const before = await lookUntilVisible(connectionId, context);
  const mustRun = !isUnderway(before.status) && (runAgain || before.paused || !isUsable(before.status));
  if (mustRun) {
    await askForChecks(connectionId, context);
    log.info(urn, `asked Windows 365 to run the health checks of "${before.displayName}" again`);
  }
  const told = new Set<string>();
  for (let now = before; ; now = await lookUntilVisible(connectionId, context)) {
    // Right after the request, a read may still show the end of the last run.
    const isOld = mustRun && !isUnderway(now.status) && now.endDateTime === before.endDateTime;
    if (!isOld) tell(now, told, coveredBy, context);
    if (!isOld && !isUnderway(now.status)) return concluded(now, coveredBy, context);
    const minutes = (performance.now() - started) / 60_000;
    if (minutes > timeoutMinutes) {
      throw new Error(
        `the health checks of Azure network connection "${now.displayName}" have not ended after ${timeoutMinutes} minutes (${progressOf(now)}); the connection is kept, and "pulumi up" goes on waiting`,
      );
    }
    log.progress(urn, `${progressOf(now)}, ${Math.floor(minutes)} of at most ${timeoutMinutes} min`);
    await sleep(pollSeconds * 1000, undefined, { signal }).catch(() => {
      throw new Error(
        'stopped while waiting for the health checks; the connection is kept, and "pulumi up" goes on waiting',
      );
    });
  }
}

/** Asks for another run, which takes a person's sign-in; reading the results does not. Throws before anything is sent otherwise. */
export async function askForChecks(connectionId: string, { graph }: OperationContext): Promise<void> {
  const refusal = refusalForConnections(await graph().claims());
  if (refusal !== undefined) throw new Error(refusal);
  await graph().post(`${connectionsPath}/${connectionId}/runHealthChecks`);
}

/** The health of a connection now. Throws if Graph has not known it for as long as its replicas may lag. */
export async function lookUntilVisible(
  connectionId: string,
  { graph, signal }: OperationContext,
): Promise<ConnectionHealth> {
  const started = performance.now();
  for (;;) {
    const found = await graph().get(`${connectionsPath}/${connectionId}`, selectHealth);
    if (found !== undefined) return readHealth(found);
    if (signal.aborted || performance.now() - started > replication.timeoutMilliseconds) {
      throw new Error(`there is no Azure network connection "${connectionId}"; run "pulumi refresh"`);
    }
    await sleep(replication.pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

function tell(
  { checks }: ConnectionHealth,
  told: Set<string>,
  coveredBy: PropertyMap,
  { log, urn }: OperationContext,
): void {
  for (const check of checks.filter(({ status, displayName }) => !isUnderway(status) && !told.has(displayName))) {
    told.add(check.displayName);
    const line = describeCheck(check, coveredBy);
    if (check.status === "warning" || check.status === "failed") log.warning(urn, line);
    else log.info(urn, line);
  }
}

function concluded(health: ConnectionHealth, coveredBy: PropertyMap, { log, urn }: OperationContext): ConnectionHealth {
  if (!isUsable(health.status)) throw new Error(failureOf(health, coveredBy));
  log.info(urn, `Azure network connection "${health.displayName}" can be used: ${health.status}`);
  return health;
}

function progressOf({ status, checks }: ConnectionHealth): string {
  const done = checks.filter((check) => !isUnderway(check.status)).length;
  const running = checks.find((check) => check.status === "running");
  if (checks.length === 0) return `health checks ${status}`;
  return `${done} of ${checks.length} health checks done${running === undefined ? "" : `, "${running.displayName}" runs`}`;
}
