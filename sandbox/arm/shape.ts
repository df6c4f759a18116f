import { closedEnums } from "./closed-enums.ts";
import type { ArmError, ArmResource } from "./contract.ts";
import { checkHandShape, handShapeOf } from "./hand-shape.ts";
import { mapperOf } from "./mapper-names.ts";
import { type MapperProperty, type MapperType, mappers } from "./mappers.ts";
import { badRequest } from "./refusal.ts";
import { requiredProperties } from "./required-properties.ts";
import { record, type Wire } from "./wire.ts";

/**
 * Everything ARM's JSON reader would refuse in a body: unknown members, wrong types, values outside a closed enum,
 * missing required properties, numbers out of range.
 *
 * Microsoft.Network is read from the mappers of `@azure/arm-network`, the rest from small tables. A type that is in
 * neither is a bug of the caller and throws.
 */
export function validateShape(type: string, body: ArmResource): readonly ArmError[] {
  const className = mapperOf(type);
  const model = className === undefined ? undefined : mappers().model(className);
  if (model !== undefined) return [...checkModel(model, body, "")];
  const shape = handShapeOf(type);
  if (shape === undefined) throw new Error(`the sandbox has no shape for type "${type}"`);
  return checkHandShape(shape, body, type);
}

/** A wire object as the mappers spread it over dotted names: `properties.priority` is a leaf two levels down. */
interface Level {
  readonly leaves: Map<string, MapperProperty>;
  readonly levels: Map<string, Level>;
}

// ARM itself reads these from every resource, whether or not the resource provider's model lists them.
const envelope = new Set(["id", "name", "type", "etag", "properties", "apiVersion"]);

function* checkModel(declared: MapperType, value: unknown, path: string): Generator<ArmError> {
  if (!isObject(value)) {
    yield malformed(`Error converting value ${JSON.stringify(value)} to type '${declared.className}'. Path '${path}'.`);
    return;
  }
  const model = yield* chooseVariant(declared, value, path);
  if (model === undefined) return;
  const level = levelOf(model);
  yield* checkLevel(model, level, value, path, "");
  for (const required of requiredProperties[model.className ?? ""] ?? []) {
    if (!hasReferenceForm(value, path) && at(value, required) === undefined) yield missing(required, path, model);
  }
}

// An entry that is only `{ id }` refers to a resource; it is not one.
function hasReferenceForm(value: Wire, path: string): boolean {
  return path !== "" && Object.keys(value).length === 1 && value.id !== undefined;
}

function* checkLevel(model: MapperType, level: Level, value: Wire, path: string, prefix: string): Generator<ArmError> {
  for (const [key, entry] of Object.entries(value)) {
    const where = path === "" ? key : `${path}.${key}`;
    const leaf = level.leaves.get(key);
    const inner = level.levels.get(key);
    if (entry === undefined || entry === null) continue;
    if (leaf !== undefined) yield* checkProperty(model, leaf, entry, where);
    else if (inner !== undefined) yield* checkLevel(model, inner, record(entry), where, `${prefix}${key}.`);
    else if (prefix !== "" || !envelope.has(key)) {
      yield malformed(
        `Could not find member '${key}' on object of type '${typeName(model, prefix)}'. Path '${where}'.`,
      );
    }
  }
  for (const [key, leaf] of level.leaves) {
    const absent = (value[key] ?? undefined) === undefined;
    if (absent && leaf.required && !leaf.readOnly && !hasReferenceForm(value, path)) yield missing(key, path, model);
  }
}

function* checkProperty(
  model: MapperType,
  property: MapperProperty,
  value: unknown,
  path: string,
): Generator<ArmError> {
  if (property.readOnly) return;
  const enumName = closedEnums[`${model.className}.${property.serializedName}`];
  yield* checkValue(property, value, path, enumName === undefined ? undefined : mappers().knownValues(enumName));
}

function* checkValue(
  property: MapperProperty,
  value: unknown,
  path: string,
  allowed: readonly string[] | undefined,
): Generator<ArmError> {
  const { type } = property;
  if (type.name === "Sequence" && type.element) {
    if (!Array.isArray(value)) return yield convert(value, "array", path);
    for (const [index, entry] of value.entries()) yield* checkValue(type.element, entry, `${path}[${index}]`, allowed);
  } else if (type.name === "Dictionary" && type.value) {
    if (!isObject(value)) return yield convert(value, "object", path);
    for (const [key, entry] of Object.entries(value)) yield* checkValue(type.value, entry, `${path}.${key}`, undefined);
  } else if (type.name === "Composite" && type.className) {
    const model = mappers().model(type.className);
    if (model) yield* checkModel(model, value, path);
  } else {
    yield* checkScalar(property, value, path, allowed ?? type.allowedValues);
  }
}

const scalars: Readonly<Record<string, string>> = { String: "string", Number: "number", Boolean: "boolean" };

function* checkScalar(
  { type, constraints, serializedName }: MapperProperty,
  value: unknown,
  path: string,
  allowed: readonly (string | number)[] | undefined,
): Generator<ArmError> {
  const expected = scalars[type.name];
  if (expected !== undefined && typeof value !== expected) return yield convert(value, expected, path);
  if (allowed && !allowed.some((option) => String(option).toLowerCase() === String(value).toLowerCase())) {
    return yield malformed(
      `Error converting value ${JSON.stringify(value)}; allowed values are ${allowed.join(", ")}. Path '${path}'.`,
    );
  }
  // Priorities have errors of their own, with the codes ARM uses; the rules of each type report them.
  if (typeof value !== "number" || serializedName?.endsWith("priority")) return;
  const { InclusiveMinimum: least = -Infinity, InclusiveMaximum: most = Infinity } = constraints ?? {};
  if (value < least || value > most) {
    yield malformed(`Value ${value} is out of range, allowed are ${least} to ${most}. Path '${path}'.`);
  }
}

function* chooseVariant(model: MapperType, value: Wire, path: string): Generator<ArmError, MapperType | undefined> {
  const { polymorphicDiscriminator, uberParent } = model;
  if (polymorphicDiscriminator === undefined || uberParent === undefined) return model;
  const key = polymorphicDiscriminator.serializedName;
  const chosen = value[key];
  if (chosen === undefined) {
    yield missing(key, path, model);
    return undefined;
  }
  const variant = mappers().variant(uberParent, String(chosen));
  if (variant === undefined) yield convert(chosen, uberParent, `${path}.${key}`);
  return variant;
}

const levels = new Map<MapperType, Level>();

function levelOf(model: MapperType): Level {
  const known = levels.get(model);
  if (known) return known;
  const root: Level = { leaves: new Map(), levels: new Map() };
  for (const property of Object.values(model.modelProperties ?? {})) {
    const steps = property.serializedName?.split(".") ?? [];
    const last = steps.pop();
    if (last !== undefined) descend(root, steps).leaves.set(last, property);
  }
  levels.set(model, root);
  return root;
}

function descend(level: Level, steps: readonly string[]): Level {
  let current = level;
  for (const step of steps) {
    const next = current.levels.get(step) ?? { leaves: new Map(), levels: new Map() };
    current.levels.set(step, next);
    current = next;
  }
  return current;
}

function at(value: Wire, path: string): unknown {
  return path.split(".").reduce<unknown>((current, step) => record(current)[step] ?? undefined, value);
}

function isObject(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeName(model: MapperType, prefix: string): string {
  return prefix === "" ? (model.className ?? "") : `${model.className}PropertiesFormat`;
}

function missing(key: string, path: string, model: MapperType): ArmError {
  const where = path === "" ? key : `${path}.${key}`;
  return malformed(`Required property '${key}' not found in JSON of type '${model.className}'. Path '${where}'.`);
}

function convert(value: unknown, expected: string, path: string): ArmError {
  return malformed(`Error converting value ${JSON.stringify(value)} to type '${expected}'. Path '${path}'.`);
}

function malformed(detail: string): ArmError {
  return badRequest("InvalidRequestFormat", `Cannot parse the request. ${detail}`);
}
