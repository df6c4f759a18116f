import { afterEach, describe, expect, test } from "vitest";
import { createGraphClient, type GraphClient } from "../../../provider/graph/graph-client.ts";
import { parseGraphEndpoint } from "../../../provider/graph/graph-endpoint.ts";
import { type GraphEstate, serveGraph } from "../../../sandbox/graph/serve-graph.ts";

let graph: GraphEstate | undefined;
afterEach(async () => {
  await graph?.stop();
});

async function connect(token?: string): Promise<{ readonly graph: GraphEstate; readonly client: GraphClient }> {
  const served = await serveGraph({
    resources: () => [],
    tables: {},
    milliseconds: () => 0,
    onChange: () => undefined,
  });
  graph = served;
  const access = { token: token ?? served.delegatedToken(), expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
  const client = createGraphClient({
    endpoint: parseGraphEndpoint(served.endpoint),
    credential: async () => ({ getToken: async () => access }),
  });
  return { graph: served, client };
}

const settings = "/deviceManagement/virtualEndpoint/userSettings";
const refuse = (status: number, retryAfterSeconds?: number) =>
  ({
    kind: "refuse",
    status,
    code: `E${status}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }) as const;

describe("the client of Graph", () => {
  test("reads a list through all its pages", async () => {
    const { client, graph } = await connect();
    for (const number of [1, 2, 3, 4, 5, 6, 7]) await client.post(settings, { displayName: `${number}` });
    expect((await client.list(settings)).map(({ displayName }) => displayName)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
    expect(graph.requests.filter(({ method }) => method === "GET")).toHaveLength(3);
  });

  test("says in an error which request, status, code and words, and by which id Microsoft finds it", async () => {
    const { client } = await connect();
    await expect(client.post(settings, { wrong: true })).rejects.toThrow(
      /^Microsoft Graph answered POST \/v1\.0\/deviceManagement\/virtualEndpoint\/userSettings with 400 BadRequest: The property 'displayName' is required\. \(request-id [0-9a-f-]{36}\)$/,
    );
  });

  test.each([
    { method: "GET", status: 503, because: "a read may be repeated", requests: [503, 404] },
    { method: "DELETE", status: 500, because: "a removal may be repeated", requests: [500, 404] },
    { method: "POST", status: 500, because: "it may have been carried out", requests: [500] },
    { method: "POST", status: 503, because: "without Retry-After, it may have been carried out", requests: [503] },
    { method: "POST", status: 429, because: "it was not carried out, and one second is waited", requests: [429, 201] },
  ] as const)(
    "$method answered $status is sent $requests.length time(s): $because",
    async ({ method, status, requests }) => {
      const { client, graph } = await connect();
      graph.setScenario({ faults: [{ on: { method, calls: [1] }, effect: refuse(status) }] });
      const send = {
        GET: () => client.get(`${settings}/1`),
        DELETE: () => client.delete(`${settings}/1`),
        POST: () => client.post(settings, { displayName: "one" }),
      };
      await send[method]().catch(() => undefined);
      expect(graph.requests.map((request) => request.status)).toEqual(requests);
    },
  );

  test("gives up a throttled request when it is told to", async () => {
    const { client, graph } = await connect();
    graph.setScenario({ faults: [{ on: { method: "GET" }, effect: refuse(429, 3600) }] });
    const abort = new AbortController();
    const waiting = client.until(abort.signal).get(settings);
    await expect.poll(() => graph.requests.length).toBe(1);
    abort.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });

  test("sends a token only where one was given, and never more than the token", async () => {
    const { client, graph } = await connect("not-a-token");
    await expect(client.get(settings)).rejects.toThrow("401 InvalidAuthenticationToken");
    expect(JSON.stringify(graph.requests)).not.toContain("not-a-token");
  });
});
