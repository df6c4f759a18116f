import { errorTypes } from "../../catalogue/health-checks.ts";
import { realCauses } from "./error-type-coverage.ts";

/**
 * Error types of Graph that no rule predicts, each with the reason; all of them lack a cause that somebody could mend before
 * deployment. Every other error type is predicted by a rule, which a test holds.
 */
export function notPredictable(): ReadonlyMap<string, string> {
  const causes = new Set(realCauses());
  const others = errorTypes().filter(({ id }) => !causes.has(id));
  return new Map(others.map(({ id, severity }) => [id, reasonOf(id, severity)]));
}

function reasonOf(id: string, severity: string): string {
  if (id === "internalServerErrorUnableToRunDscScript") {
    return "a consequence: rules predict the blocked endpoints and domain controllers behind it";
  }
  if (id.endsWith("UnknownError")) return "no cause is documented";
  return severity === "transient" ? "a passing fault of the service, which tries again" : "a fault inside Windows 365";
}
