import { parseArmId } from "../arm/arm-id.ts";
import type { ArmResource } from "../arm/contract.ts";
import type { PropertyMap } from "../protocol/property-values.ts";
import { createBeforeDelete } from "./check-inputs.ts";
import { schemaOfType } from "./property-schema.ts";
import { addressInputNames } from "./resource-address.ts";
import type { ResourceType } from "./resource-types.ts";
import { previewOutputs, toSdkOutputs, toWireBody } from "./sdk-shape.ts";

/** Inputs that are neither body nor address: azure-native's own marks, query parameters, and what the id says anyway. */
const notInBody = new Set(["azureApiVersion", createBeforeDelete, "syncRemoteAddressSpace", "id", "name", "type"]);

/**
 * The body of the PUT for these inputs. Lists of children that the program does not mention are copied from `current`,
 * the resource as it is, or sent empty if there is none.
 */
export function requestBody(
  type: ResourceType,
  inputs: PropertyMap,
  id: string,
  current: ArmResource | "empty",
): ArmResource {
  const address = addressInputNames(type);
  const bodyInputs = Object.entries(inputs).filter(([name]) => !notInBody.has(name) && !address.includes(name));
  const wire = toWireBody(Object.fromEntries(bodyInputs), schemaOfType(type), id);
  const maintained = type.maintained
    .filter((name) => inputs[name] === undefined)
    .map((name): [string, unknown] => [name, (current === "empty" ? undefined : current.properties[name]) ?? []]);
  const properties = { ...(isObject(wire.properties) ? wire.properties : {}), ...Object.fromEntries(maintained) };
  return { ...wire, id, name: parseArmId(id)?.names.at(-1) ?? "", type: type.armType, properties };
}

/** A resource of Azure as outputs of azure-native. */
export function outputsOf(type: ResourceType, resource: ArmResource): PropertyMap {
  return { ...toSdkOutputs(resource, schemaOfType(type)), azureApiVersion: type.apiVersion };
}

/** What a preview knows of the outputs. */
export function previewOf(type: ResourceType, inputs: PropertyMap): PropertyMap {
  return { ...previewOutputs(inputs, schemaOfType(type)), azureApiVersion: type.apiVersion };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
