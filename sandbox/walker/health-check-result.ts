/** What one of Windows 365's health checks says. `undecided`: the packet walker cannot tell. */
export interface HealthCheckResult {
  /** The check's published name. https://learn.microsoft.com/troubleshoot/windows-365/health-checks (page of 2026-02-12) */
  readonly displayName: string;
  readonly status: "passed" | "failed" | "warning" | "undecided";
  /** Graph's error type; the first one where several things are wrong. */
  readonly errorType?: string;
  /** All error types, the first included. */
  readonly errorTypes: readonly string[];
  /** For endpoints as Graph writes it, "host:port;host:port;"; else a sentence. */
  readonly additionalDetail: string;
}

/** One thing that a check found wrong. */
export interface Problem {
  readonly errorType: string;
  readonly detail: string;
}

/** A check that passes without problems and else fails, or warns, with the first of them. */
export function resultOf(
  displayName: string,
  problems: readonly Problem[],
  severity: "failed" | "warning" = "failed",
): HealthCheckResult {
  const errorTypes = [...new Set(problems.map((problem) => problem.errorType))];
  const [errorType] = errorTypes;
  return errorType === undefined
    ? { displayName, status: "passed", errorTypes, additionalDetail: "" }
    : {
        displayName,
        status: severity,
        errorType,
        errorTypes,
        additionalDetail: problems.map(({ detail }) => detail).join("; "),
      };
}
