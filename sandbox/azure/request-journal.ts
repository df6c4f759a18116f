import type { RequestLogEntry } from "./request-log.ts";

/** The log while it is written: an entry is there from the arrival of a request, and is filled in when it has ended. */
export interface RequestJournal {
  readonly entries: readonly RequestLogEntry[];
  /** Notes the arrival. The returned function notes the end. */
  open(request: Pick<RequestLogEntry, "method" | "id" | "type">): (end: RequestEnd) => void;
}

/** How a request ended. */
export type RequestEnd = Pick<RequestLogEntry, "status" | "code" | "message" | "conflict" | "injected">;

/** Status of a request that has not ended. */
const running = 102;

/** Makes an empty journal. `log` gets one line per finished request. */
export function createRequestJournal(log: (line: string) => void): RequestJournal {
  const started = performance.now();
  const entries: RequestLogEntry[] = [];
  return {
    entries,
    open(request) {
      const sequence = entries.length + 1;
      const arrival = { sequence, atMilliseconds: Math.round(performance.now() - started), ...request };
      entries.push({ ...arrival, status: running, conflict: false, injected: false });
      return (end) => {
        entries[sequence - 1] = { ...arrival, ...end };
        const reason = end.code === undefined ? "" : ` ${end.code}${end.injected ? " (scenario)" : ""}`;
        log(`sandbox: ${request.method} ${request.id} ${end.status}${reason}`);
      };
    },
  };
}
