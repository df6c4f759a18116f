import { resourceName } from "../../model/resource-id.ts";
import { azureNativeId, ownSubscription } from "../../readers/azure-native-id.ts";
import { isUnknownMark } from "../../readers/pulumi/pulumi-value.ts";
import { azureNativeKey, resourceTypes } from "../../readers/pulumi/resource-types.ts";
import type { PlainObject, ProgramResource } from "./program-resource.ts";

/** A resource whose references to others are ids, also before anything is made. */
export interface ResolvedResource {
  readonly resource: ProgramResource;
  /** ARM's id; empty for what is no resource of azure-native, or whose name is not known. */
  readonly id: string;
  readonly inputs: PlainObject;
}

/**
 * Replaces what is not known yet but can be computed: in a preview the id of a resource that is still to be made is unknown, though
 * its name is in the program. The engine tells which resources each input is made from; an id or name among them that fits the
 * field is what the field will hold. What does not fit, or fits twice, stays unknown.
 */
export function resolveReferences(resources: readonly ProgramResource[]): readonly ResolvedResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const subscription = subscriptionInUse(resources);
  const resolved = new Map<string, ResolvedResource>();
  const open = new Set<string>();

  const resolve = (resource: ProgramResource): ResolvedResource => {
    const known = resolved.get(resource.urn);
    if (known !== undefined) return known;
    // The engine refuses circles; without ids one could only come from a mistake here.
    if (open.has(resource.urn)) return { resource, id: "", inputs: resource.inputs };
    open.add(resource.urn);
    const inputs = Object.fromEntries(
      Object.entries(resource.inputs).map(([property, value]) => {
        if (!holdsUnknown(value)) return [property, value];
        const sources = (resource.madeFrom[property] ?? []).flatMap((urn) => byUrn.get(urn) ?? []).map(resolve);
        return [property, fillIn(resource.type, property, value, sources)];
      }),
    );
    const result = { resource, id: idOf(resource, inputs, subscription), inputs };
    open.delete(resource.urn);
    resolved.set(resource.urn, result);
    return result;
  };
  return resources.map(resolve);
}

function idOf({ type, outputs, subscriptionId }: ProgramResource, inputs: PlainObject, own: string): string {
  if (azureNativeKey(type) === undefined) return "";
  if (typeof outputs.id === "string" && outputs.id.startsWith("/")) return outputs.id;
  return azureNativeId(type, inputs, subscriptionId ?? own) ?? "";
}

/** The subscription that the default provider is signed in to: the only one that the program names, else a placeholder. */
function subscriptionInUse(resources: readonly ProgramResource[]): string {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      const id = /^\/subscriptions\/([0-9a-f]{8}-[0-9a-f-]{27})/i.exec(value)?.[1];
      if (id !== undefined) found.add(id.toLowerCase());
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  for (const { inputs, outputs } of resources) {
    look(inputs);
    look(outputs.id);
  }
  const [only, second] = found;
  return only !== undefined && second === undefined ? only : ownSubscription;
}

/** An input with the unknown values that can only mean one of the resources it is made from. */
function fillIn(type: string, property: string, value: unknown, sources: readonly ResolvedResource[]): unknown {
  if (isUnknownMark(value)) {
    const name = nameOf(type, property, sources);
    if (name !== undefined) return name;
  }
  const wanted = new Map<string, number>();
  walk(value, [property], (path) => wanted.set(labelOf(path), (wanted.get(labelOf(path)) ?? 0) + 1));
  const taken = new Map<string, number>();
  return walk(value, [property], (path, mark) => {
    const label = labelOf(path);
    const fitting = label === "" ? [] : sources.filter((source) => source.id !== "" && fits(label, source));
    const at = taken.get(label) ?? 0;
    taken.set(label, at + 1);
    // As many fields as resources: each field is one of them, and which is which makes no difference.
    return fitting.length === wanted.get(label)
      ? (fitting[at]?.id ?? mark)
      : fitting.length === 1
        ? fitting[0]?.id
        : mark;
  });
}

/** The name of a resource group or parent among the sources, for an input that names one. */
function nameOf(type: string, property: string, sources: readonly ResolvedResource[]): string | undefined {
  const entry = resourceTypes.get(azureNativeKey(type) ?? "");
  const depth = entry?.names.indexOf(property) ?? -1;
  const armType =
    property === "resourceGroupName"
      ? "Microsoft.Resources/resourceGroups"
      : entry?.type
          .split("/")
          .slice(0, depth + 2)
          .join("/");
  if (property !== "resourceGroupName" && depth < 0) return undefined;
  const names = sources
    .filter(({ resource, id }) => id !== "" && resourceTypes.get(azureNativeKey(resource.type) ?? "")?.type === armType)
    .map(({ id }) => resourceName(id));
  return new Set(names).size === 1 ? names[0] : undefined;
}

/**
 * What a field that holds an id is called, in lower case and singular: `subnet` for `ipConfigurations[0].subnet.id`, `storage` for
 * `storageId`. Empty for a field that holds no id.
 */
function labelOf(path: readonly (string | number)[]): string {
  const names = path.filter((part) => typeof part === "string");
  const last = names.at(-1) ?? "";
  if (/^(scope|resourceUri)$/.test(last)) return anything;
  const label = last === "id" ? (names.at(-2) ?? "") : (/^(.+?)(?:ResourceIds?|Ids?)$/.exec(last)?.[1] ?? "");
  return label
    .toLowerCase()
    .replace(/\d+$/, "")
    .replace(/(ss|x)es$/, "$1")
    .replace(/(?<!s)s$/, "");
}

const anything = "*";

/** Fields whose name does not end in the type that they refer to. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["storage", "storageaccount"],
  ["basepolicy", "firewallpolicy"],
]);

function fits(label: string, { resource }: ResolvedResource): boolean {
  if (label === anything || label === "targetresource" || label === "target") return true;
  const type = (resource.type.split(":").at(-1) ?? "").toLowerCase();
  return (otherNames.get(label) ?? label).endsWith(type);
}

/** A copy of plain data in which each mark of an unknown value is replaced. */
function walk(
  value: unknown,
  path: readonly (string | number)[],
  replace: (path: readonly (string | number)[], mark: unknown) => unknown,
): unknown {
  if (isUnknownMark(value)) return replace(path, value);
  if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index], replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, [...path, name], replace)]));
}

/** Whether anything in plain data is not known yet. */
export function holdsUnknown(value: unknown): boolean {
  if (isUnknownMark(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}
