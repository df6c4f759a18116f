import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFaultInjector } from "../../../sandbox/azure/fault-injector.ts";
import { readScenario } from "../../../sandbox/read-scenario.ts";
import type { Fault, RequestMatch } from "../../../sandbox/scenario.ts";

const put = {
  method: "PUT",
  id: "/subscriptions/s/resourceGroups/rg-a",
  type: "Microsoft.Resources/resourceGroups",
} as const;
const effect = { kind: "refuse", status: 429, code: "TooManyRequests" } as const;
const hits = (
  on: RequestMatch,
  requests: number,
  request: Parameters<ReturnType<typeof createFaultInjector>>[0] = put,
): readonly number[] => {
  const inject = createFaultInjector({ faults: [{ on, effect }] });
  return Array.from({ length: requests }, (_, index) => index + 1).filter(() => inject(request) !== undefined);
};

describe("faults of a scenario", () => {
  test.each([
    { case: "no condition means every write", on: {}, expected: [1, 2, 3, 4] },
    { case: "single calls are counted from 1", on: { calls: [2, 4] }, expected: [2, 4] },
    { case: "from a call on", on: { calls: { from: 3 } }, expected: [3, 4] },
    { case: "another type is left alone", on: { type: "Microsoft.Network/virtualNetworks" }, expected: [] },
    {
      case: "a type compares without case",
      on: { type: "microsoft.resources/RESOURCEGROUPS" },
      expected: [1, 2, 3, 4],
    },
    { case: "a part of the id compares without case", on: { idContains: "RG-A" }, expected: [1, 2, 3, 4] },
    { case: "another method is left alone", on: { method: "DELETE" as const }, expected: [] },
    { case: "probability 0 never hits", on: { probability: 0 }, expected: [] },
    { case: "probability 1 always hits", on: { probability: 1 }, expected: [1, 2, 3, 4] },
  ])("$case", ({ on, expected }) => {
    expect(hits(on, 4)).toEqual(expected);
  });

  test("reads are hit only by faults that name GET", () => {
    expect(hits({}, 1, { ...put, method: "GET" })).toEqual([]);
    expect(hits({ method: "GET" }, 1, { ...put, method: "GET" })).toEqual([1]);
  });

  test("the first fault that hits wins, and the others count all the same", () => {
    const later: Fault = { on: { calls: [2] }, effect: { kind: "failHalfway", code: "Later" } };
    const inject = createFaultInjector({ faults: [{ on: { calls: [1] }, effect }, later] });
    expect([inject(put), inject(put), inject(put)]).toEqual([effect, later.effect, undefined]);
  });

  test("the same seed gives the same faults, and about as many as the probability says", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const run = (): readonly boolean[] => {
          const inject = createFaultInjector({ seed, faults: [{ on: { probability: 0.3 }, effect }] });
          return Array.from({ length: 500 }, () => inject(put) !== undefined);
        };
        const first = run();
        expect(run()).toEqual(first);
        const share = first.filter(Boolean).length / first.length;
        expect(share).toBeGreaterThan(0.15);
        expect(share).toBeLessThan(0.45);
      }),
    );
  });
});

describe("a scenario from a file", () => {
  test("is read as it was written", () => {
    const scenario = {
      seed: 3,
      faults: [{ on: { calls: { from: 2 } }, effect }],
      quotas: [{ type: "t", limit: 1 }],
      principalsUnseenFor: 2,
    };
    expect(readScenario(JSON.stringify(scenario))).toEqual(scenario);
  });

  test("is refused with every problem and its path", () => {
    const text = JSON.stringify({ faults: [{ on: { call: [1] }, effect: { ...effect, status: 200 } }] });
    expect(() => readScenario(text)).toThrow(
      'the scenario is not valid\n✖ Unrecognized key: "call"\n  → at faults[0].on\n✖ Too small: expected number to be >=400\n  → at faults[0].effect.status',
    );
    expect(() => readScenario("{")).toThrow("the scenario is not JSON: ");
  });
});
