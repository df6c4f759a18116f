/**
 * What was read from a tenant: policies, restrictions, licences and principals that no design of a network tells.
 *
 * Each part is absent when it was not read; nothing follows from its absence.
 */
export interface TenantFacts {
  /** When the facts were read, as an ISO date. */
  readonly readOn: string;
}
