import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { structMessages } from "./protobuf.ts";

/** A property value in the engine's JSON form: secrets and output values are objects with a signature, an unknown is a sentinel text. */
export type PropertyValue = null | boolean | number | string | readonly PropertyValue[] | PropertyMap;

/** A resource's inputs or outputs. */
export type PropertyMap = { readonly [name: string]: PropertyValue };

/**
 * What stands for a value that is not known until the deployment.
 * Source: UnknownStringValue in github.com/pulumi/pulumi sdk/go/common/resource/plugin/rpc.go.
 */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The unknowns that the engine may send: text, boolean, number, list, object. Assets and archives are of no use here. Same source. */
const unknowns = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputValueSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Reads a `Struct`. Output values become plain values, secrets or unknowns; secrets keep their wrapping. Nulls are left out, as azure-native does. */
export function readStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : asPropertyMap(normalized(struct.toJavaScript()));
}

/** Makes a `Struct`. */
export function writeStruct(values: PropertyMap): Struct {
  return structMessages.Struct.fromJavaScript(values);
}

/** Whether this is the sentinel of an unknown value. */
export function isUnknown(value: PropertyValue | undefined): boolean {
  return typeof value === "string" && unknowns.has(value);
}

/** Whether this or anything in it is unknown. */
export function containsUnknown(value: PropertyValue | undefined): boolean {
  if (isArray(value)) return value.some(containsUnknown);
  if (isMap(value)) return Object.values(value).some(containsUnknown);
  return isUnknown(value);
}

/** The value without the wrapping of secrets, however deep. */
export function withoutSecrets(value: PropertyValue): PropertyValue {
  if (isArray(value)) return value.map(withoutSecrets);
  if (!isMap(value)) return value;
  const secret = secretContent(value);
  return secret === undefined ? mapValues(value, withoutSecrets) : withoutSecrets(secret);
}

/** Inputs without the wrapping of secrets. */
export function plainInputs(values: PropertyMap): PropertyMap {
  return mapValues(values, withoutSecrets);
}

/** Wraps again what `original` wrapped, at the same place; what has changed place stays plain. */
export function withSecretsOf(original: PropertyValue | undefined, value: PropertyValue): PropertyValue {
  if (isMap(original)) {
    const content = secretContent(original);
    if (content !== undefined) return { [signatureKey]: secretSignature, value };
    if (!isMap(value)) return value;
    return mapValues(value, (item, name) => withSecretsOf(original[name], item));
  }
  if (isArray(original) && isArray(value)) return value.map((item, index) => withSecretsOf(original[index], item));
  return value;
}

/** Whether this is a list. */
export function isArray(value: unknown): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Whether this is an object with properties. */
export function isMap(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same object with each value converted. */
export function mapValues(
  values: PropertyMap,
  convert: (value: PropertyValue, name: string) => PropertyValue,
): PropertyMap {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, convert(value, name)]));
}

function secretContent(value: PropertyMap): PropertyValue | undefined {
  return value[signatureKey] === secretSignature ? (value.value ?? null) : undefined;
}

function normalized(value: unknown): PropertyValue {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return unknowns.has(value) ? unknown : value;
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== "object")
    throw new Error(`a property value is a ${typeof value}, which the protocol does not have`);
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  const map = Object.fromEntries(entries.map(([name, item]) => [name, normalized(item)]));
  if (map[signatureKey] !== outputValueSignature) return map;
  const content = map.value ?? unknown;
  return map.secret === true ? { [signatureKey]: secretSignature, value: content } : content;
}

function asPropertyMap(value: PropertyValue): PropertyMap {
  if (!isMap(value)) throw new Error("expected an object of properties");
  return value;
}
