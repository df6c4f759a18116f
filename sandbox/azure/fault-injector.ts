import type { Fault, FaultEffect, RequestMatch, Scenario } from "../scenario.ts";
import { idKey } from "./resource-id.ts";

/** Decides for each request whether the scenario has something else in mind for it. Counts as it goes. */
export type FaultInjector = (request: RequestFacts) => FaultEffect | undefined;

/** What a fault may ask of a request. */
export interface RequestFacts {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly id: string;
  readonly type: string;
}

/** Makes the injector of a scenario. The same scenario and the same order of requests give the same faults. */
export function createFaultInjector(scenario: Scenario): FaultInjector {
  const random = seededRandom(scenario.seed ?? 1);
  const counted = (scenario.faults ?? []).map((fault) => ({ fault, calls: 0 }));
  return (request) => {
    let effect: FaultEffect | undefined;
    for (const entry of counted) {
      if (!concerns(entry.fault.on, request)) continue;
      entry.calls += 1;
      if (effect === undefined && isHit(entry.fault, entry.calls, random)) effect = entry.fault.effect;
    }
    return effect;
  };
}

function concerns(match: RequestMatch, request: RequestFacts): boolean {
  const methodFits = match.method === undefined ? request.method !== "GET" : match.method === request.method;
  const typeFits = match.type === undefined || idKey(match.type) === idKey(request.type);
  return (
    methodFits && typeFits && (match.idContains === undefined || idKey(request.id).includes(idKey(match.idContains)))
  );
}

function isHit({ on }: Fault, call: number, random: () => number): boolean {
  const callFits = on.calls === undefined || ("from" in on.calls ? call >= on.calls.from : on.calls.includes(call));
  return callFits && (on.probability === undefined || random() < on.probability);
}

/** The generator "mulberry32": short, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
