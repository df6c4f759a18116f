import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  isRestError,
  type Pipeline,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { isMap, type PropertyMap } from "../protocol/property-values.ts";
import type { GraphEndpoint } from "./graph-endpoint.ts";
import { graphError, noAnswerError } from "./graph-error.ts";
import { graphPipeline, scopeOf } from "./graph-pipeline.ts";
import { readTokenClaims, type TokenClaims } from "./token-claims.ts";

/** Microsoft Graph v1.0. Paths begin after the version, with a slash. Errors are `GraphError`s, or name what kept the request from arriving. */
export interface GraphClient {
  /** An object; undefined where there is none (404). `query` such as "$select=id". */
  get(path: string, query?: string): Promise<PropertyMap | undefined>;
  /** Every object of a list, through all its pages. */
  list(path: string, query?: string): Promise<readonly PropertyMap[]>;
  /** `secrets` are values of the body that no error may repeat. */
  post(path: string, body?: PropertyMap, secrets?: readonly string[]): Promise<PropertyMap>;
  patch(path: string, body: PropertyMap, secrets?: readonly string[]): Promise<PropertyMap>;
  /** What is not there is deleted. */
  delete(path: string): Promise<void>;
  /** Who is signed in; undefined where the token does not tell, or where a person would have to be asked and `quietly` is true. */
  claims(quietly?: boolean): Promise<TokenClaims | undefined>;
  /** The same, with requests that end when the signal is aborted. */
  until(signal: AbortSignal): GraphClient;
}

/** What a client talks with. */
export interface GraphClientParts {
  readonly endpoint: GraphEndpoint;
  /** Called before the first request, once. */
  readonly credential: () => Promise<TokenCredential>;
  /** Whether signing in takes a person each time. @default false */
  readonly asksPerson?: boolean;
}

/** Makes a client. Nothing is sent, and nobody signed in, before the first request. */
export function createGraphClient({ endpoint, credential, asksPerson = false }: GraphClientParts): GraphClient {
  const http = createDefaultHttpClient();
  const pipelines = new Map<boolean, Pipeline>();
  let signedIn: Promise<TokenCredential> | undefined;
  const credentialOnce = (): Promise<TokenCredential> => {
    signedIn ??= credential();
    return signedIn;
  };

  async function send({ method, url, body, signal, secrets = [] }: Sending): Promise<PipelineResponse> {
    const repeatable = method !== "POST";
    const pipeline = pipelines.get(repeatable) ?? graphPipeline(endpoint, await credentialOnce(), repeatable);
    pipelines.set(repeatable, pipeline);
    const request = createPipelineRequest({
      url,
      method,
      ...(signal !== undefined && { abortSignal: signal }),
      // Only a stand-in on this machine has an address of http.
      allowInsecureConnection: endpoint.authorityHost === undefined,
      headers: createHttpHeaders({ accept: "application/json", ...(body && { "content-type": "application/json" }) }),
      ...(body && { body: JSON.stringify(body) }),
    });
    const name = `${method} ${new URL(url).pathname}`;
    const response = await pipeline.sendRequest(http, request).catch((error: unknown) => {
      throw isRestError(error) ? noAnswerError(name, error, repeatable) : error;
    });
    const isAbsent = response.status === 404 && (method === "GET" || method === "DELETE");
    if (response.status >= 300 && !isAbsent) throw graphError(name, response, secrets);
    return response;
  }

  const clientUntil = (signal: AbortSignal | undefined): GraphClient => {
    const address = (path: string, query?: string) => `${endpoint.origin}/v1.0${path}${query ? `?${query}` : ""}`;
    const common = signal === undefined ? {} : { signal };
    return {
      get: async (path, query) => {
        const response = await send({ method: "GET", url: address(path, query), ...common });
        return response.status === 404 ? undefined : objectOf(response);
      },
      list: async (path, query) => {
        const found: PropertyMap[] = [];
        for (let url: string | undefined = address(path, query); url !== undefined; ) {
          const body: PropertyMap = objectOf(await send({ method: "GET", url, ...common }));
          found.push(...(Array.isArray(body.value) ? body.value.filter(isMap) : []));
          url = nextPage(endpoint, body);
        }
        return found;
      },
      post: async (path, body, secrets) =>
        objectOf(
          await send({
            method: "POST",
            url: address(path),
            ...(body && { body }),
            ...(secrets && { secrets }),
            ...common,
          }),
        ),
      patch: async (path, body, secrets) =>
        objectOf(await send({ method: "PATCH", url: address(path), body, ...(secrets && { secrets }), ...common })),
      delete: async (path) => {
        await send({ method: "DELETE", url: address(path), ...common });
      },
      claims: async (quietly = false) => {
        if (quietly && asksPerson) return undefined;
        const token = await (await credentialOnce()).getToken(scopeOf(endpoint));
        return token === null ? undefined : readTokenClaims(token.token);
      },
      until: clientUntil,
    };
  };
  return clientUntil(undefined);
}

interface Sending {
  readonly method: HttpMethods;
  readonly url: string;
  readonly body?: PropertyMap;
  readonly signal?: AbortSignal;
  readonly secrets?: readonly string[];
}

/** Where a list goes on. A link to another host would take the token there. https://learn.microsoft.com/graph/paging (read 2026-11-21) */
function nextPage({ origin }: GraphEndpoint, body: PropertyMap): string | undefined {
  const link = body["@odata.nextLink"];
  if (typeof link !== "string") return undefined;
  if (new URL(link).origin === origin) return link;
  throw new Error(`Microsoft Graph continues a list at "${new URL(link).origin}"; expected "${origin}"`);
}

function objectOf({ bodyAsText, status }: PipelineResponse): PropertyMap {
  if (!bodyAsText || status === 404) return {};
  const body: unknown = JSON.parse(bodyAsText);
  return isMap(body) ? body : {};
}
