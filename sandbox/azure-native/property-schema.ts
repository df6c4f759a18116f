import { type MapperProperty, mappers } from "../arm/mappers.ts";
import { addressInputNames } from "./resource-address.ts";
import type { ResourceType } from "./resource-types.ts";
import { readSdkClass } from "./sdk-class.ts";

/** What is known of one property: where it stands on the wire and what is in it. */
export interface PropertySchema {
  /** Path on the wire, such as ["properties", "addressPrefix"]. */
  readonly wirePath: readonly string[];
  /** Whether only Azure sets it. */
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly shape: ValueShape;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
}

/** The properties of an object, by their name in azure-native: the last segment of the wire path. */
export type ObjectSchema = ReadonlyMap<string, PropertySchema>;

/** What a value is. `any` is passed on as it stands. */
export type ValueShape =
  | { readonly kind: "string" | "number" | "boolean" | "any" }
  | { readonly kind: "list"; readonly element: ValueShape }
  | { readonly kind: "dictionary"; readonly element: ValueShape }
  | { readonly kind: "object"; readonly schemaOf: (value: { readonly [name: string]: unknown }) => ObjectSchema };

/**
 * The properties of a resource type, flattened as azure-native flattens them.
 * Which there are and which are inputs, the class of azure-native says; where they stand on the wire and what is in them, the mappers of `@azure/arm-network`.
 */
export function schemaOfType(type: ResourceType): ObjectSchema {
  const known = cache.get(type.token);
  if (known !== undefined) return known;
  const { inputs, outputs } = readSdkClass(type.token);
  const mapped = type.mapper === undefined ? undefined : schemaOfMapper(type.mapper);
  const address = addressInputNames(type);
  const schema = new Map<string, PropertySchema>();
  for (const name of new Set([...inputs, ...outputs])) {
    if (notProperties.has(name) || (address.includes(name) && !outputs.has(name))) continue;
    const property = mapped?.get(name) ?? plainProperty(type, name);
    const isInput = inputs.has(name) && !address.includes(name) && !type.backFilled.includes(name);
    schema.set(name, { ...property, readOnly: !isInput, required: property.required && isInput });
  }
  cache.set(type.token, schema);
  return schema;
}

const cache = new Map<string, ObjectSchema>();
const mapperCache = new Map<string, ObjectSchema>();

/** Members of a resource beside `properties`. Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types (read 2026-11-21). */
const envelope = new Set([
  "location",
  "tags",
  "sku",
  "kind",
  "identity",
  "zones",
  "extendedLocation",
  "plan",
  "managedBy",
  "etag",
]);

/** Pulumi's id, azure-native's own mark, and a parameter of the query. */
const notProperties = new Set(["id", "azureApiVersion", "syncRemoteAddressSpace"]);

/** Members that every resource has outside `properties`. */
const named = new Set(["name", "type"]);

function plainProperty(type: ResourceType, name: string): PropertySchema {
  const direct = envelope.has(name) || named.has(name);
  const wirePath = type.wirePaths[name]?.split(".") ?? (direct ? [name] : ["properties", name]);
  return { wirePath, readOnly: false, required: false, shape: { kind: "any" } };
}

function schemaOfMapper(name: string): ObjectSchema {
  const known = mapperCache.get(name);
  if (known !== undefined) return known;
  const schema = new Map<string, PropertySchema>();
  mapperCache.set(name, schema);
  const model = mappers().model(name);
  if (model === undefined) throw new Error(`@azure/arm-network has no mapper "${name}"`);
  for (const property of Object.values(model.modelProperties ?? {})) {
    const wirePath = (property.serializedName ?? "").split(".");
    const sdkName = wirePath.at(-1);
    if (sdkName) schema.set(sdkName, { wirePath, ...describe(property) });
  }
  return schema;
}

function describe({ constraints, readOnly, required, ...property }: MapperProperty): Omit<PropertySchema, "wirePath"> {
  return {
    readOnly: readOnly === true,
    required: required === true,
    shape: shapeOf(property),
    ...(constraints?.InclusiveMinimum !== undefined && { minimum: constraints.InclusiveMinimum }),
    ...(constraints?.InclusiveMaximum !== undefined && { maximum: constraints.InclusiveMaximum }),
    ...(constraints?.MinLength !== undefined && { minLength: constraints.MinLength }),
    ...(constraints?.MaxLength !== undefined && { maxLength: constraints.MaxLength }),
    ...(constraints?.Pattern !== undefined && { pattern: constraints.Pattern }),
  };
}

function shapeOf(property: MapperProperty | undefined): ValueShape {
  switch (property?.type.name) {
    case "String":
    case "Enum":
    case "DateTime":
    case "Uuid":
    case "ByteArray":
    case "TimeSpan":
      return { kind: "string" };
    case "Number":
      return { kind: "number" };
    case "Boolean":
      return { kind: "boolean" };
    case "Sequence":
      return { kind: "list", element: shapeOf(property.type.element) };
    case "Dictionary":
      return { kind: "dictionary", element: shapeOf(property.type.value) };
    case "Composite":
      return compositeShape(property);
    default:
      return { kind: "any" };
  }
}

function compositeShape(property: MapperProperty): ValueShape {
  const className = property.type.className;
  const model = className === undefined ? undefined : mappers().model(className);
  if (className === undefined || model === undefined) return { kind: "any" };
  const discriminator = model.polymorphicDiscriminator?.serializedName;
  if (discriminator === undefined) return { kind: "object", schemaOf: () => schemaOfMapper(className) };
  return {
    kind: "object",
    schemaOf: (value) => {
      const variant = mappers().variant(model.uberParent ?? className, String(value[discriminator]));
      return schemaOfMapper(variant?.className ?? className);
    },
  };
}
