import type { ArmObject, ArmValue } from "./arm-value.ts";
import { member } from "./arm-value.ts";

/** What one file of ARM input holds. */
export type ArmDocument =
  | { readonly kind: "template"; readonly template: ArmObject }
  | { readonly kind: "parameters"; readonly parameters: ArmObject }
  | { readonly kind: "resources"; readonly resources: readonly ArmObject[] }
  | { readonly kind: "unreadable"; readonly place: { readonly line: number }; readonly message: string };

const expected =
  'expected a template (with "resources"), a resource (with "id" or with "type" and "name"), an array of resources, or { "value": [...] }';

/** Tells the forms of ARM input apart by their members, never by the file's name. */
export function classifyDocument(value: ArmValue): ArmDocument {
  if (value.kind === "array") return resourceList(value.items, value.place.line);
  if (value.kind !== "object")
    return unreadable(value, `this is ${value.kind === "null" ? "null" : `a ${value.kind}`}; ${expected}`);
  const schema = member(value, "$schema");
  if (schema?.kind === "string" && /deploymentParameters\.json/i.test(schema.value))
    return { kind: "parameters", parameters: value };
  if (isContainer(member(value, "resources"))) return { kind: "template", template: value };
  const template = member(value, "template");
  if (template?.kind === "object" && isContainer(member(template, "resources"))) return { kind: "template", template };
  if (member(value, "checkpoint") !== undefined || member(value, "deployment")?.kind === "object") {
    return unreadable(value, "this is the state of a Pulumi stack; it is read with --state, not --arm");
  }
  for (const name of ["value", "data"]) {
    const list = member(value, name);
    if (list?.kind === "array" && member(value, "id") === undefined) return resourceList(list.items, list.place.line);
  }
  const table = member(value, "data");
  if (table?.kind === "object" && member(table, "rows") !== undefined) {
    return unreadable(
      table,
      'this is a Resource Graph answer in the form of a table; ask for it with "resultFormat": "objectArray"',
    );
  }
  if (isResource(value)) return { kind: "resources", resources: [value] };
  if (member(value, "error") !== undefined)
    return unreadable(value, `this is an error that Azure answered, not a resource; ${expected}`);
  const names = [...value.members.keys()].slice(0, 5).map((name) => JSON.stringify(name));
  return unreadable(
    value,
    `this is an object with ${names.length === 0 ? "no members" : names.join(", ")}; ${expected}`,
  );
}

/** Whether an object is a resource, or a Windows 365 connection in Graph's form. */
export function isResource(value: ArmObject): boolean {
  const has = (name: string) => member(value, name)?.kind === "string";
  return has("id") || (has("type") && has("name")) || isGraphConnection(value);
}

/** The type of a Conditional Access policy among resources of ARM; in Graph's form it says none. */
export const graphPolicyType = "Microsoft.Graph/conditionalAccessPolicies";

/** The type of a provisioning policy of Windows 365 among resources of ARM. */
export const graphProvisioningPolicyType = "Microsoft.Graph/cloudPcProvisioningPolicies";

/** The type to give to a resource in Graph's form, whose id is no id of ARM; undefined for all others. */
export function graphTypeOf(value: ArmObject): string | undefined {
  if (isGraphPolicy(value)) return graphPolicyType;
  return member(value, "domainJoinConfigurations")?.kind === "array" ? graphProvisioningPolicyType : undefined;
}

/** A `conditionalAccessPolicy` in Graph's form, whose id is no id of ARM. */
function isGraphPolicy(value: ArmObject): boolean {
  const has = (name: string) => member(value, name) !== undefined;
  return has("conditions") && (has("grantControls") || has("sessionControls")) && member(value, "type") === undefined;
}

/** A `cloudPcOnPremisesConnection` in Graph's form. */
export function isGraphConnection(value: ArmObject): boolean {
  const type = member(value, "@odata.type");
  if (type?.kind === "string") return /cloudPcOnPremisesConnection$/i.test(type.value);
  const hasNetwork = ["virtualNetworkId", "subnetId", "resourceGroupId"].some(
    (name) => member(value, name) !== undefined,
  );
  return hasNetwork && member(value, "displayName") !== undefined && member(value, "type")?.kind !== "string";
}

function resourceList(items: readonly ArmValue[], line: number): ArmDocument {
  const resources: ArmObject[] = [];
  for (const [index, item] of items.entries()) {
    // `az … list` may be nested one level deeper when several answers were collected into one file.
    if (item.kind === "array") {
      const inner = resourceList(item.items, item.place.line);
      if (inner.kind !== "resources") return inner;
      resources.push(...inner.resources);
    } else if (item.kind === "object" && isResource(item)) resources.push(item);
    else
      return {
        kind: "unreadable",
        place: { line: item.place.line || line },
        message: `item ${index} of the list is no resource: it has no "id"`,
      };
  }
  return { kind: "resources", resources };
}

function isContainer(value: ArmValue | undefined): boolean {
  return value?.kind === "array" || value?.kind === "object";
}

function unreadable(value: ArmValue, message: string): ArmDocument {
  return { kind: "unreadable", place: value.place, message };
}
