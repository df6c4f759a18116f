import { isArray, isMap, isUnknown, type PropertyMap, type PropertyValue } from "../protocol/property-values.ts";
import type { ObjectSchema, PropertySchema, ValueShape } from "./property-schema.ts";

/**
 * What azure-native itself finds wrong with values: required properties, types, ranges, lengths, patterns. Neither enumerations nor what one property says about another.
 * Wording and order as in github.com/pulumi/pulumi-azure-native provider/pkg/provider/provider.go (`validateType`, read 2026-11-21).
 */
export function checkValues(values: PropertyMap, schema: ObjectSchema, path = ""): readonly string[] {
  const failures: string[] = [];
  for (const [name, property] of schema) {
    if (property.required && !property.readOnly && values[name] === undefined) {
      failures.push(`missing required property '${joined(path, name)}'`);
    }
  }
  for (const [name, value] of Object.entries(values)) {
    const property = schema.get(name);
    if (property !== undefined) failures.push(...checkProperty(value, property, joined(path, name)));
  }
  return failures;
}

function checkProperty(value: PropertyValue, property: PropertySchema, path: string): readonly string[] {
  const failures = checkShape(value, property.shape, path);
  if (failures.length > 0 || isUnknown(value)) return failures;
  if (typeof value === "string") return checkText(value, property, path);
  return typeof value === "number" ? checkNumber(value, property, path) : [];
}

function checkShape(value: PropertyValue, shape: ValueShape, path: string): readonly string[] {
  if (shape.kind === "any" || isUnknown(value)) return [];
  if (isArray(value)) {
    if (shape.kind !== "list") return [`'${path}' should be of type '${typeName(shape)}' but got an array`];
    return value.flatMap((item, index) => checkShape(item, shape.element, `${path}[${index}]`));
  }
  if (isMap(value)) return shape.kind === "object" ? checkValues(value, shape.schemaOf(value), path) : [];
  if (typeof value === "string" && shape.kind !== "string")
    return [`'${path}' should be of type '${typeName(shape)}' but got a string`];
  if (typeof value === "number" && shape.kind !== "number")
    return [`'${path}' should be of type '${typeName(shape)}' but got a number`];
  return [];
}

function checkText(value: string, { minLength, maxLength, pattern }: PropertySchema, path: string): readonly string[] {
  const failures: string[] = [];
  if (minLength !== undefined && value.length < minLength) {
    failures.push(`'${path}' is too short (${value.length}): at least ${minLength} characters required`);
  }
  if (maxLength !== undefined && value.length > maxLength) {
    failures.push(`'${path}' is too long (${value.length}): at most ${maxLength} characters allowed`);
  }
  if (pattern !== undefined && !pattern.test(value))
    failures.push(`'${path}' does not match expression '${pattern.source}'`);
  return failures;
}

function checkNumber(value: number, { minimum, maximum }: PropertySchema, path: string): readonly string[] {
  if (minimum !== undefined && value < minimum)
    return [`'${path}' is too low (${value.toFixed(6)} < ${minimum.toFixed(6)})`];
  if (maximum !== undefined && value > maximum)
    return [`'${path}' is too high (${value.toFixed(6)} > ${maximum.toFixed(6)})`];
  return [];
}

function typeName(shape: ValueShape): string {
  if (shape.kind === "list") return "array";
  return shape.kind === "dictionary" ? "object" : shape.kind;
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
