import { errorTypes } from "../../catalogue/health-checks.ts";
import type { PropertyMap } from "../protocol/property-values.ts";
import type { ConnectionHealth, HealthCheck } from "./connection-health.ts";
import { optionalText } from "./picked.ts";

/** One finished check as a line: how it ended and, where it did not pass, Microsoft's error type, its meaning, and the rule that covers it. */
export function describeCheck(check: HealthCheck, coveredBy: PropertyMap): string {
  const { displayName, status, errorType, additionalDetail, recommendedAction } = check;
  const head = `${status}: "${displayName}"`;
  if (errorType === undefined) return head;
  const meaning = errorTypes().find(({ id }) => id.toLowerCase() === errorType.toLowerCase())?.meaning;
  const rule = optionalText(coveredBy, errorType);
  return [
    `${head}: ${errorType}${meaning ? ` (${meaning})` : ""}`,
    ...(additionalDetail !== undefined ? [additionalDetail] : []),
    ...(meaning === undefined && recommendedAction !== undefined ? [recommendedAction] : []),
    ...(rule !== undefined ? [`covered by rule "${rule}"`] : []),
  ].join("; ");
}

/** The error of a connection whose checks failed: every check that did, and what happens next. */
export function failureOf({ displayName, checks }: ConnectionHealth, coveredBy: PropertyMap): string {
  const failed = checks.filter(({ status }) => status === "failed");
  const lines = failed.map((check) => `  ${describeCheck(check, coveredBy)}`);
  const count = failed.length === 1 ? "1 health check" : `${failed.length} health checks`;
  return [
    `Azure network connection "${displayName}" failed ${failed.length === 0 ? "its health checks" : count}:`,
    ...lines,
    'the connection is kept; repair what is named and run "pulumi up" again, which runs the checks again',
  ].join("\n");
}
