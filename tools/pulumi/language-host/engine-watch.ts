import type { Sdk } from "./sdk.ts";

const POLL_MS = 500;
/** The engine listens before it starts a plugin, so a few seconds without it mean that it has ended. */
const GONE_AFTER_MS = 3_000;

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
  let lastSeen = performance.now();
  const timer = setInterval(() => {
    if (channel.getConnectivityState(true) === grpc.connectivityState.READY) lastSeen = performance.now();
    else if (performance.now() - lastSeen > GONE_AFTER_MS) {
      stop();
      onGone();
    }
  }, POLL_MS);
  const stop = () => {
    clearInterval(timer);
    channel.close();
  };
  return stop;
}
