import { isUnknown } from "../../model/read.ts";
import { type ArmValue, armValue, type Place } from "../../readers/arm/arm-value.ts";

const place: Place = { file: "", line: 0, path: "" };

/** JSON that an estate holds as it was written, as a value that can be evaluated; what is not known is an unknown value. */
export function jsonValue(json: unknown): ArmValue {
  if (isUnknown(json)) return { kind: "unknown", symbol: `{${json.unknown}}`, reason: json.unknown, place };
  return plainValue(json);
}

function plainValue(json: unknown): ArmValue {
  if (json === undefined || json === null) return { kind: "null", place };
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return armValue(json, place);
  if (Array.isArray(json)) return { kind: "array", items: json.map(plainValue), place };
  const members = Object.entries(json).map(([name, value]) => [name, plainValue(value)] as const);
  return { kind: "object", members: new Map(members), place };
}
