import { isArray, isMap, type PropertyMap, type PropertyValue } from "../protocol/property-values.ts";
import type { DiffResult, PropertyChange } from "../protocol/stand-in-provider.ts";
import { createBeforeDelete } from "./check-inputs.ts";
import { addressInputNames } from "./resource-address.ts";
import type { ResourceType } from "./resource-types.ts";

/**
 * How inputs changed and whether the resource must be replaced: what makes up its id, and `replaceOn`, wire paths of properties that cannot be changed.
 * Inputs are without the wrapping of secrets.
 */
export function diffInputs(
  type: ResourceType,
  olds: PropertyMap,
  news: PropertyMap,
  replaceOn: readonly string[],
): DiffResult {
  const replaceKeys = [...addressInputNames(type), ...replaceOn.map(sdkPath)];
  const changes = [...changedPaths(comparable(olds, news), comparable(news, news), "")].map(
    ({ path, kind }): PropertyChange => ({ path, kind, replaces: replaceKeys.some((key) => hits(key, path, kind)) }),
  );
  const replaces = changes.some((change) => change.replaces);
  return { changes, deleteBeforeReplace: replaces && olds[createBeforeDelete] !== true };
}

/** The changes between two values, one per property that differs. */
export function* changedPaths(
  old: PropertyValue | undefined,
  current: PropertyValue | undefined,
  path: string,
): Generator<Omit<PropertyChange, "replaces">> {
  if (old === undefined && current === undefined) return;
  if (old === undefined) yield { path, kind: "add" };
  else if (current === undefined) yield { path, kind: "delete" };
  else if (isMap(old) && isMap(current)) {
    for (const name of new Set([...Object.keys(old), ...Object.keys(current)])) {
      yield* changedPaths(old[name], current[name], path === "" ? name : `${path}.${name}`);
    }
  } else if (isArray(old) && isArray(current)) {
    for (let index = 0; index < Math.max(old.length, current.length); index++) {
      yield* changedPaths(old[index], current[index], `${path}[${index}]`);
    }
  } else if (!sameValue(old, current, path)) yield { path, kind: "update" };
}

/** Without azure-native's own marks; the API version counts only once the state knows it, and an import does not. */
function comparable(values: PropertyMap, news: PropertyMap): PropertyMap {
  const { [createBeforeDelete]: _mark, ...rest } = values;
  return rest.azureApiVersion === undefined && news.azureApiVersion !== undefined
    ? { ...rest, azureApiVersion: news.azureApiVersion }
    : rest;
}

/** In the resource's own location neither case nor spaces count. */
function sameValue(old: PropertyValue, current: PropertyValue, path: string): boolean {
  if (path === "location" && typeof old === "string" && typeof current === "string") {
    return normalizedLocation(old) === normalizedLocation(current);
  }
  return old === current;
}

function normalizedLocation(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

/** "properties.subnet.id" is "subnet.id" in azure-native. */
function sdkPath(wirePath: string): string {
  return wirePath
    .split(".")
    .filter((name) => name !== "properties")
    .join(".")
    .replaceAll("[]", "");
}

/** A change below a key counts, and so does a whole object that comes or goes with the key in it. */
function hits(key: string, changedPath: string, kind: PropertyChange["kind"]): boolean {
  const path = changedPath.replaceAll(/\[\d+\]/g, "");
  return path === key || path.startsWith(`${key}.`) || (kind !== "update" && key.startsWith(`${path}.`));
}
