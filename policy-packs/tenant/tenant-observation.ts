import type { Observation } from "../rule.ts";
import type { TenantFacts } from "../tenant-facts.ts";

/** An observation about facts of a tenant, placed at their file. */
export function tenantObservation(
  { place }: TenantFacts,
  outcome: Observation["outcome"],
  about: string,
  errorTypes: readonly string[],
  message: string,
  remedy?: string,
): Observation {
  return {
    outcome,
    about,
    message,
    errorTypes,
    ...(place === undefined ? {} : { place }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}
