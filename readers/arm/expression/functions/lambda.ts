import type { ArmValue } from "../../arm-value.ts";
import { type FunctionTable, type LazyCall, lazy } from "../call.ts";

/** Lambdas: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda (read 2026-11-21). */
export const lambdaFunctions: FunctionTable = new Map([
  [
    "map",
    lazy(2, 2, (call) =>
      withItems(call, (items) => call.list(items.map((item, index) => call.lambda(1)(item, indexValue(call, index))))),
    ),
  ],
  ["filter", lazy(2, 2, (call) => withItems(call, (items) => filter(call, items)))],
  ["reduce", lazy(3, 3, (call) => withItems(call, (items) => reduce(call, items)))],
  ["sort", lazy(2, 2, (call) => withItems(call, (items) => sort(call, items)))],
  ["toobject", lazy(2, 3, (call) => withItems(call, (items) => toObject(call, items)))],
  ["groupby", lazy(2, 2, (call) => withItems(call, (items) => groupBy(call, items)))],
  ["mapvalues", lazy(2, 2, mapValues)],
  [
    "lambdavariables",
    lazy(1, 1, (call) => {
      const name = call.argument(0);
      const found = name.kind === "string" ? call.scope.lambdaVariables.get(name.value.toLowerCase()) : undefined;
      return found ?? call.fail("there is no such variable around it");
    }),
  ],
]);

function withItems(call: LazyCall, apply: (items: readonly ArmValue[]) => ArmValue | null): ArmValue | null {
  const value = call.argument(0);
  if (value.kind === "unknown") return call.unknown(value.reason);
  return value.kind === "array"
    ? apply(value.items)
    : call.fail(`argument 1 is of type ${value.kind}, expected an array`);
}

function filter(call: LazyCall, items: readonly ArmValue[]): ArmValue {
  const kept: ArmValue[] = [];
  for (const [index, item] of items.entries()) {
    const answer = call.lambda(1)(item, indexValue(call, index));
    if (answer.kind === "unknown") return call.unknown(answer.reason);
    if (answer.kind !== "boolean") call.fail("the lambda does not give true or false");
    else if (answer.value) kept.push(item);
  }
  return call.list(kept);
}

function reduce(call: LazyCall, items: readonly ArmValue[]): ArmValue {
  const step = call.lambda(2);
  return items.reduce((value, item, index) => step(value, item, indexValue(call, index)), call.argument(1));
}

/** An insertion sort, because its order does not depend on what else the comparison is asked. */
function sort(call: LazyCall, items: readonly ArmValue[]): ArmValue | null {
  if (items.length > 1_000) return call.fail("more than 1000 items are not sorted here");
  const comesBefore = call.lambda(1);
  const sorted: ArmValue[] = [];
  for (const item of items) {
    let at = sorted.length;
    while (at > 0) {
      const before = sorted[at - 1];
      const answer = before === undefined ? undefined : comesBefore(item, before);
      if (answer?.kind === "unknown") return call.unknown(answer.reason);
      if (answer?.kind !== "boolean" || !answer.value) break;
      at--;
    }
    sorted.splice(at, 0, item);
  }
  return call.list(sorted);
}

function toObject(call: LazyCall, items: readonly ArmValue[]): ArmValue {
  const members: [string, ArmValue][] = [];
  for (const item of items) {
    const name = call.lambda(1)(item);
    if (name.kind === "unknown") return call.unknown(name.reason);
    if (name.kind !== "string") call.fail("the lambda does not give a name");
    else members.push([name.value, call.expressions.length > 2 ? call.lambda(2)(item) : item]);
  }
  return call.record(members);
}

function groupBy(call: LazyCall, items: readonly ArmValue[]): ArmValue {
  const groups = new Map<string, ArmValue[]>();
  for (const item of items) {
    const name = call.lambda(1)(item);
    if (name.kind === "unknown") return call.unknown(name.reason);
    if (name.kind !== "string") call.fail("the lambda does not give a name");
    else groups.set(name.value, [...(groups.get(name.value) ?? []), item]);
  }
  return call.record([...groups].map(([name, members]) => [name, call.list(members)] as const));
}

function mapValues(call: LazyCall): ArmValue | null {
  const value = call.argument(0);
  if (value.kind === "unknown") return call.unknown(value.reason);
  if (value.kind !== "object") return call.fail(`argument 1 is of type ${value.kind}, expected an object`);
  return call.record([...value.members].map(([name, item]) => [name, call.lambda(1)(item)] as const));
}

function indexValue(call: LazyCall, index: number): ArmValue {
  return { kind: "number", value: index, place: call.place };
}
