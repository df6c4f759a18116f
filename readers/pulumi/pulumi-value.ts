import { type ArmValue, joinPath, member, type Place } from "../arm/arm-value.ts";

/**
 * Pulumi's marks for values that are no plain JSON: `sdk/nodejs/runtime/rpc.ts` and, for unknown values by type,
 * `sdk/go/common/resource/plugin/rpc.go` of https://github.com/pulumi/pulumi (read 2026-11-21).
 */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const unknownMarks: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Why a value of a preview is not known yet. */
export const knownAfterDeployment = "it is known only after the deployment";

/** Whether this is Pulumi's mark for a value that is not known yet. */
export function isUnknownMark(value: unknown): boolean {
  return typeof value === "string" && unknownMarks.has(value);
}

/** Pulumi's form of a secret, without the secret. */
export const emptySecret: Readonly<Record<string, string>> = { [signatureKey]: secretSignature };

/** Resolves Pulumi's marks: what is secret or not known yet becomes an unknown value; nothing secret is kept. */
export function resolvePulumiValue(value: ArmValue): ArmValue {
  switch (value.kind) {
    case "string":
      return unknownMarks.has(value.value) ? unknown(knownAfterDeployment, value.place) : value;
    case "array":
      return { ...value, items: value.items.map(resolvePulumiValue) };
    case "object": {
      const signature = value.members.get(signatureKey);
      if (signature === undefined) {
        return {
          ...value,
          members: new Map([...value.members].map(([name, item]) => [name, resolvePulumiValue(item)])),
        };
      }
      if (signature.kind !== "string" || signature.value !== outputSignature) {
        const isSecret = signature.kind === "string" && signature.value === secretSignature;
        return unknown(
          isSecret ? "it is a secret, so it is not read" : "it is an asset or a reference to a resource",
          value.place,
        );
      }
      const secret = member(value, "secret");
      if (secret?.kind === "boolean" && secret.value) return unknown("it is a secret, so it is not read", value.place);
      const inner = member(value, "value");
      return inner === undefined ? unknown(knownAfterDeployment, value.place) : resolvePulumiValue(inner);
    }
    default:
      return value;
  }
}

/** Data of a running program as a value; what JSON cannot say is an unknown value. */
export function armValueOfInput(input: unknown, place: Place): ArmValue | undefined {
  if (input === undefined || typeof input === "function") return undefined;
  if (input === null) return { kind: "null", place };
  if (typeof input === "string") return { kind: "string", value: input, place };
  if (typeof input === "number") return { kind: "number", value: input, place };
  if (typeof input === "boolean") return { kind: "boolean", value: input, place };
  if (Array.isArray(input)) {
    const items = input.map((item: unknown, index) =>
      armValueOfInput(item, { ...place, path: `${place.path}[${index}]` }),
    );
    return { kind: "array", items: items.map((item) => item ?? { kind: "null", place }), place };
  }
  if (typeof input !== "object" || !isPlainObject(input)) return unknown("it is no plain data", place);
  const members = new Map<string, ArmValue>();
  for (const [name, item] of Object.entries(input)) {
    const value = armValueOfInput(item, { ...place, path: joinPath(place.path, name) });
    if (value !== undefined) members.set(name, value);
  }
  return { kind: "object", members, place };
}

function isPlainObject(input: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(input);
  return prototype === Object.prototype || prototype === null;
}

function unknown(reason: string, place: Place): ArmValue {
  return { kind: "unknown", symbol: `{${place.path}}`.replaceAll("/", "|"), reason, place };
}
