import type { TokenClaims } from "./token.ts";

/** A JSON object whose content nobody has checked yet. */
export type Json = { readonly [key: string]: unknown };

/** One request to Graph, past its authentication. */
export interface GraphRequest {
  readonly method: string;
  /** Segments of the path after the version: `["deviceManagement", "virtualEndpoint", "userSettings"]`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** The body as an object; the empty object if there was none. */
  readonly body: Json;
  readonly claims: TokenClaims;
}

/** What Graph answers; an absent body is an empty one. */
export interface GraphAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers the requests below one path, or undefined where the path is not its own. */
export type GraphRoutes = (request: GraphRequest) => GraphAnswer | undefined;

/** 200 with an object. */
export function ok(body: Json): GraphAnswer {
  return { status: 200, body };
}

/** 201 with the object that was made. */
export function created(body: Json): GraphAnswer {
  return { status: 201, body };
}

/** 204. */
export const noContent: GraphAnswer = { status: 204 };

/** An error in Graph's shape. https://learn.microsoft.com/graph/errors (read 2026-11-21) */
export function refused(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): GraphAnswer {
  return { status, headers, body: { error: { code, message, innerError: { date: new Date().toISOString() } } } };
}

/** 404, for an object that is not there (yet). */
export function notFound(id: string): GraphAnswer {
  return refused(
    404,
    "ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 400, for a body that Graph does not take. */
export function badRequest(message: string): GraphAnswer {
  return refused(400, "BadRequest", message);
}
