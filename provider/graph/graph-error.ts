import type { PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { isMap } from "../protocol/property-values.ts";

/** An answer of Graph that is none of success. The message names request, status, code and Graph's own words. */
export class GraphError extends Error {
  readonly status: number;
  /** Graph's code, such as "Forbidden"; "" if it gave none. */
  readonly code: string;

  constructor(message: string, status: number, code: string) {
    super(message);
    this.name = "GraphError";
    this.status = status;
    this.code = code;
  }
}

/**
 * Makes the error of an answer. What the request held of secrets is taken out of Graph's words, should it repeat them.
 * The shape: https://learn.microsoft.com/graph/errors (read 2026-11-21).
 */
export function graphError(request: string, response: PipelineResponse, secrets: readonly string[]): GraphError {
  const { code, message } = errorOf(response.bodyAsText ?? "");
  const requestId = response.headers.get("request-id");
  const words = secrets.filter(Boolean).reduce((text, one) => text.replaceAll(one, "[secret]"), message);
  const id = requestId === undefined ? "" : ` (request-id ${requestId})`;
  const said = [code, words].filter(Boolean).join(": ") || "no reason given";
  return new GraphError(
    `Microsoft Graph answered ${request} with ${response.status} ${said}${id}`,
    response.status,
    code,
  );
}

/** Makes the error of a request that nobody answered. One that may not be repeated may have been carried out. */
export function noAnswerError(request: string, { code, message }: RestError, repeatable: boolean): Error {
  const doubt = repeatable ? "" : "; it may have been carried out all the same";
  return new Error(`Microsoft Graph did not answer ${request}: ${code ?? message}${doubt}`);
}

function errorOf(text: string): { readonly code: string; readonly message: string } {
  const body = jsonOf(text);
  const error = isMap(body) && isMap(body.error) ? body.error : {};
  return {
    code: typeof error.code === "string" ? error.code : "",
    message: typeof error.message === "string" ? error.message : "",
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
