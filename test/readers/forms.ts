import type { Plain } from "../../readers/arm/arm-value.ts";
import { scopeOfExtension, typeAndName } from "../../readers/arm/id-text.ts";

/** A JSON object. */
export type Json = { readonly [name: string]: Plain };

/** The resource as the Azure CLI and Pulumi print it: what lies under `properties` one level up, at every level. */
export function flattened(resource: Json): Json {
  const flat = Object.entries(resource).flatMap(([name, value]): [string, Plain][] => {
    if (name !== "properties" || !isJson(value)) return [[name, flatPart(name, value)]];
    return Object.entries(flattened(value)).map(([inner, item]) => [
      inner === "type" ? "typePropertiesType" : inner,
      item,
    ]);
  });
  return Object.fromEntries(flat);
}

/** The resource as a template declares it: type and full name instead of an id, brackets escaped, a scope where it has one. */
export function declared(resource: Json): Json {
  const id = String(resource.id);
  const known = typeAndName(id);
  if (known === undefined) throw new Error(`"${id}" is no resource id`);
  const { id: _, ...rest } = resource;
  const isAtScope = /^Microsoft\.(Authorization|Resources|Insights)\//.test(known.type);
  const scope = known.type.startsWith("Microsoft.Resources")
    ? id.slice(0, id.indexOf("/resourceGroups/"))
    : scopeOfExtension(id);
  return { ...escaped(rest), ...known, apiVersion: "2024-05-01", ...(isAtScope ? { scope } : {}) };
}

/** A resource with its children taken out of its lists, each a resource of its own. */
export function standaloneChildren(resource: Json): readonly Json[] {
  const properties = isJson(resource.properties) ? resource.properties : {};
  const children: Json[] = [];
  const kept = Object.entries(properties).filter(([name, value]) => {
    const isChild =
      childLists.has(name) && isArray(value) && value.every((child) => isJson(child) && child.id !== undefined);
    if (isChild)
      children.push(...value.filter(isJson).map((child) => ({ ...child, type: `${String(resource.type)}/${name}` })));
    return !isChild;
  });
  return [{ ...resource, properties: Object.fromEntries(kept) }, ...children];
}

/** Resources with those children nested in their parent's `resources` that a template may nest so. */
export function nestedChildren(resources: readonly Json[]): readonly Json[] {
  const children = new Map<Json, Json[]>();
  const roots = resources.filter((resource) => {
    const parent = resources.find(
      (other) => String(resource.id).startsWith(`${String(other.id)}/`) && isChildOf(resource, other),
    );
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), resource]);
    return parent === undefined;
  });
  const nest = (resource: Json, isNested: boolean): Json => {
    const { type, name, ...rest } = declared(resource);
    const own = isNested ? { type: lastPart(type), name: lastPart(name) } : { type: type ?? null, name: name ?? null };
    return { ...own, ...rest, resources: (children.get(resource) ?? []).map((child) => nest(child, true)) };
  };
  return roots.map((root) => nest(root, false));
}

/** Every id in upper case. */
export function withUpperCaseIds(value: Plain): Plain {
  if (typeof value === "string") return value.startsWith("/subscriptions/") ? value.toUpperCase() : value;
  if (isArray(value)) return value.map(withUpperCaseIds);
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withUpperCaseIds(item)]));
}

export function isJson(value: Plain | undefined): value is Json {
  return typeof value === "object" && value !== null && !isArray(value);
}

const childLists = new Set([
  "subnets",
  "virtualNetworkPeerings",
  "securityRules",
  "routes",
  "serviceEndpointPolicyDefinitions",
  "backendAddressPools",
  "inboundNatRules",
]);

/** JSON of a policy is no ARM property, so no tool flattens it. */
function flatPart(name: string, value: Plain): Plain {
  if (name === "policyRule" || name === "parameters") return value;
  if (isArray(value)) return value.map((item) => flatPart("", item));
  return isJson(value) ? flattened(value) : value;
}

function escaped(value: Json): Json {
  const escapedValue = (item: Plain): Plain => {
    if (typeof item === "string") return item.startsWith("[") && item.endsWith("]") ? `[${item}` : item;
    if (isArray(item)) return item.map(escapedValue);
    return isJson(item) ? escaped(item) : item;
  };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, escapedValue(item)]));
}

function isChildOf(resource: Json, parent: Json): boolean {
  return (
    String(resource.id).split("/").length === String(parent.id).split("/").length + 2 &&
    String(parent.id).includes("/providers/")
  );
}

function lastPart(text: Plain | undefined): string {
  return String(text).split("/").at(-1) ?? "";
}

function isArray(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}
