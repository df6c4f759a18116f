/** One measurement as `npm run bench -- --json` prints it: a ratio of two things measured side by side in this run. */
export interface BenchResult {
  readonly name: string;
  /** What is divided by what. */
  readonly what: string;
  /** Median of the first divided by median of the second. */
  readonly ratio: number;
  /** The ratio that is not to be exceeded. */
  readonly goal: number;
  readonly holds: boolean;
  /** How often each was measured. */
  readonly runs: number;
  /** Smallest, middle and largest ratio of a pair of runs. */
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Absolute figures of this run, for people; never a pass mark. */
  readonly details?: string;
}

/** The result of pairs measured one after the other, `[what costs, what it is compared with]`, in the same unit. */
export function benchResult(
  about: { readonly name: string; readonly what: string; readonly goal: number },
  pairs: readonly (readonly [number, number])[],
): BenchResult {
  const ratios = pairs.map(([cost, reference]) => cost / reference).sort((a, b) => a - b);
  const ratio = middle(pairs.map(([cost]) => cost)) / middle(pairs.map(([, reference]) => reference));
  const [min = Number.NaN, max = Number.NaN] = [ratios.at(0), ratios.at(-1)].map((one) => one && rounded(one));
  return {
    ...about,
    ratio: rounded(ratio),
    holds: ratio <= about.goal,
    runs: pairs.length,
    min,
    median: rounded(middle(ratios)),
    max,
  };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
