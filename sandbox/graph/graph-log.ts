import type { Json } from "./graph-request.ts";
import { isJson } from "./json.ts";

/** One request that reached Graph, as its log keeps it: no token, and no password. */
export interface GraphLogEntry {
  readonly method: string;
  /** With the version in front, without the query: "/v1.0/deviceManagement/virtualEndpoint/onPremisesConnections". */
  readonly path: string;
  readonly query: string;
  /** With "[redacted]" in the place of every password; absent where there was none. */
  readonly body?: Json;
  readonly status: number;
  /** Graph's error code, where the answer is an error. */
  readonly code?: string;
  /** Whether a scenario caused this answer. */
  readonly injected: boolean;
}

/** The body without its passwords, at any depth. */
export function redacted(body: Json): Json {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      /password/i.test(name) ? "[redacted]" : withoutPasswords(value),
    ]),
  );
}

function withoutPasswords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPasswords);
  return isJson(value) ? redacted(value) : value;
}
