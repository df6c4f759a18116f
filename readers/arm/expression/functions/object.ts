import { type ArmObject, type ArmValue, armValue, member, plainOf } from "../../arm-value.ts";
import { parseJson } from "../../parse-json.ts";
import { type Call, type FunctionTable, lazy, lenient, strict } from "../call.ts";

/** Objects: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-object (read 2026-11-21). */
export const objectFunctions: FunctionTable = new Map([
  ["createobject", lenient(0, Number.POSITIVE_INFINITY, createObject)],
  ["items", strict(1, 1, items)],
  ["objectkeys", strict(1, 1, (call) => armValue(names(call), call.place))],
  ["shallowmerge", strict(1, 1, shallowMerge)],
  ["tryget", strict(2, Number.POSITIVE_INFINITY, tryGet)],
  ["json", strict(1, 1, json)],
  ["null", strict(0, 0, () => null)],
  [
    "coalesce",
    lazy(1, Number.POSITIVE_INFINITY, (call) => {
      for (const [index] of call.expressions.entries()) {
        const value = call.argument(index);
        if (value.kind === "unknown") return call.unknown(value.reason);
        if (value.kind !== "null") return value;
      }
      return null;
    }),
  ],
]);

function createObject(call: Call): ArmValue {
  const members: [string, ArmValue][] = [];
  if (call.count % 2 !== 0) call.fail("a name has no value");
  for (let index = 0; index < call.count; index += 2) {
    const name = call.value(index);
    if (name.kind === "unknown") return call.unknown(name.reason);
    members.push([call.string(index), call.value(index + 1)]);
  }
  return call.record(members);
}

/** In the order of the names, as Azure sorts them. */
function names(call: Call): readonly string[] {
  const object = call.object(0);
  if (object.partial !== undefined) call.fail(object.partial.reason);
  return [...object.members.keys()].sort();
}

function items(call: Call): ArmValue {
  const object = call.object(0);
  return call.list(
    names(call).map((name) =>
      call.record([
        ["key", { kind: "string", value: name, place: call.place }],
        ["value", object.members.get(name) ?? { kind: "null", place: call.place }],
      ]),
    ),
  );
}

function shallowMerge(call: Call): ArmValue {
  const members = new Map<string, ArmValue>();
  for (const item of call.array(0).items) {
    if (item.kind === "unknown") return call.unknown(item.reason);
    if (item.kind === "object") for (const [name, value] of item.members) members.set(name, value);
    else call.fail("an item is no object");
  }
  return call.record(members);
}

function tryGet(call: Call): ArmValue {
  let value = call.value(0);
  for (const key of call.values.slice(1)) {
    const found: ArmValue | undefined = step(value, key);
    if (found === undefined || found.kind === "null") return { kind: "null", place: call.place };
    if (found.kind === "unknown") return found;
    value = found;
  }
  return value;
}

function step(value: ArmValue, key: ArmValue): ArmValue | undefined {
  if (value.kind === "object" && key.kind === "string") return member(value, key.value);
  return value.kind === "array" && key.kind === "number" ? value.items[key.value] : undefined;
}

function json(call: Call): ArmValue | null {
  const parsed = parseJson(call.string(0), call.place.file);
  if ("problem" in parsed) return call.fail(parsed.problem.message);
  const plain = plainOf(parsed.value);
  return "plain" in plain ? armValue(plain.plain, call.place) : plain;
}

/** The compact JSON text of a value, as `string()` writes it; undefined where a part is not known. */
export function jsonText(value: ArmValue | ArmObject): string | undefined {
  const plain = plainOf(value);
  return "plain" in plain ? JSON.stringify(plain.plain) : undefined;
}
