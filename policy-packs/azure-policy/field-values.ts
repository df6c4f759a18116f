import { type ArmObject, type ArmValue, armValue, member } from "../../readers/arm/arm-value.ts";
import type { PolicyTarget } from "./policy-target.ts";

/** What a field of a policy names: one value (undefined: there is none), or each value of a collection. */
export type FieldValues =
  | { readonly kind: "one"; readonly value: ArmValue | undefined }
  | { readonly kind: "each"; readonly values: readonly (ArmValue | undefined)[] };

/** Which member of an array a `count` is looking at, by the path of the array in lower case. */
export type Focus = ReadonlyMap<string, number>;

/**
 * The values that a field selects from a target.
 *
 * An alias such as `Microsoft.Network/virtualNetworks/subnets[*].addressPrefix` names a property of its type, whether ARM nests
 * it under `properties` or not; for another type it names nothing.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-alias (read 2026-11-21).
 */
export function fieldValues(target: PolicyTarget, field: string, focus: Focus = new Map()): FieldValues {
  switch (field.toLowerCase()) {
    case "type":
      return one(armValue(target.type, target.body.place));
    case "name":
      return one(target.name);
    case "fullname":
      return one(target.fullName);
    case "location":
      return one(target.location);
    case "id":
      return one(armValue(target.id, target.body.place));
    case "kind":
    case "tags":
      return one(member(target.body, field));
    case "identity.type":
      return select(target.body, ["identity", "type"], focus);
  }
  const tag = tagName(field);
  if (tag !== undefined) return select(target.body, ["tags", tag], focus);
  const path = aliasPath(target.type, field);
  return path === undefined ? noValue(field) : select(target.body, path, focus);
}

/** `tags.name`, `tags[name]`, `tags['name']`; a doubled apostrophe stands for one. */
function tagName(field: string): string | undefined {
  const found = /^tags(?:\.(.+)|\['(.+)'\]|\[(.+)\])$/i.exec(field);
  return (found?.[1] ?? found?.[2] ?? found?.[3])?.replaceAll("''", "'");
}

/** The segments behind the type, `[*]` on its own; undefined for an alias of another type, or of a child of this one. */
function aliasPath(type: string, alias: string): readonly string[] | undefined {
  const prefix = `${type}/`.toLowerCase();
  const rest = alias.toLowerCase().startsWith(prefix) ? alias.slice(prefix.length) : "";
  if (rest === "" || rest.includes("/")) return undefined;
  return rest.split(".").flatMap((segment) => segment.replaceAll("[*]", "\n[*]").split("\n"));
}

/** A missing array is an empty collection. */
function noValue(field: string): FieldValues {
  return field.includes("[*]") ? { kind: "each", values: [] } : one(undefined);
}

function one(value: ArmValue | undefined): FieldValues {
  return { kind: "one", value: value?.kind === "null" ? undefined : value };
}

function select(body: ArmObject, path: readonly string[], focus: Focus): FieldValues {
  const found = walk(body, path, "", focus);
  if (!path.includes("[*]")) return one(found[0]);
  return { kind: "each", values: found.map((value) => (value?.kind === "null" ? undefined : value)) };
}

function walk(
  value: ArmValue | undefined,
  [segment, ...rest]: readonly string[],
  at: string,
  focus: Focus,
): readonly (ArmValue | undefined)[] {
  if (segment === undefined || value?.kind === "unknown") return [value];
  if (segment === "[*]") {
    const items = value?.kind === "array" ? value.items : [];
    const focused = focus.get(at);
    const chosen = focused === undefined ? items : items.slice(focused, focused + 1);
    return chosen.flatMap((item) => walk(item, rest, `${at}[*]`, focus));
  }
  const next = value?.kind === "object" ? property(value, segment) : undefined;
  return walk(next, rest, at === "" ? segment.toLowerCase() : `${at}.${segment.toLowerCase()}`, focus);
}

/** A property of a resource or of a part of one, under `properties` or beside it. */
function property(object: ArmObject, name: string): ArmValue | undefined {
  const properties = member(object, "properties");
  const inner = properties?.kind === "object" ? member(properties, name) : undefined;
  if (inner !== undefined && inner.kind !== "unknown") return inner;
  const flat = member(object, name);
  if (flat !== undefined && flat.kind !== "unknown") return flat;
  return inner ?? flat ?? (properties?.kind === "unknown" ? properties : undefined);
}

/** How a `count` walks an array: its path in lower case, and what the path of the array around it is. */
export function arrayPath(target: PolicyTarget, field: string): string | undefined {
  const path = aliasPath(target.type, field);
  if (path === undefined || path.at(-1) !== "[*]") return undefined;
  return path
    .slice(0, -1)
    .reduce((text, segment) => (segment === "[*]" || text === "" ? `${text}${segment}` : `${text}.${segment}`), "")
    .toLowerCase();
}
