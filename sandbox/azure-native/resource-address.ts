import { parseArmId } from "../arm/arm-id.ts";
import type { PropertyMap } from "../protocol/property-values.ts";
import type { ResourceType } from "./resource-types.ts";

/** The ARM id of a resource with these inputs. Throws if a name is missing or no text. */
export function resourceAddress(type: ResourceType, inputs: PropertyMap, subscriptionId: string): string {
  const names = type.names.map((input) => textInput(type, inputs, input));
  if (type.scope.kind === "subscription") return `/subscriptions/${subscriptionId}/resourceGroups/${names.join("/")}`;
  const scope =
    type.scope.kind === "extension"
      ? textInput(type, inputs, type.scope.input).replace(/^\/+|\/+$/g, "")
      : `subscriptions/${subscriptionId}/resourceGroups/${textInput(type, inputs, "resourceGroupName")}`;
  const [namespace, ...kinds] = type.armType.split("/");
  return `/${scope}/providers/${namespace}/${kinds.map((kind, index) => `${kind}/${names[index] ?? ""}`).join("/")}`;
}

/** The inputs that make up an id: the inverse of `resourceAddress`. Throws if the id is of another type. */
export function addressInputs(type: ResourceType, id: string): PropertyMap {
  const parsed = parseArmId(id);
  if (parsed === undefined || parsed.type.toLowerCase() !== type.armType.toLowerCase()) {
    throw new Error(`"${id}" is not the id of a resource of type "${type.armType}"`);
  }
  const names = type.names.map((input, index): [string, string] => [input, parsed.names[index] ?? ""]);
  if (type.scope.kind === "extension") names.push([type.scope.input, parsed.scope.replace(/^\/+/, "")]);
  if (type.scope.kind === "resourceGroup") names.push(["resourceGroupName", parsed.resourceGroup ?? ""]);
  return Object.fromEntries(names);
}

/** The inputs that make up the id. Their change replaces the resource, and they are not in the body. */
export function addressInputNames(type: ResourceType): readonly string[] {
  if (type.scope.kind === "extension") return [...type.names, type.scope.input];
  return type.scope.kind === "resourceGroup" ? [...type.names, "resourceGroupName"] : type.names;
}

function textInput(type: ResourceType, inputs: PropertyMap, name: string): string {
  const value = inputs[name];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(
    `${type.token} needs the text "${name}" for its id, but it is ${value === undefined ? "missing" : JSON.stringify(value)}`,
  );
}
