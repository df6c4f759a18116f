import { isWithin } from "../arm/arm-id.ts";
import type { ArmResource, EstateView, ResourceRules } from "../arm/contract.ts";
import { holderId, idKey } from "./resource-id.ts";

/** What the make-believe Azure holds, as stored: without what is derived when it is read. */
export interface EstateStore extends EstateView {
  /** Every resource, sorted by id. */
  all(): readonly ArmResource[];
  /** Writes a resource in place of what was there. */
  set(resource: ArmResource): void;
  /** Removes a resource with everything below it and says what was removed. */
  remove(id: string): readonly ArmResource[];
}

/** Makes an empty store. `onChange` is called after each change. */
export function createEstateStore(onChange: () => void): EstateStore {
  const resources = new Map<string, ArmResource>();
  const childKeys = new Map<string, Set<string>>();
  const referrerKeys = new Map<string, Set<string>>();
  const referencesOf = new Map<string, readonly string[]>();

  const at = (keys: Iterable<string> | undefined): readonly ArmResource[] =>
    [...(keys ?? [])].flatMap((key) => resources.get(key) ?? []).sort(byId);

  function forget(key: string, resource: ArmResource): void {
    resources.delete(key);
    childKeys.get(parentKey(resource.id))?.delete(key);
    for (const reference of referencesOf.get(key) ?? []) referrerKeys.get(reference)?.delete(key);
    referencesOf.delete(key);
  }

  function set(resource: ArmResource): void {
    const key = idKey(resource.id);
    const previous = resources.get(key);
    if (previous !== undefined) forget(key, previous);
    resources.set(key, resource);
    addTo(childKeys, parentKey(resource.id), key);
    const references = [...new Set(referencesIn(resource.properties))].filter((reference) => reference !== key);
    referencesOf.set(key, references);
    for (const reference of references) addTo(referrerKeys, reference, key);
    onChange();
  }

  function remove(id: string): readonly ArmResource[] {
    const gone = [...resources.values()].filter((resource) => isWithin(id, resource.id));
    for (const resource of gone) forget(idKey(resource.id), resource);
    if (gone.length > 0) onChange();
    return gone;
  }

  return {
    get: (id) => resources.get(idKey(id)),
    list: (type) => [...resources.values()].filter((resource) => idKey(resource.type) === idKey(type)).sort(byId),
    children: (id) => at(childKeys.get(idKey(id))).filter((resource) => !isExtension(resource)),
    referrers: (id) => at(referrerKeys.get(idKey(id))),
    all: () => [...resources.values()].sort(byId),
    set,
    remove,
  };
}

/** Types that are attached to any other resource, so they are nobody's children. Source: https://learn.microsoft.com/azure/azure-resource-manager/management/extension-resource-types (read 2026-11-21). */
const extensionTypes = new Set(["microsoft.authorization", "microsoft.insights"]);

function isExtension(resource: ArmResource): boolean {
  return extensionTypes.has(idKey(resource.type).split("/")[0] ?? "");
}

function parentKey(id: string): string {
  return idKey(holderId(id));
}

function byId(a: ArmResource, b: ArmResource): number {
  return idKey(a.id) < idKey(b.id) ? -1 : 1;
}

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, new Set([value]));
  else values.add(value);
}

/** Every text in a value that looks like a resource id, without case. */
function referencesIn(value: unknown): string[] {
  if (typeof value === "string") return /^\/subscriptions\//i.test(value) ? [idKey(value)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(referencesIn);
}

/** A resource as GET shows it: with what its rules derive from the rest of the estate. */
export function presented(
  resource: ArmResource,
  estate: EstateView,
  rulesFor: (type: string) => ResourceRules | undefined,
): ArmResource {
  return rulesFor(resource.type)?.present?.(resource, estate) ?? resource;
}
