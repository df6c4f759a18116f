/**
 * Random numbers of a long test: the seed comes from `SEED` or the clock and is printed, the size from `COUNT`
 * (a factor on the default), so that a red run can be repeated exactly.
 */
export interface Random {
  readonly seed: number;
  /** An integer from 0 to `below - 1`. */
  readonly below: (below: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
}

/** The generator of one test (mulberry32); prints its seed. */
export function seededRandom(title: string): Random {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
  console.log(`${title}: SEED=${seed}`);
  return randomOf(seed);
}

/** The generator of a given seed. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    seed,
    below,
    pick: <T>(from: readonly T[]): T => {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
    chance: (probability) => next() < probability,
  };
}

/** How many cases: the default, or the `COUNT` of a long run. */
export function countOf(standard: number): number {
  return Number(process.env.COUNT ?? standard);
}
