import { type GraphCollection, type GraphObject, page, patched, selected, unwritable } from "./graph-collection.ts";
import {
  badRequest,
  created,
  type GraphAnswer,
  type GraphRequest,
  type Json,
  noContent,
  notFound,
  ok,
  refused,
} from "./graph-request.ts";
import { text } from "./json.ts";
import { carries, isApplication } from "./token.ts";

/** What the requests about connections need of the rest of the sandbox. */
export interface ConnectionParts {
  readonly connections: GraphCollection;
  /** Whether a provisioning policy names the connection. */
  readonly inPolicy: (id: string) => boolean;
  /** Whether a Cloud PC has an interface in the connection's subnet. */
  readonly hasCloudPcs: (connection: GraphObject) => boolean;
  /** Where a resource of Azure is; undefined if there is none. */
  readonly locationOf: (id: string) => string | undefined;
  /** Starts the health checks; an earlier run ends. */
  readonly startChecks: (id: string) => void;
  /** Where lists continue. */
  readonly address: string;
}

const common = ["displayName", "connectionType", "subscriptionId", "resourceGroupId", "virtualNetworkId", "subnetId"];
const domain = ["adDomainName", "adDomainUsername", "adDomainPassword"];
const writable = [...common, ...domain, "organizationalUnit", "scopeIds"];

/** https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection: returned on `$select` only. */
const onlyOnSelect = ["healthCheckStatusDetail", "inUse", "alternateResourceUrl"];

const onlyPersons = "Application permissions are not supported for this operation.";

/** Answers `/deviceManagement/virtualEndpoint/onPremisesConnections`. https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection (read 2026-11-21) */
export function answerConnections(parts: ConnectionParts, request: GraphRequest, rest: readonly string[]): GraphAnswer {
  const { method, query, claims } = request;
  const [id, action] = rest;
  const writes = method !== "GET";
  const permissions = writes ? ["CloudPC.ReadWrite.All"] : ["CloudPC.Read.All", "CloudPC.ReadWrite.All"];
  if (!carries(claims, permissions))
    return refused(403, "Forbidden", "Insufficient privileges to complete the operation.");
  // As the pages of create, update and runHealthChecks say; delete and updateAdDomainPassword list an application permission.
  const person = method === "PATCH" || (method === "POST" && action !== "updateAdDomainPassword");
  if (person && isApplication(claims)) return refused(403, "Forbidden", onlyPersons);
  const { connections, address } = parts;
  if (id === undefined) {
    if (method === "POST") return create(parts, request.body);
    return page(
      connections.visible().map((one) => selected(present(parts, one), query, onlyOnSelect)),
      query,
      address,
    );
  }
  const connection = method === "GET" ? connections.read(id) : connections.find(id);
  if (connection === undefined) return notFound(id);
  if (method === "GET") return ok(selected(present(parts, connection), query, onlyOnSelect));
  if (method === "PATCH") return update(parts, connection, request.body);
  if (method === "DELETE") return remove(parts, connection);
  if (action === "runHealthChecks") parts.startChecks(id);
  return action === "updateAdDomainPassword" ? updatePassword(connection, request.body) : noContent;
}

function create(parts: ConnectionParts, body: Json): GraphAnswer {
  const { connections } = parts;
  const connectionType = text(body.connectionType) ?? "hybridAzureADJoin";
  const required = connectionType === "hybridAzureADJoin" ? [...common, ...domain] : common;
  const problem = required.find((name) => name !== "connectionType" && !text(body[name]));
  if (problem !== undefined) return badRequest(`The property '${problem}' is required.`);
  const refusal = problemOf(parts, body, undefined);
  if (refusal !== undefined) return refusal;
  const { adDomainPassword: _, ...kept } = body;
  const connection = connections.add({
    "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
    subscriptionName: "Sandbox subscription",
    organizationalUnit: null,
    scopeIds: [],
    alternateResourceUrl: null,
    ...kept,
    connectionType,
    // Graph keeps the ids of Azure in lower case.
    ...lowerCase(kept, ["resourceGroupId", "virtualNetworkId", "subnetId"]),
    virtualNetworkLocation: parts.locationOf(text(kept.virtualNetworkId) ?? "") ?? null,
    healthCheckStatus: "pending",
    healthCheckPaused: false,
  });
  parts.startChecks(connection.id);
  return created(selected(present(parts, connection), new URLSearchParams(), onlyOnSelect));
}

function update(parts: ConnectionParts, connection: GraphObject, body: Json): GraphAnswer {
  const refusal = problemOf(parts, body, connection.id);
  if (refusal !== undefined) return refusal;
  const { adDomainPassword: _, ...kept } = body;
  const changed = patched(connection, {
    ...kept,
    ...lowerCase(kept, ["resourceGroupId", "virtualNetworkId", "subnetId"]),
  });
  parts.connections.set(changed);
  parts.startChecks(connection.id);
  const running = parts.connections.find(connection.id) ?? changed;
  return ok(selected(present(parts, running), new URLSearchParams(), onlyOnSelect));
}

function updatePassword(connection: GraphObject, body: Json): GraphAnswer {
  if (connection.connectionType !== "hybridAzureADJoin") {
    return badRequest("The domain password can be updated for connections of type 'hybridAzureADJoin' only.");
  }
  return text(body.adDomainPassword) ? noContent : badRequest("The parameter 'adDomainPassword' is required.");
}

/** https://learn.microsoft.com/graph/api/cloudpconpremisesconnection-delete: not while in use. The error's code is the sandbox's. */
function remove(parts: ConnectionParts, connection: GraphObject): GraphAnswer {
  if (present(parts, connection).inUse === true) {
    return refused(409, "Conflict", "The Azure network connection is in use and cannot be deleted.");
  }
  parts.connections.remove(connection.id);
  return noContent;
}

function problemOf({ connections }: ConnectionParts, body: Json, self: string | undefined): GraphAnswer | undefined {
  const unknown = unwritable(body, writable);
  if (unknown !== undefined) return badRequest(`The property '${unknown}' does not exist or cannot be written.`);
  for (const [name, form] of Object.entries(forms)) {
    const value = body[name];
    if (value !== undefined && !form.test(text(value) ?? "")) return badRequest(`The property '${name}' is not valid.`);
  }
  const twin = connections.all().find(({ id, displayName }) => id !== self && displayName === body.displayName);
  return twin === undefined
    ? undefined
    : refused(409, "Conflict", `An Azure network connection named '${String(body.displayName)}' already exists.`);
}

const guid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const group = `/subscriptions/${guid}/resourceGroups/[^/]+`;
const network = `${group}/providers/Microsoft.Network/virtualNetworks/[^/]+`;
const forms: Readonly<Record<string, RegExp>> = {
  connectionType: /^(azureADJoin|hybridAzureADJoin)$/,
  subscriptionId: new RegExp(`^${guid}$`, "i"),
  resourceGroupId: new RegExp(`^${group}$`, "i"),
  virtualNetworkId: new RegExp(`^${network}$`, "i"),
  subnetId: new RegExp(`^${network}/subnets/[^/]+$`, "i"),
};

function present({ inPolicy, hasCloudPcs }: ConnectionParts, connection: GraphObject): GraphObject {
  const inUseByCloudPc = hasCloudPcs(connection);
  return { ...connection, inUseByCloudPc, inUse: inUseByCloudPc || inPolicy(connection.id) };
}

function lowerCase(body: Json, names: readonly string[]): Json {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = text(body[name]);
      return value === undefined ? [] : [[name, value.toLowerCase()]];
    }),
  );
}
