import { type MapperProperty, mappers } from "../arm/mappers.ts";
import type { ResourceType } from "./resource-types.ts";

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
 * They come from the mappers of `@azure/arm-network`, whose serialized names are the wire paths; other types list their inputs.
 */
export function schemaOfType(type: ResourceType): ObjectSchema {
  const known = cache.get(type.token);
  if (known !== undefined) return known;
  const schema = new Map(type.mapper === undefined ? listedSchema(type) : schemaOfMapper(type.mapper));
  // The id is Pulumi's, not a property.
  schema.delete("id");
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

function listedSchema(type: ResourceType): ObjectSchema {
  const any = { kind: "any" } as const;
  const inputs = type.bodyInputs.map((name): [string, PropertySchema] => {
    const wirePath = type.wirePaths[name]?.split(".") ?? (envelope.has(name) ? [name] : ["properties", name]);
    return [name, { wirePath, readOnly: false, required: type.required.includes(name), shape: any }];
  });
  const outputs = ["name", "type"].map((name): [string, PropertySchema] => [
    name,
    { wirePath: [name], readOnly: true, required: false, shape: any },
  ]);
  return new Map([...inputs, ...outputs]);
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
