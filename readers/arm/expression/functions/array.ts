import { type ArmObject, type ArmValue, armValue, member } from "../../arm-value.ts";
import { type Call, type FunctionTable, lenient, strict } from "../call.ts";
import { equalValues } from "../equal-values.ts";

/** Arrays: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array (read 2026-11-21). */
export const arrayFunctions: FunctionTable = new Map([
  ["array", strict(1, 1, (call) => (call.value(0).kind === "array" ? call.value(0) : call.list([call.value(0)])))],
  ["createarray", lenient(0, Number.POSITIVE_INFINITY, (call) => call.list(call.values))],
  ["contains", lenient(2, 2, contains)],
  ["empty", strict(1, 1, (call) => size(call) === 0)],
  ["length", strict(1, 1, size)],
  ["first", strict(1, 1, (call) => end(call, 0))],
  ["last", strict(1, 1, (call) => end(call, -1))],
  ["skip", strict(2, 2, (call) => slice(call, Math.max(0, call.integer(1)), undefined))],
  ["take", strict(2, 2, (call) => slice(call, 0, Math.max(0, call.integer(1))))],
  ["flatten", strict(1, 1, flatten)],
  ["range", strict(2, 2, range)],
  ["union", strict(2, Number.POSITIVE_INFINITY, union)],
  ["intersection", strict(2, Number.POSITIVE_INFINITY, intersection)],
  ["indexfromend", strict(2, 2, (call) => fromEnd(call) ?? call.fail("there is no such item"))],
  ["tryindexfromend", strict(2, 2, (call) => fromEnd(call) ?? null)],
]);

function size(call: Call): number {
  const value = call.value(0);
  if (value.kind === "string") return value.value.length;
  if (value.kind === "object") return value.partial === undefined ? value.members.size : Number.NaN;
  return value.kind === "null" ? 0 : call.array(0).items.length;
}

/** Strings and array items compare with case, the names of an object's members without. */
function contains(call: Call): ArmValue | boolean {
  const [container, wanted] = [call.value(0), call.value(1)];
  if (container.kind === "unknown") return call.unknown(container.reason);
  if (container.kind === "array") {
    const answers = container.items.map((item) => equalValues(item, wanted));
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? call.unknown("an item of the array is not known") : false;
  }
  if (wanted.kind === "unknown") return call.unknown(wanted.reason);
  if (container.kind !== "object")
    return call.string(0).includes(wanted.kind === "number" ? String(wanted.value) : call.string(1));
  const found = member(container, call.string(1));
  return found?.kind === "unknown" && container.partial !== undefined ? found : found !== undefined;
}

function end(call: Call, index: 0 | -1): ArmValue | string | null {
  const value = call.value(0);
  if (value.kind === "string") return value.value.at(index) ?? "";
  return call.array(0).items.at(index) ?? null;
}

function slice(call: Call, from: number, to: number | undefined): ArmValue | string {
  const value = call.value(0);
  return value.kind === "string" ? value.value.slice(from, to) : call.list(call.array(0).items.slice(from, to));
}

function flatten(call: Call): ArmValue {
  const unknown = call.array(0).items.find((item) => item.kind === "unknown");
  if (unknown?.kind === "unknown") return call.unknown(unknown.reason);
  return call.list(call.array(0).items.flatMap((item) => (item.kind === "array" ? item.items : [item])));
}

/** ARM allows at most 10,000 items. */
function range(call: Call): ArmValue | null {
  const [start, count] = [call.integer(0), call.integer(1)];
  if (count < 0 || count > 10_000) return call.fail(`a range has 0 to 10000 items, not ${count}`);
  return armValue(
    Array.from({ length: count }, (_, index) => start + index),
    call.place,
  );
}

function union(call: Call): ArmValue | null {
  if (call.value(0).kind === "object") {
    return call.values.reduce<ArmObject>((merged, _, index) => deepMerge(merged, call.object(index)), call.record([]));
  }
  const items: ArmValue[] = [];
  for (const [index] of call.values.entries()) {
    for (const item of call.array(index).items)
      if (!items.some((known) => equalValues(known, item) === true)) items.push(item);
  }
  return call.list(items);
}

function deepMerge(into: ArmObject, from: ArmObject): ArmObject {
  const members = new Map(into.members);
  for (const [name, value] of from.members) {
    const existing = members.get(name);
    members.set(name, existing?.kind === "object" && value.kind === "object" ? deepMerge(existing, value) : value);
  }
  return { ...into, members };
}

function intersection(call: Call): ArmValue {
  const others = call.values.slice(1);
  if (call.value(0).kind === "object") {
    const members = [...call.object(0).members].map(([name, value]) => {
      const answers = others.map((_, index) => {
        const other = call.object(index + 1).members.get(name);
        return other === undefined ? false : equalValues(value, other);
      });
      return { entry: [name, value] as const, answers };
    });
    if (members.some(({ answers }) => isOpen(answers))) return call.unknown("a member is not known");
    return call.record(members.filter(({ answers }) => answers.every(Boolean)).map(({ entry }) => entry));
  }
  const items = call.array(0).items.map((item) => {
    const answers = others.map((_, index) => {
      const found = call.array(index + 1).items.map((other) => equalValues(item, other));
      return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
    });
    return { item, answers };
  });
  if (items.some(({ answers }) => isOpen(answers))) return call.unknown("an item is not known");
  return call.list(items.filter(({ answers }) => answers.every(Boolean)).map(({ item }) => item));
}

function isOpen(answers: readonly (boolean | undefined)[]): boolean {
  return !answers.includes(false) && answers.includes(undefined);
}

/** Counted from 1 at the end. */
function fromEnd(call: Call): ArmValue | undefined {
  return call.array(0).items.at(-Math.max(1, call.integer(1)));
}
