import type { ArmValue } from "../../arm-value.ts";
import type { Call } from "../call.ts";
import { unknownValue } from "../scope.ts";

/** Joins texts and values to one text, which is unknown but still readable where a value is. */
export function composeText(call: Call, parts: readonly (string | ArmValue)[]): ArmValue {
  const text = parts
    .map((part) =>
      typeof part === "string"
        ? part
        : part.kind === "unknown"
          ? part.symbol
          : part.kind === "string"
            ? part.value
            : "",
    )
    .join("");
  const unknown = parts.find((part) => typeof part !== "string" && part.kind === "unknown");
  return typeof unknown === "object" && unknown.kind === "unknown"
    ? unknownValue(call.scope.session, text, unknown.reason, call.place)
    : { kind: "string", value: text, place: call.place };
}
