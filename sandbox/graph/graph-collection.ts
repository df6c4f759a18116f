import { randomUUID } from "node:crypto";
import { type GraphAnswer, type Json, ok } from "./graph-request.ts";
import { isJson } from "./json.ts";

/** An object of Graph. */
export type GraphObject = Json & { readonly id: string };

/** Objects of one kind. Reads may lag behind writes. */
export interface GraphCollection {
  /** Everything, whether reads see it yet or not. */
  all(): readonly GraphObject[];
  find(id: string): GraphObject | undefined;
  /** What a read sees: undefined while the object is too new. Each look counts. */
  read(id: string): GraphObject | undefined;
  /** What a list sees. */
  visible(): readonly GraphObject[];
  /** Adds an object under a new id. */
  add(properties: Json): GraphObject;
  set(object: GraphObject): void;
  remove(id: string): void;
}

/** How a collection begins, and who is told of its changes. */
export interface GraphCollectionOptions {
  readonly initial: readonly GraphObject[];
  /** How many reads a new object stays unseen for. */
  readonly unseenFor: () => number;
  readonly onChange: () => void;
}

/** Makes a collection. */
export function createGraphCollection({ initial, unseenFor, onChange }: GraphCollectionOptions): GraphCollection {
  const objects = new Map(initial.map((object) => [object.id, object]));
  const unseen = new Map<string, number>();
  const looked = (id: string): boolean => {
    const left = unseen.get(id) ?? 0;
    if (left > 0) unseen.set(id, left - 1);
    return left === 0;
  };
  return {
    all: () => [...objects.values()],
    find: (id) => objects.get(id),
    read: (id) => (looked(id) ? objects.get(id) : undefined),
    visible: () => [...objects.values()].filter(({ id }) => (unseen.get(id) ?? 0) === 0),
    add: (properties) => {
      const object = { ...properties, id: randomUUID() };
      objects.set(object.id, object);
      unseen.set(object.id, unseenFor());
      onChange();
      return object;
    },
    set: (object) => {
      objects.set(object.id, object);
      onChange();
    },
    remove: (id) => {
      objects.delete(id);
      onChange();
    },
  };
}

/** How many objects a page of a list holds: few, so that lists do have pages. Graph's own sizes are not documented per list. */
const pageSize = 3;

/** A page of a list, with the link to the next one. https://learn.microsoft.com/graph/paging (read 2026-11-21) */
export function page(items: readonly Json[], query: URLSearchParams, address: string): GraphAnswer {
  const skip = Number(query.get("$skiptoken") ?? "0");
  const next = new URLSearchParams(query);
  next.set("$skiptoken", String(skip + pageSize));
  return ok({
    value: items.slice(skip, skip + pageSize),
    ...(items.length > skip + pageSize && { "@odata.nextLink": `${address}?${next}` }),
  });
}

/** The object as `$select` asks for it; the properties that are returned on `$select` only stay away without it. */
export function selected(object: GraphObject, query: URLSearchParams, onlyOnSelect: readonly string[] = []): Json {
  const names = query
    .get("$select")
    ?.split(",")
    .map((name) => name.trim());
  const entries = Object.entries(object).filter(([name]) =>
    names === undefined ? !onlyOnSelect.includes(name) : names.includes(name) || name.startsWith("@odata"),
  );
  return Object.fromEntries(entries);
}

/** The names of a body that an object does not have, or that only Graph writes. */
export function unwritable(body: Json, writable: readonly string[]): string | undefined {
  return Object.keys(body).find((name) => !name.startsWith("@odata.") && !writable.includes(name));
}

/** A merge as PATCH does it: what is not mentioned stays, complex values merge. */
export function patched(object: GraphObject, body: Json): GraphObject {
  return { ...merged(object, body), id: object.id };
}

function merged(target: Json, patch: Json): Json {
  const result: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith("@odata.")) continue;
    const before = result[name];
    result[name] = isJson(value) && isJson(before) ? merged(before, value) : value;
  }
  return result;
}
