import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { structMessages } from "./protobuf.ts";

/** A property value in the engine's JSON form: a secret is an object with a signature, an unknown is a sentinel text. */
export type PropertyValue = null | boolean | number | string | readonly PropertyValue[] | PropertyMap;

/** A resource's inputs or outputs. */
export type PropertyMap = { readonly [name: string]: PropertyValue };

/**
 * Stands for a value that is not known before the deployment.
 * Source: UnknownStringValue in github.com/pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go.
 */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The unknown text, boolean, number, list and object. Same source. */
const unknowns = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Reads a `Struct`. Nulls are left out; output values become plain values, secrets or unknowns; secrets stay wrapped. */
export function readStruct(struct: Struct | undefined): PropertyMap {
  const value = struct === undefined ? {} : normalized(struct.toJavaScript());
  return isMap(value) ? value : {};
}

/** Makes a `Struct`. */
export function writeStruct(values: PropertyMap): Struct {
  return structMessages.Struct.fromJavaScript(values);
}

/** Wraps a value so that the engine encrypts it in the state and hides it in its output. */
export function secret(value: PropertyValue): PropertyMap {
  return { [signatureKey]: secretSignature, value };
}

/** Whether this, or anything in it, is unknown. */
export function containsUnknown(value: PropertyValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (isMap(value)) return Object.values(value).some(containsUnknown);
  return typeof value === "string" && unknowns.has(value);
}

/** Whether this, or anything in it, is a secret. */
export function containsSecret(value: PropertyValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(containsSecret);
  if (!isMap(value)) return false;
  return value[signatureKey] === secretSignature || Object.values(value).some(containsSecret);
}

/** The value without the wrapping of secrets, however deep. */
export function plain(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  return value[signatureKey] === secretSignature ? plain(value.value ?? null) : plainMap(value);
}

/** Properties without the wrapping of secrets. */
export function plainMap(values: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

/** Outputs with each property secret whose input is. */
export function withSecretsOf(inputs: PropertyMap, outputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, containsSecret(inputs[name]) ? secret(value) : value]),
  );
}

/** Whether this is an object with properties. */
export function isMap(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values are the same, in whatever order their properties stand. */
export function sameValue(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => sameValue(value, other[index]));
  }
  if (isMap(one) && isMap(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => sameValue(one[name], other[name]));
  }
  return one === other;
}

function normalized(value: unknown): PropertyValue {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return unknowns.has(value) ? unknown : value;
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== "object") throw new Error(`a property is a ${typeof value}, which the protocol does not have`);
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  const map = Object.fromEntries(entries.map(([name, item]) => [name, normalized(item)]));
  if (map[signatureKey] !== outputSignature) return map;
  const content = map.value ?? unknown;
  return map.secret === true ? secret(content) : content;
}
