import type { HealthCheckStatus } from "./health-run.ts";

/** What goes wrong in the sandbox's Graph. An empty scenario is a good day. */
export interface GraphScenario {
  /** Answers given instead of Graph's own. The first fault that matches a request wins. */
  readonly faults?: readonly GraphFault[];
  /** How many reads a new object stays unseen for, as when Graph's replicas lag. @default 0 */
  readonly unseenFor?: number;
  /** Health checks that end otherwise than the network says, by displayName. */
  readonly healthChecks?: readonly ScriptedCheck[];
}

/** One thing that goes wrong. */
export interface GraphFault {
  /** Which requests it is about. Every property that is given must match. */
  readonly on: {
    /** @default - any write */
    readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
    /** Part of the path, compared without case. @default - any path */
    readonly pathContains?: string;
    /** Which of the requests that match the rest, counted from 1. @default - every one */
    readonly calls?: readonly number[];
  };
  readonly effect: GraphEffect;
}

/** `refuse`: Graph answers with this error and does nothing. `lost`: it does what was asked, and the answer never arrives. */
export type GraphEffect =
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly code: string;
      readonly message?: string;
      /** Sent as `Retry-After`. */
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: "lost" };

/** How a health check ends, whatever the network is like. */
export interface ScriptedCheck {
  readonly displayName: string;
  readonly status: HealthCheckStatus;
  readonly errorType?: string;
  readonly additionalDetail?: string;
}

/** Finds the effect that a request meets, and counts. */
export function createGraphFaults(scenario: GraphScenario): (method: string, path: string) => GraphEffect | undefined {
  const counts = new Map<GraphFault, number>();
  return (method, path) => {
    for (const fault of scenario.faults ?? []) {
      const { on, effect } = fault;
      const methodFits = on.method === undefined ? method !== "GET" : on.method === method;
      if (!methodFits || !path.toLowerCase().includes((on.pathContains ?? "").toLowerCase())) continue;
      const call = (counts.get(fault) ?? 0) + 1;
      counts.set(fault, call);
      if (on.calls === undefined || on.calls.includes(call)) return effect;
    }
    return undefined;
  };
}
