import { setTimeout as sleep } from "node:timers/promises";

/** How long to look, and how often. */
export interface Patience {
  /** Milliseconds after which it is given up. */
  readonly timeoutMilliseconds: number;
  /** First pause; each is twice the last, up to five seconds. */
  readonly pauseMilliseconds: number;
  readonly signal: AbortSignal;
}

const longestPause = 5_000;

/** Looks until there is an answer. Undefined if there was none in time, or the signal was aborted. */
export async function waitUntil<T>(
  look: () => Promise<T | undefined>,
  { timeoutMilliseconds, pauseMilliseconds, signal }: Patience,
): Promise<T | undefined> {
  const started = performance.now();
  for (let pause = pauseMilliseconds; ; pause = Math.min(pause * 2, longestPause)) {
    const found = await look();
    if (found !== undefined) return found;
    if (signal.aborted || performance.now() - started + pause > timeoutMilliseconds) return undefined;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** How long a write may take to be seen by reads, in Graph's replicas. Microsoft names no number. */
export const replication = { timeoutMilliseconds: 120_000, pauseMilliseconds: 250 };
