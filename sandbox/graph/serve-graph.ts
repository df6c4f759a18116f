import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { GraphObject } from "./graph-collection.ts";
import { type GraphLogEntry, redacted } from "./graph-log.ts";
import { badRequest, type GraphAnswer, type Json, notFound, refused } from "./graph-request.ts";
import { createGraphFaults, type GraphEffect, type GraphScenario } from "./graph-scenario.ts";
import { createGraphService, type GraphServiceParts, type GraphSnapshot } from "./graph-service.ts";
import { isJson, text } from "./json.ts";
import { type RawRequest, readRequest, sendAnswer } from "./read-request.ts";
import { applicationToken, delegatedToken, readClaims } from "./token.ts";

/** The sandbox's Graph as tests and people see it, past any request. */
export interface GraphEstate {
  /** Address for `WINDOWS365_GRAPH_ENDPOINT`. */
  readonly endpoint: string;
  /** A token of a person; all permissions, or the given ones. */
  delegatedToken(permissions?: readonly string[]): string;
  /** A token of an application. */
  applicationToken(permissions?: readonly string[]): string;
  /** Every request, oldest first; no passwords, no tokens. */
  readonly requests: readonly GraphLogEntry[];
  connections(): readonly GraphObject[];
  policies(): readonly GraphObject[];
  userSettings(): readonly GraphObject[];
  /** The remote desktop configuration of a service principal. */
  remoteDesktop(servicePrincipalId: string): Json | undefined;
  fido2(): Json;
  /** Changes a connection behind everybody's back. */
  plantConnection(id: string, patch: Json): void;
  /** Removes a connection behind everybody's back. */
  removeConnection(id: string): void;
  /** Replaces the scenario; its counters start again. */
  setScenario(scenario: GraphScenario): void;
  /** What there is, to be kept for a later process. */
  snapshot(): GraphSnapshot;
  /** Calls back before each request is answered, and waits. Returns a function that ends it. */
  onRequest(callback: (method: string, path: string) => void | Promise<void>): () => void;
  stop(): Promise<void>;
}

/** Serves Graph on a free port of 127.0.0.1. */
export async function serveGraph(options: Omit<GraphServiceParts, "scenario">): Promise<GraphEstate> {
  let scenario: GraphScenario = {};
  let effectOf = createGraphFaults(scenario);
  const service = createGraphService({ ...options, scenario: () => scenario });
  const requests: GraphLogEntry[] = [];
  const callbacks = new Set<(method: string, path: string) => void | Promise<void>>();

  async function handle(raw: RawRequest, response: ServerResponse): Promise<void> {
    const { method, path, query, body } = raw;
    for (const callback of callbacks) await callback(method, path);
    const effect = effectOf(method, path);
    const answer = effect?.kind === "refuse" ? injected(effect) : answerTo(raw);
    requests.push(entryOf({ method, path, query: query.toString() }, body, answer, effect !== undefined));
    if (effect?.kind === "lost") response.destroy();
    else sendAnswer(response, answer, randomUUID());
  }

  function answerTo({ method, path, query, authorization, body }: RawRequest): GraphAnswer {
    const claims = readClaims(authorization);
    if (claims === undefined) return refused(401, "InvalidAuthenticationToken", "Access token is empty or malformed.");
    if (body === undefined) return badRequest("The body is not a JSON object.");
    const [version, ...segments] = path.split("/").filter((segment) => segment !== "");
    if (version !== "v1.0") return notFound(version ?? "/");
    return service.answer({ method, segments, query, body, claims }, `${endpoint}/v1.0`);
  }

  const server = createServer((message, response) => {
    readRequest(message)
      .then((raw) => handle(raw, response))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        sendAnswer(response, refused(500, "generalException", `the sandbox itself failed: ${reason}`), randomUUID());
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    endpoint,
    delegatedToken,
    applicationToken,
    requests,
    connections: service.connections.all,
    policies: service.policies.all,
    userSettings: service.userSettings.all,
    remoteDesktop: (id) => service.remoteDesktop.get(id),
    fido2: () => service.fido2.current,
    plantConnection: (id, patch) => {
      const connection = service.connections.find(id);
      if (connection === undefined) throw new Error(`there is no connection "${id}" in the sandbox`);
      service.connections.set({ ...connection, ...patch, id });
    },
    removeConnection: (id) => service.connections.remove(id),
    snapshot: service.snapshot,
    setScenario: (next) => {
      scenario = next;
      effectOf = createGraphFaults(next);
    },
    onRequest: (callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    stop: async () => {
      service.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function injected({ status, code, message, retryAfterSeconds }: Extract<GraphEffect, { kind: "refuse" }>): GraphAnswer {
  const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return refused(status, code, message ?? "The sandbox's scenario asked for this error.", headers);
}

function entryOf(
  request: Pick<GraphLogEntry, "method" | "path" | "query">,
  body: Json | undefined,
  answer: GraphAnswer,
  isInjected: boolean,
): GraphLogEntry {
  const error = isJson(answer.body?.error) ? text(answer.body.error.code) : undefined;
  return {
    ...request,
    ...(body !== undefined && Object.keys(body).length > 0 && { body: redacted(body) }),
    status: answer.status,
    ...(error !== undefined && { code: error }),
    injected: isInjected,
  };
}
