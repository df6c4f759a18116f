/** One request that reached the make-believe Azure, as its log keeps it. Bodies are not kept, so that no secret is. */
export interface RequestLogEntry {
  /** Position in the log, from 1. */
  readonly sequence: number;
  /** Milliseconds since the sandbox started. */
  readonly atMilliseconds: number;
  readonly method: "GET" | "PUT" | "DELETE";
  /** Resource id as the caller wrote it. */
  readonly id: string;
  /** ARM type, such as "Microsoft.Network/virtualNetworks". */
  readonly type: string;
  /** HTTP status of the answer; of a long operation, of how it ended. */
  readonly status: number;
  /** ARM error code, where the answer is an error. */
  readonly code?: string;
  /** ARM error message, where the answer is an error. */
  readonly message?: string;
  /** Whether another operation held what this write needed (409 AnotherOperationInProgress from the locks, not from a scenario). */
  readonly conflict: boolean;
  /** Whether a scenario caused this answer. */
  readonly injected: boolean;
}

/**
 * A moment in the life of a request, told to the callbacks of `onRequest`, which ARM waits for.
 * `received`: nothing has happened yet. `accepted`: the resource exists, the long operation runs. `completed`: it has ended.
 */
export interface RequestEvent {
  readonly phase: "received" | "accepted" | "completed";
  readonly method: "GET" | "PUT" | "DELETE";
  readonly id: string;
  readonly type: string;
  /** Whether a PUT makes a resource that did not exist. */
  readonly creates: boolean;
  /** How many requests of this phase and method came before, plus one. */
  readonly count: number;
}
