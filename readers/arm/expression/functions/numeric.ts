import { type Call, type FunctionTable, lenient, strict } from "../call.ts";

/** Numbers: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric (read 2026-11-21). */
export const numericFunctions: FunctionTable = new Map([
  ["add", strict(2, 2, (call) => call.integer(0) + call.integer(1))],
  ["sub", strict(2, 2, (call) => call.integer(0) - call.integer(1))],
  ["mul", strict(2, 2, (call) => call.integer(0) * call.integer(1))],
  [
    "div",
    strict(2, 2, (call) =>
      call.integer(1) === 0 ? call.fail("division by zero") : Math.trunc(call.integer(0) / call.integer(1)),
    ),
  ],
  [
    "mod",
    strict(2, 2, (call) => (call.integer(1) === 0 ? call.fail("division by zero") : call.integer(0) % call.integer(1))),
  ],
  ["int", strict(1, 1, toInteger)],
  ["float", strict(1, 1, toFloat)],
  [
    "min",
    strict(1, Number.POSITIVE_INFINITY, (call) =>
      numbers(call).reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    ),
  ],
  [
    "max",
    strict(1, Number.POSITIVE_INFINITY, (call) =>
      numbers(call).reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    ),
  ],
  ["copyindex", lenient(0, 2, copyIndex)],
]);

function toInteger(call: Call): number | null {
  const value = call.value(0);
  if (value.kind === "number") return Math.trunc(value.value);
  const text = call.string(0).trim();
  return /^-?\d+$/.test(text) ? Number(text) : call.fail(`${JSON.stringify(text)} is not a whole number`);
}

function toFloat(call: Call): number | null {
  const value = call.value(0);
  if (value.kind === "number") return value.value;
  const text = call.string(0).trim();
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : call.fail(`${JSON.stringify(text)} is not a number`);
}

function numbers(call: Call): readonly number[] {
  if (call.value(0).kind !== "array") return call.values.map((_, index) => call.integer(index));
  return call.array(0).items.map((item) => {
    if (item.kind !== "number") call.fail("an item is not a number that is known");
    return item.kind === "number" ? item.value : 0;
  });
}

/** `copyIndex()`, `copyIndex(offset)`, `copyIndex('loop')`, `copyIndex('loop', offset)`. */
function copyIndex(call: Call): number | null {
  const named = call.value(0).kind === "string";
  const index = call.scope.copyIndex(named ? call.string(0) : undefined);
  const offset = call.count > (named ? 1 : 0) ? call.integer(named ? 1 : 0) : 0;
  return index === undefined ? call.fail("there is no such copy loop around it") : index + offset;
}
