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
import { isJson, objects, text } from "./json.ts";
import { carries } from "./token.ts";

/** A kind of object below `virtualEndpoint` that is assigned to groups: provisioning policies and user settings. */
export interface AssignedKind {
  readonly collection: GraphCollection;
  /** Without "#microsoft.graph.". */
  readonly odataType: string;
  readonly required: readonly string[];
  readonly writable: readonly string[];
  /** Properties that a PATCH does not take. */
  readonly fixed: readonly string[];
  readonly defaults: Json;
  /** Status of an accepted PATCH, by the kind's page. */
  readonly patchStatus: 200 | 204;
  /** What is wrong with a body beyond names, as a sentence. */
  readonly problemOf: (body: Json) => string | undefined;
  readonly address: string;
}

/** Answers the requests about one kind of assigned object. */
export function answerAssigned(kind: AssignedKind, request: GraphRequest, rest: readonly string[]): GraphAnswer {
  const { method, query, body, claims } = request;
  const [id, action] = rest;
  const permissions = method === "GET" ? ["CloudPC.Read.All", "CloudPC.ReadWrite.All"] : ["CloudPC.ReadWrite.All"];
  if (!carries(claims, permissions))
    return refused(403, "Forbidden", "Insufficient privileges to complete the operation.");
  const { collection, address } = kind;
  if (id === undefined) {
    if (method === "POST") return create(kind, body);
    return page(
      collection.visible().map((one) => seen(one, query)),
      query,
      address,
    );
  }
  const object = method === "GET" ? collection.read(id) : collection.find(id);
  if (object === undefined) return notFound(id);
  if (method === "GET") return ok(seen(object, query));
  if (method === "PATCH") return update(kind, object, body);
  if (method === "DELETE") return remove(kind, object);
  return action === "assign" ? assign(kind, object, body) : notFound(`${id}/${action ?? ""}`);
}

function create(kind: AssignedKind, body: Json): GraphAnswer {
  const missing = kind.required.find((name) => body[name] === undefined);
  const problem = missing === undefined ? problemIn(kind, body) : `The property '${missing}' is required.`;
  if (problem !== undefined) return badRequest(problem);
  const object = kind.collection.add({
    "@odata.type": `#microsoft.graph.${kind.odataType}`,
    ...kind.defaults,
    ...body,
    assignments: [],
  });
  return created(seen(object, new URLSearchParams()));
}

function update(kind: AssignedKind, object: GraphObject, body: Json): GraphAnswer {
  const fixed = kind.fixed.find((name) => body[name] !== undefined && body[name] !== object[name]);
  const problem = fixed === undefined ? problemIn(kind, body) : `The property '${fixed}' cannot be changed.`;
  if (problem !== undefined) return badRequest(problem);
  const changed = patched(object, body);
  kind.collection.set(changed);
  return kind.patchStatus === 204 ? noContent : ok(seen(changed, new URLSearchParams()));
}

/** "You can't delete a policy that's in use": while it is assigned. The error's code is the sandbox's. */
function remove({ collection }: AssignedKind, object: GraphObject): GraphAnswer {
  if (objects(object.assignments).length > 0)
    return refused(409, "Conflict", "The object is assigned and cannot be deleted.");
  collection.remove(object.id);
  return noContent;
}

function assign({ collection, odataType }: AssignedKind, object: GraphObject, body: Json): GraphAnswer {
  if (!Array.isArray(body.assignments)) return badRequest("The parameter 'assignments' is required.");
  const groups = objects(body.assignments).map(({ target }) => (isJson(target) ? text(target.groupId) : undefined));
  if (groups.some((group) => group === undefined)) return badRequest("An assignment has no 'target.groupId'.");
  const assignments = groups.map((groupId) => ({
    "@odata.type": `#microsoft.graph.${odataType}Assignment`,
    id: `${object.id}_${groupId}`,
    target: { "@odata.type": "#microsoft.graph.cloudPcManagementGroupAssignmentTarget", groupId },
  }));
  collection.set({ ...object, assignments });
  return noContent;
}

function problemIn(kind: AssignedKind, body: Json): string | undefined {
  const unknown = unwritable(body, kind.writable);
  return unknown === undefined
    ? kind.problemOf(body)
    : `The property '${unknown}' does not exist or cannot be written.`;
}

/** Assignments are returned on `$expand` only. */
function seen(object: GraphObject, query: URLSearchParams): Json {
  const expanded = query.get("$expand") === "assignments";
  return { ...selected(object, query, ["assignments"]), ...(expanded && { assignments: object.assignments }) };
}
