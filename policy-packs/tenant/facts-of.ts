import type { Design } from "../rule.ts";
import type { TenantFacts } from "../tenant-facts.ts";

/** The facts of the tenant, placed at the part of their file that a rule reads; absent where none are given. */
export function factsOf({ tenant }: Pick<Design, "tenant">, part: keyof TenantFacts): TenantFacts | undefined {
  const place = tenant?.partPlaces?.get(part);
  return tenant === undefined || place === undefined ? tenant : { ...tenant, place };
}
