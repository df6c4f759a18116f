import type { RequestEvent } from "./request-log.ts";

/** Tells callbacks about moments of requests, and waits for them, so that a test can act inside a create. */
export interface RequestEvents {
  emit(phase: RequestEvent["phase"], request: Omit<RequestEvent, "phase" | "count">): Promise<void>;
  /** Returns a function that ends it. */
  subscribe(callback: (event: RequestEvent) => void | Promise<void>): () => void;
}

/** Makes the events of one sandbox; nobody listens yet. */
export function createRequestEvents(): RequestEvents {
  const callbacks = new Set<(event: RequestEvent) => void | Promise<void>>();
  const counts = new Map<string, number>();
  return {
    async emit(phase, { method, id, type, creates }) {
      const key = `${phase} ${method}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      for (const callback of callbacks) await callback({ phase, method, id, type, creates, count });
    },
    subscribe(callback) {
      callbacks.add(callback);
      return () => {
        callbacks.delete(callback);
      };
    },
  };
}
