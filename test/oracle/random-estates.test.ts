import { describe, expect, test } from "vitest";
import type { Disposition } from "../../model/path/step.ts";
import { readings } from "./readings.ts";
import { runOracle } from "./run-oracle.ts";

const flows = Number(process.env.COUNT ?? 20_000);
// The same networks each time, so that a change that turns this red is to blame; `npm run test:long` picks new ones.
const seed = Number(process.env.SEED ?? 20_261_121);

describe(`the model and the packet walker about ${flows} flows of random estates, SEED=${seed} COUNT=${flows}`, () => {
  console.log(`random estates against the packet walker: SEED=${seed} COUNT=${flows}`);
  const report = runOracle(seed, flows);
  console.log(JSON.stringify({ agreed: report.agreed, readings: report.readings, unknown: report.unknown }));

  test("never differ, but where a listed reading of a page allows both", () => {
    expect(report.disagreements.slice(0, 3)).toEqual([]);
  });

  test("are seldom unsure, so that agreement says something", () => {
    expect(report.unknown.model / flows).toBeLessThan(0.1);
    expect(report.unknown.walker / flows).toBeLessThan(0.1);
    const differing = Object.values(report.readings).reduce((all, count) => all + count, 0);
    expect(differing / flows).toBeLessThan(0.05);
  });

  test.each<{ readonly disposition: Disposition; readonly share: number }>([
    { disposition: "Delivered", share: 0.1 },
    { disposition: "ExitsNetwork", share: 0.1 },
    { disposition: "NoRoute", share: 0.05 },
    { disposition: "NameNotResolvable", share: 0.03 },
    { disposition: "DeniedOutbound", share: 0.03 },
    { disposition: "DeniedByFirewall", share: 0.03 },
    { disposition: "NullRouted", share: 0.03 },
    { disposition: "InsufficientInfo", share: 0.01 },
    { disposition: "NoEgress", share: 0.01 },
    { disposition: "AsymmetricReturn", share: 0.005 },
    { disposition: "DeniedInbound", share: 0.005 },
  ])("agree on $disposition in at least $share of the flows", ({ disposition, share }) => {
    expect((report.agreed[disposition] ?? 0) / flows).toBeGreaterThan(share);
  });

  test.runIf(flows >= 20_000)("agree on loops too", () => {
    expect(report.agreed.Loop).toBeGreaterThan(0);
  });
});

test("each reading names a page, the day it was read and a reason of its own", () => {
  expect(new Set(readings.map(({ name }) => name)).size).toBe(readings.length);
  for (const { page, read, why } of readings) {
    expect(page).toMatch(/^https:\/\/learn\.microsoft\.com\/(?!en-us)/);
    expect(read).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(why.length).toBeGreaterThan(60);
  }
});

test("the same seed asks the same", () => {
  expect(runOracle(7, 80)).toEqual(runOracle(7, 80));
});
