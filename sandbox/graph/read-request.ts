import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphAnswer, Json } from "./graph-request.ts";
import { isJson } from "./json.ts";

/** A request as it came, before anybody has looked at its token. */
export interface RawRequest {
  readonly method: string;
  /** Decoded path, with the version in front. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Undefined where the body is no JSON object. */
  readonly body: Json | undefined;
}

/** Reads a request to its end. An absent body is the empty object. */
export async function readRequest(message: IncomingMessage): Promise<RawRequest> {
  const url = new URL(message.url ?? "/", "http://sandbox");
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    method: message.method ?? "GET",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    authorization: message.headers.authorization,
    body: text === "" ? {} : jsonObject(text),
  };
}

/** Sends an answer. */
export function sendAnswer(
  response: ServerResponse,
  { status, body, headers = {} }: GraphAnswer,
  requestId: string,
): void {
  response.writeHead(status, {
    "request-id": requestId,
    ...(body && { "content-type": "application/json" }),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function jsonObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
