import { expect, test } from "vitest";
import { benchResult } from "../../tools/bench/result.ts";

test.each([
  {
    case: "holds at its goal",
    pairs: [
      [1, 10],
      [1, 10],
      [1, 10],
    ],
    ratio: 0.1,
    holds: true,
    min: 0.1,
    max: 0.1,
  },
  {
    case: "fails above its goal",
    pairs: [
      [2, 10],
      [3, 10],
      [4, 10],
    ],
    ratio: 0.3,
    holds: false,
    min: 0.2,
    max: 0.4,
  },
  {
    case: "is not moved by one slow run",
    pairs: [
      [1, 20],
      [90, 20],
      [1, 20],
    ],
    ratio: 0.05,
    holds: true,
    min: 0.05,
    max: 4.5,
  },
] as const)("a ratio $case", ({ pairs, ratio, holds, min, max }) => {
  const about = { name: "made", what: "one / another", goal: 0.1 };
  expect(benchResult(about, pairs)).toMatchObject({ ...about, ratio, holds, runs: 3, min, max });
});
