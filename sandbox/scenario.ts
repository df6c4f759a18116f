/**
 * What goes wrong in the sandbox, and when: plain data that a test builds or a person writes as a JSON file.
 * An empty scenario is an Azure on a good day.
 */
export interface Scenario {
  /** Seed of the random numbers that `probability` draws from. @default 1 */
  readonly seed?: number;
  /** Answers given instead of ARM's own. The first fault that matches a request wins. */
  readonly faults?: readonly Fault[];
  /** Counts at which a subscription refuses another resource of a type. */
  readonly quotas?: readonly Quota[];
  /**
   * How many role assignment requests a principal stays unseen for, as when Entra replicates late.
   * A request that names `principalType` is not affected, as documented:
   * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (read 2026-11-21).
   * @default 0
   */
  readonly principalsUnseenFor?: number;
}

/** One thing that goes wrong. */
export interface Fault {
  /** Which requests it is about. Every property that is given must match. */
  readonly on: RequestMatch;
  /** What happens instead. */
  readonly effect: FaultEffect;
}

/** Which requests a fault is about. */
export interface RequestMatch {
  /** HTTP method as azure-native sends it. @default - any write, so PUT and DELETE */
  readonly method?: "GET" | "PUT" | "DELETE";
  /** ARM type, compared without case. @default - any type */
  readonly type?: string;
  /** Part of the resource id, compared without case. @default - any id */
  readonly idContains?: string;
  /** Which of the requests that match the rest, counted from 1: one, several, or from one on. @default - every one */
  readonly calls?: readonly number[] | { readonly from: number };
  /** Chance from 0 to 1 that a request which matches the rest is hit, drawn from the seed. @default 1 */
  readonly probability?: number;
}

/**
 * `refuse`: ARM answers with this error and does nothing.
 * `failHalfway`: the resource exists afterwards with provisioningState "Failed" and the operation ends with this error; a later PUT repairs it.
 */
export type FaultEffect =
  | { readonly kind: "refuse"; readonly status: number; readonly code: string; readonly message?: string }
  | { readonly kind: "failHalfway"; readonly code: string; readonly message?: string };

/** At most `limit` resources of a type in a subscription (and a location, where one is given). */
export interface Quota {
  /** ARM type, compared without case. */
  readonly type: string;
  /** @default - all locations together */
  readonly location?: string;
  /** The count that is still allowed. */
  readonly limit: number;
}
