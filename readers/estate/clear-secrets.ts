import type { ClearSecret } from "../../model/estate/clear-secret.ts";
import type { ArmResource } from "../arm/arm-resource.ts";
import { type ArmObject, type ArmValue, member } from "../arm/arm-value.ts";
import { placeOf } from "./read-value.ts";

/** Properties of the types that are read whose value is a secret, in lower case. */
const secretProperties: ReadonlySet<string> = new Set([
  "addomainpassword",
  "adminpassword",
  "authorizationkey",
  "radiusserversecret",
  "sharedkey",
]);

/**
 * Secrets that are written in clear in a file. Their values are looked at here and kept nowhere. What a running program hands over is
 * no file: its secrets arrive unwrapped, and whether they are written down somewhere is not to be seen.
 */
export function readClearSecrets(
  resources: readonly ArmResource[],
  connections: readonly ArmObject[],
): readonly ClearSecret[] {
  return [
    ...resources.flatMap(({ id, body }) => secretsIn(body, id)),
    ...connections.flatMap((connection) => secretsIn(connection, connectionId(connection))),
  ];
}

function connectionId(connection: ArmObject): string {
  const id = member(connection, "id") ?? member(connection, "displayName");
  return id?.kind === "string" ? id.value : "";
}

function secretsIn(value: ArmValue, id: string): readonly ClearSecret[] {
  if (value.kind === "array") return value.items.flatMap((item) => secretsIn(item, id));
  if (value.kind !== "object") return [];
  const found: ClearSecret[] = [];
  for (const [property, inner] of value.members) {
    if (secretProperties.has(property.toLowerCase())) {
      if (isInClear(inner)) found.push({ id, property, place: placeOf(inner.place) });
    } else if (inner.kind === "object" || inner.kind === "array") found.push(...secretsIn(inner, id));
  }
  return found;
}

/** Masks (`****`) and stand-ins (`<key>`) are no secrets. */
function isInClear(value: ArmValue): boolean {
  return value.kind === "string" && value.place.line > 0 && value.value !== "" && !/^(\*+|<[^>]*>)$/.test(value.value);
}
