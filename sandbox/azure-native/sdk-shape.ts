import { isArray, isMap, type PropertyMap, type PropertyValue, unknown } from "../protocol/property-values.ts";
import type { ObjectSchema, ValueShape } from "./property-schema.ts";

/** JSON as ARM sends and receives it. */
export type WireJson = { readonly [name: string]: unknown };

/**
 * Inputs of azure-native to the body of a PUT.
 * `$self/…` stands for the resource's own id, as azure-native has it for load balancers and application gateways.
 * A property that the schema does not know is put under `properties`, where ARM refuses it: azure-native would drop it in silence.
 */
export function toWireBody(inputs: PropertyMap, schema: ObjectSchema, id: string): WireJson {
  return toWire(inputs, schema, id);
}

/** A resource as ARM returns it to the outputs of azure-native. What the schema does not know is left out. */
export function toSdkOutputs(resource: WireJson, schema: ObjectSchema): PropertyMap {
  const outputs: [string, PropertyValue][] = [];
  for (const [name, property] of schema) {
    const value = readPath(resource, property.wirePath);
    if (value !== undefined && value !== null) outputs.push([name, toSdkValue(value, property.shape)]);
  }
  return Object.fromEntries(outputs);
}

/** Outputs without what only Azure sets, at every depth: the shape that inputs have. */
export function projectToInputs(outputs: PropertyMap, schema: ObjectSchema): PropertyMap {
  const inputs: [string, PropertyValue][] = [];
  for (const [name, value] of Object.entries(outputs)) {
    const property = schema.get(name);
    if (property !== undefined && !property.readOnly) inputs.push([name, projectValue(value, property.shape)]);
  }
  return Object.fromEntries(inputs);
}

/** What a preview knows of the outputs: the inputs that come back, and the unknown for everything else, at every depth. */
export function previewOutputs(inputs: PropertyMap, schema: ObjectSchema): PropertyMap {
  const outputs = [...schema].map(([name, property]): [string, PropertyValue] => {
    const value = inputs[name];
    return [name, value === undefined ? unknown : previewValue(value, property.shape)];
  });
  return Object.fromEntries(outputs);
}

function toWire(values: PropertyMap, schema: ObjectSchema, id: string): WireJson {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const property = schema.get(name);
    if (property === undefined) writePath(body, ["properties", name], value);
    else writePath(body, property.wirePath, toWireValue(value, property.shape, id));
  }
  return body;
}

function toWireValue(value: PropertyValue, shape: ValueShape, id: string): unknown {
  if (typeof value === "string") return value.startsWith("$self/") ? `${id}${value.slice("$self".length)}` : value;
  if (isArray(value))
    return value.map((item) => toWireValue(item, shape.kind === "list" ? shape.element : anyShape, id));
  if (!isMap(value)) return value;
  if (shape.kind === "object") return toNestedWire(value, shape.schemaOf(value), id);
  const element = shape.kind === "dictionary" ? shape.element : anyShape;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toWireValue(item, element, id)]));
}

/** Nested objects have no envelope, so an unknown property stays where it was written. */
function toNestedWire(values: PropertyMap, schema: ObjectSchema, id: string): WireJson {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const property = schema.get(name);
    writePath(body, property?.wirePath ?? [name], toWireValue(value, property?.shape ?? anyShape, id));
  }
  return body;
}

function toSdkValue(value: unknown, shape: ValueShape): PropertyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value))
    return value.map((item) => toSdkValue(item, shape.kind === "list" ? shape.element : anyShape));
  if (!isJsonObject(value)) return null;
  if (shape.kind === "object") return toSdkOutputs(value, shape.schemaOf(value));
  const element = shape.kind === "dictionary" ? shape.element : anyShape;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toSdkValue(item, element)]));
}

function projectValue(value: PropertyValue, shape: ValueShape): PropertyValue {
  if (shape.kind === "list" && isArray(value)) return value.map((item) => projectValue(item, shape.element));
  return shape.kind === "object" && isMap(value) ? projectToInputs(value, shape.schemaOf(value)) : value;
}

function previewValue(value: PropertyValue, shape: ValueShape): PropertyValue {
  if (shape.kind === "list" && isArray(value)) return value.map((item) => previewValue(item, shape.element));
  return shape.kind === "object" && isMap(value) ? previewOutputs(value, shape.schemaOf(value)) : value;
}

function readPath(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), value);
}

function writePath(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  const inner = body[first];
  const container: Record<string, unknown> = isJsonObject(inner) ? { ...inner } : {};
  writePath(container, rest, value);
  body[first] = container;
}

function isJsonObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const anyShape: ValueShape = { kind: "any" };
