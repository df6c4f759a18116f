import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  exponentialRetryPolicy,
  type Pipeline,
  type PipelinePolicy,
  proxyPolicy,
  retryPolicy,
  setClientRequestIdPolicy,
  systemErrorRetryPolicy,
  throttlingRetryPolicy,
} from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import type { GraphEndpoint } from "./graph-endpoint.ts";

/** How often a throttled request is tried again; Graph says each time how long to wait. */
const throttledRetries = 10;

/** How often a request that failed on the way, or in Graph, is tried again. */
const failedRetries = 4;

/**
 * The way of a request to Graph. A throttled request was not carried out, so each is tried again after `Retry-After`; one that
 * failed otherwise may have been, so only those that may be repeated are. Redirects are not followed: a token goes nowhere else.
 *
 * Source: https://learn.microsoft.com/graph/throttling (read 2026-11-21).
 */
export function graphPipeline(endpoint: GraphEndpoint, credential: TokenCredential, repeatable: boolean): Pipeline {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(setClientRequestIdPolicy("client-request-id"));
  pipeline.addPolicy(throttlingRetryPolicy({ maxRetries: throttledRetries }));
  pipeline.addPolicy(
    retryPolicy([{ name: "throttledWithoutRetryAfter", retry: backOff }], { maxRetries: throttledRetries }),
  );
  if (repeatable) {
    // The library gives all of these one name, which a pipeline takes once.
    pipeline.addPolicy({ ...exponentialRetryPolicy({ maxRetries: failedRetries }), name: "failedAnswer" });
    pipeline.addPolicy({ ...systemErrorRetryPolicy({ maxRetries: failedRetries }), name: "noAnswer" });
  }
  if (endpoint.authorityHost === undefined) {
    pipeline.addPolicy(plainTokenPolicy(credential));
  } else {
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scopeOf(endpoint) }));
    pipeline.addPolicy(proxyPolicy());
  }
  return pipeline;
}

/** What a token for Graph is asked for. */
export function scopeOf({ origin }: GraphEndpoint): string {
  return `${origin}/.default`;
}

/** A stand-in on this machine is reached without TLS, where the library's own policy sends no token. */
function plainTokenPolicy(credential: TokenCredential): PipelinePolicy {
  return {
    name: "plainToken",
    async sendRequest(request, next) {
      const token = await credential.getToken([]);
      request.headers.set("authorization", `Bearer ${token?.token ?? ""}`);
      return next(request);
    },
  };
}

/** Graph recommends to wait ever longer where a 429 does not say how long. */
function backOff({
  retryCount,
  response,
}: {
  readonly retryCount: number;
  readonly response?: { readonly status: number; readonly headers: { has(name: string): boolean } };
}) {
  if (response?.status !== 429 || response.headers.has("retry-after")) return { skipStrategy: true };
  return { retryAfterInMs: Math.min(64_000, 1_000 * 2 ** retryCount) };
}
