import type { Sdk } from "./sdk.ts";

const POLL_MS = 500;

/**
 * How many looks in a row may miss the engine: three seconds' worth once it has been seen, ten before. Looks are counted
 * and not time, because a process that was too busy to look (loading modules, asleep with its laptop) has missed nothing.
 */
const MISSES = { afterSeen: 6, beforeSeen: 20 };

/**
 * Calls `onGone` once when the engine at `address` no longer answers.
 *
 * An engine that is killed cannot end its plugins. Its listening socket closes with it on every platform, while the
 * parent process id tells nothing on Windows. Returns a function that stops watching.
 */
export function watchEngine({ grpc }: Sdk, address: string, onGone: () => void): () => void {
  const channel = new grpc.Client(address, grpc.credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
    "grpc.max_reconnect_backoff_ms": POLL_MS,
  }).getChannel();
  let missed = 0;
  let allowed = MISSES.beforeSeen;
  const timer = setInterval(() => {
    if (channel.getConnectivityState(true) === grpc.connectivityState.READY) {
      missed = 0;
      allowed = MISSES.afterSeen;
      return;
    }
    missed += 1;
    if (missed < allowed) return;
    stop();
    onGone();
  }, POLL_MS);
  const stop = () => {
    clearInterval(timer);
    channel.close();
  };
  return stop;
}
