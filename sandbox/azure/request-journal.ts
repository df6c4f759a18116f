import type { Outcome } from "./arm-answer.ts";
import type { RequestLogEntry } from "./request-log.ts";

/** The log while it is written: an entry is there from the arrival of a request, and is filled in when it has ended. */
export interface RequestJournal {
  readonly entries: readonly RequestLogEntry[];
  /** Notes the arrival. The returned function notes the end. */
  open(request: Pick<RequestLogEntry, "method" | "id" | "type">): (outcome: Outcome) => void;
}

/** Status of a request that has not ended: "Processing". */
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
      return ({ answer, conflict = false, injected = false }) => {
        const status = answer.ok ? answer.status : answer.error.status;
        const error = answer.ok ? {} : { code: answer.error.code, message: answer.error.message };
        entries[sequence - 1] = { ...arrival, status, ...error, conflict, injected };
        const reason = answer.ok ? "" : ` ${answer.error.code}${injected ? " (scenario)" : ""}`;
        log(`sandbox: ${request.method} ${request.id} ${status}${reason}`);
      };
    },
  };
}
