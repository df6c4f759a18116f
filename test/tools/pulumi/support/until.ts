import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds, and fails with its description when it does not in time. */
export async function until(description: string, condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${description}`);
    await sleep(20);
  }
}
