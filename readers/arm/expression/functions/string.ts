import { Buffer } from "node:buffer";
import { PLACEHOLDER_RESOURCE_GROUP, PLACEHOLDER_SUBSCRIPTION } from "../../../../model/resource-id.ts";
import { type ArmValue, armValue, plainOf } from "../../arm-value.ts";
import { type Call, type FunctionTable, lenient, strict } from "../call.ts";
import { unknownValue } from "../scope.ts";
import { formatText } from "./format-text.ts";
import { jsonText } from "./object.ts";

/** Strings: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string (read 2026-11-21). */
export const stringFunctions: FunctionTable = new Map([
  ["concat", lenient(1, Number.POSITIVE_INFINITY, concat)],
  ["format", lenient(1, Number.POSITIVE_INFINITY, format)],
  ["string", strict(1, 1, string)],
  ["tolower", strict(1, 1, (call) => call.string(0).toLowerCase())],
  ["toupper", strict(1, 1, (call) => call.string(0).toUpperCase())],
  ["trim", strict(1, 1, (call) => call.string(0).trim())],
  ["startswith", strict(2, 2, (call) => call.string(0).toLowerCase().startsWith(call.string(1).toLowerCase()))],
  ["endswith", strict(2, 2, (call) => call.string(0).toLowerCase().endsWith(call.string(1).toLowerCase()))],
  ["indexof", strict(2, 2, (call) => position(call, "indexOf"))],
  ["lastindexof", strict(2, 2, (call) => position(call, "lastIndexOf"))],
  [
    "replace",
    strict(3, 3, (call) =>
      call.string(1) === ""
        ? call.fail("the text to replace is empty")
        : call.string(0).replaceAll(call.string(1), () => call.string(2)),
    ),
  ],
  ["split", lenient(2, 2, split)],
  ["join", strict(2, 2, join)],
  ["substring", strict(2, 3, substring)],
  ["padleft", strict(2, 3, padLeft)],
  ["base64", strict(1, 1, (call) => Buffer.from(call.string(0), "utf8").toString("base64"))],
  ["base64tostring", strict(1, 1, (call) => Buffer.from(call.string(0), "base64").toString("utf8"))],
  [
    "datauri",
    strict(1, 1, (call) => `data:text/plain;charset=utf8;base64,${Buffer.from(call.string(0)).toString("base64")}`),
  ],
  ["uricomponent", strict(1, 1, (call) => encodeURIComponent(call.string(0).toWellFormed()))],
  ["uricomponenttostring", strict(1, 1, uriComponentToString)],
  ["uri", strict(2, 2, (call) => URL.parse(call.string(1), call.string(0))?.href ?? call.fail("that is not a URI"))],
]);

function string(call: Call): ArmValue | string {
  const plain = plainOf(call.value(0));
  return "plain" in plain ? (textOf(call.value(0)) ?? "") : call.unknown(plain.reason);
}

/** Arrays are joined to one array, anything else to one text. Of a name, the known parts stay readable. */
function concat(call: Call): ArmValue | string {
  if (call.values.some((value) => value.kind === "array")) {
    return call.list(call.values.flatMap((value) => (value.kind === "array" ? value.items : [value])));
  }
  return composed(call, call.values, (parts) => parts.join(""));
}

function format(call: Call): ArmValue | string | null {
  const pattern = call.string(0);
  const values = call.values.slice(1);
  return composed(call, values, (parts) => {
    const result = formatText(pattern, parts, values);
    return "text" in result ? result.text : (call.fail(result.message) ?? "");
  });
}

function composed(
  call: Call,
  values: readonly ArmValue[],
  compose: (parts: readonly string[]) => string,
): ArmValue | string {
  const unknown = values.find((value) => value.kind === "unknown");
  const parts = values.map((value, index) => {
    if (value.kind === "unknown") return value.symbol;
    return textOf(value) ?? `{${call.name} ${index}}`;
  });
  const text = compose(parts);
  return unknown?.kind === "unknown" ? unknownValue(call.scope.session, text, unknown.reason, call.place) : text;
}

/** How a value reads in a text: .NET writes `True` and `False`. */
function textOf(value: ArmValue): string | undefined {
  switch (value.kind) {
    case "string":
      return value.value;
    case "number":
      return String(value.value);
    case "boolean":
      return value.value ? "True" : "False";
    case "null":
      return "";
    default:
      return jsonText(value);
  }
}

function position(call: Call, method: "indexOf" | "lastIndexOf"): number {
  const value = call.value(0);
  if (value.kind !== "array") return call.string(0).toLowerCase()[method](call.string(1).toLowerCase());
  const wanted = jsonText(call.value(1));
  const texts = value.items.map((item) => {
    const text = jsonText(item);
    if (text === undefined) call.fail("an item of the array is not known");
    return text;
  });
  return texts[method](wanted);
}

/** An id of which only the subscription and resource group are unknown can still be split into its segments. */
function split(call: Call): ArmValue {
  const [id, delimiter] = [call.value(0), call.value(1)];
  if (
    id.kind === "unknown" &&
    isIdOfThisDeployment(id.symbol) &&
    delimiter.kind === "string" &&
    delimiter.value === "/"
  ) {
    return call.list(
      id.symbol
        .split("/")
        .map((part) =>
          part.startsWith("{") ? { ...id, symbol: part } : { kind: "string", value: part, place: call.place },
        ),
    );
  }
  const unknown = call.values.find((value) => value.kind === "unknown");
  if (unknown?.kind === "unknown") return call.unknown(unknown.reason);
  const delimiters =
    call.value(1).kind === "array" ? call.array(1).items.map((item) => textOf(item) ?? "") : [call.string(1)];
  const pattern = delimiters
    .filter((delimiter) => delimiter !== "")
    .map((delimiter) => delimiter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (pattern.length === 0) call.fail("the delimiter is empty");
  return armValue(pattern.length === 0 ? [] : call.string(0).split(new RegExp(pattern.join("|"))), call.place);
}

function isIdOfThisDeployment(symbol: string): boolean {
  const rest = symbol.replace(PLACEHOLDER_SUBSCRIPTION, "").replace(PLACEHOLDER_RESOURCE_GROUP, "");
  return symbol.startsWith("/") && !/[{}]/.test(rest);
}

function join(call: Call): ArmValue | string {
  return composed(call, call.array(0).items, (parts) => parts.join(call.string(1)));
}

function substring(call: Call): string | null {
  const [text, start] = [call.string(0), call.integer(1)];
  const length = call.count > 2 ? call.integer(2) : text.length - start;
  if (start < 0 || length < 0 || start + length > text.length) {
    return call.fail(`${JSON.stringify(text)} has no ${length} characters from position ${start}`);
  }
  return text.slice(start, start + length);
}

function padLeft(call: Call): string | null {
  const value = call.value(0);
  const width = call.integer(1);
  const filler = call.count > 2 ? call.string(2) : " ";
  if (width < 0 || width > 10_000 || filler.length !== 1)
    return call.fail("expected a length up to 10000 and one character");
  return (value.kind === "number" ? String(value.value) : call.string(0)).padStart(width, filler);
}

function uriComponentToString(call: Call): string | null {
  const text = call.string(0);
  if (/%(?![\da-fA-F]{2})/.test(text)) return call.fail("that is not an encoded URI component");
  const bytes = Buffer.from(
    text.replace(/%([\da-fA-F]{2})|[\s\S]/gu, (found, hex: string | undefined) =>
      hex === undefined ? Buffer.from(found, "utf8").toString("latin1") : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    "latin1",
  );
  return bytes.toString("utf8");
}
