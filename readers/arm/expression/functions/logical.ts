import type { ArmValue } from "../../arm-value.ts";
import { type Call, type FunctionTable, type LazyCall, lazy, lenient, strict } from "../call.ts";
import { equalValues } from "../equal-values.ts";

/**
 * Logic and comparison:
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-logical,
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison (read 2026-11-21).
 */
export const logicalFunctions: FunctionTable = new Map([
  ["true", strict(0, 0, () => true)],
  ["false", strict(0, 0, () => false)],
  ["not", strict(1, 1, (call) => !call.boolean(0))],
  ["bool", strict(1, 1, toBoolean)],
  ["and", lazy(1, Number.POSITIVE_INFINITY, (call) => shortCircuit(call, false))],
  ["or", lazy(1, Number.POSITIVE_INFINITY, (call) => shortCircuit(call, true))],
  ["if", lazy(3, 3, choose)],
  ["equals", lenient(2, 2, equals)],
  ["less", strict(2, 2, (call) => compare(call) < 0)],
  ["lessorequals", strict(2, 2, (call) => compare(call) <= 0)],
  ["greater", strict(2, 2, (call) => compare(call) > 0)],
  ["greaterorequals", strict(2, 2, (call) => compare(call) >= 0)],
]);

/** `and` ends at false and `or` at true, whatever is not known in the other arguments. */
function shortCircuit(call: LazyCall, deciding: boolean): ArmValue | boolean | null {
  let unknown: ArmValue | undefined;
  for (const [index] of call.expressions.entries()) {
    const value = call.argument(index);
    if (value.kind === "unknown") unknown ??= value;
    else if (value.kind !== "boolean") return call.fail(`argument ${index + 1} is not true or false`);
    else if (value.value === deciding) return deciding;
  }
  return unknown?.kind === "unknown" ? call.unknown(unknown.reason) : !deciding;
}

/** Only the branch that is taken counts; where that is not known, both must give the same value. */
function choose(call: LazyCall): ArmValue | null {
  const condition = call.argument(0);
  if (condition.kind === "boolean") return call.argument(condition.value ? 1 : 2);
  if (condition.kind !== "unknown") return call.fail("argument 1 is not true or false");
  const [whenTrue, whenFalse] = [call.argument(1), call.argument(2)];
  return equalValues(whenTrue, whenFalse) === true ? whenTrue : call.unknown(condition.reason);
}

function equals(call: Call): ArmValue | boolean {
  const answer = equalValues(call.value(0), call.value(1));
  if (answer !== undefined) return answer;
  const unknown = call.values.find((value) => value.kind === "unknown");
  return call.unknown(unknown?.kind === "unknown" ? unknown.reason : "a part of the value is not known");
}

/** Numbers by size, strings by code unit. */
function compare(call: Call): number {
  const [a, b] = [call.value(0), call.value(1)];
  if (a.kind === "string" && b.kind === "string") return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return call.integer(0) - call.integer(1);
}

function toBoolean(call: Call): boolean | null {
  const value = call.value(0);
  if (value.kind === "boolean") return value.value;
  if (value.kind === "number") return value.value !== 0;
  const text = call.string(0).toLowerCase();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  return call.fail(`${JSON.stringify(call.string(0))} is not true or false`);
}
