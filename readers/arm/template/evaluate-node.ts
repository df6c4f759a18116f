import { type ArmArray, type ArmObject, type ArmValue, isTooLarge, member } from "../arm-value.ts";
import { evaluateText } from "../expression/evaluate.ts";
import { type Scope, unknownValue } from "../expression/scope.ts";

/** ARM's limit. https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources (read 2026-11-21). */
export const copyCountMax = 800;

/** Evaluates every expression in a part of a template, and expands the `copy` loops of properties. */
export function evaluateNode(node: ArmValue, scope: Scope): ArmValue {
  const value = evaluateParts(node, scope);
  if (!isTooLarge(value)) return value;
  scope.session.limits.opaque++;
  return unknownValue(scope.session, `{value ${scope.session.limits.opaque}}`, "the value is too large", node.place);
}

function evaluateParts(node: ArmValue, scope: Scope): ArmValue {
  switch (node.kind) {
    case "string":
      return evaluateText(node.value, node.place, scope);
    case "array":
      return { ...node, items: node.items.map((item) => evaluateNode(item, scope)) };
    case "object":
      return evaluateObject(node, scope);
    default:
      return node;
  }
}

/** As `evaluateNode`, without the members named. */
export function evaluateObject(node: ArmObject, scope: Scope, except: ReadonlySet<string> = new Set()): ArmObject {
  const members = new Map<string, ArmValue>();
  for (const [written, value] of node.members) {
    if (except.has(written.toLowerCase())) continue;
    if (written.toLowerCase() === "copy" && isPropertyCopy(value)) {
      for (const [name, items] of propertyCopies(value, scope)) members.set(name, items);
      continue;
    }
    const name = evaluateText(written, value.place, scope);
    members.set(
      name.kind === "string" ? name.value : name.kind === "unknown" ? name.symbol : written,
      evaluateNode(value, scope),
    );
  }
  return { ...node, members };
}

/** The scope inside one iteration. `anonymous` loops are also what `copyIndex()` without a name means. */
export function withLoop(scope: Scope, loop: string, index: number, anonymous: boolean): Scope {
  return {
    ...scope,
    copyIndex: (name) => {
      const meant = name === undefined ? anonymous : name.toLowerCase() === loop.toLowerCase();
      return meant ? index : scope.copyIndex(name);
    },
  };
}

/** How often a loop runs, or why that is not known. */
export function copyCount(copy: ArmObject, scope: Scope): number | string {
  const count = evaluateNode(member(copy, "count") ?? { kind: "null", place: copy.place }, scope);
  if (count.kind === "unknown") return count.reason;
  if (count.kind !== "number" || !Number.isInteger(count.value) || count.value < 0 || count.value > copyCountMax) {
    return `"count" is not a whole number from 0 to ${copyCountMax}`;
  }
  scope.session.limits.steps -= count.value;
  return scope.session.limits.steps < 0 ? "the loops of the input need too many steps" : count.value;
}

/** The arrays that the loops of a `copy` list make, by name. */
function propertyCopies(copies: ArmArray, scope: Scope): readonly (readonly [string, ArmValue])[] {
  return copies.items.flatMap((copy): readonly (readonly [string, ArmValue])[] => {
    const name = copy.kind === "object" ? member(copy, "name") : undefined;
    const input = copy.kind === "object" ? member(copy, "input") : undefined;
    if (copy.kind !== "object" || name?.kind !== "string" || input === undefined) return [];
    const count = copyCount(copy, scope);
    if (typeof count === "string") {
      return [[name.value, unknownValue(scope.session, `{copy ${name.value}}`, count, copy.place)] as const];
    }
    const items = Array.from({ length: count }, (_, index) =>
      evaluateNode(input, withLoop(scope, name.value, index, false)),
    );
    return [[name.value, { kind: "array", items, place: copy.place }] as const];
  });
}

function isPropertyCopy(value: ArmValue): value is ArmArray {
  return (
    value.kind === "array" &&
    value.items.length > 0 &&
    value.items.every(
      (item) => item.kind === "object" && member(item, "name") !== undefined && member(item, "input") !== undefined,
    )
  );
}
