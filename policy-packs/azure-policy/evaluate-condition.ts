import { isUnknown, type Read, splitKnown, unknown } from "../../model/read.ts";
import { type ArmObject, type ArmValue, armValue, member } from "../../readers/arm/arm-value.ts";
import { evaluateNode } from "../../readers/arm/template/evaluate-node.ts";
import { arrayPath, fieldValues } from "./field-values.ts";
import { compare } from "./operators.ts";
import { type PolicyContext, policyScope } from "./policy-scope.ts";
import { allOf, anyOf, not, type Truth } from "./truth.ts";

/**
 * Whether the `if` of a policy holds for a target: logical operators, and conditions on a field, a value or a count.
 *
 * What is not known stays so as far as it matters. Azure fails a policy whose expression has no value, which denies; that is
 * answered as not known, too, because where the evaluator stops Azure may go on.
 */
export function evaluateCondition(condition: ArmValue, context: PolicyContext): Truth {
  if (condition.kind === "unknown") return unknown(condition.reason);
  if (condition.kind !== "object") return unknown("a condition must be an object");
  const all = member(condition, "allOf");
  if (all !== undefined) return allOf(each(all, context));
  const any = member(condition, "anyOf");
  if (any !== undefined) return anyOf(each(any, context));
  const negated = member(condition, "not");
  if (negated !== undefined) return not(evaluateCondition(negated, context));
  return simple(condition, context);
}

function each(list: ArmValue, context: PolicyContext): readonly Truth[] {
  if (list.kind === "array") return list.items.map((item) => evaluateCondition(item, context));
  return [unknown("allOf and anyOf need an array of conditions")];
}

const subjects: ReadonlySet<string> = new Set(["field", "value", "count", "source"]);

/** `{ "field": …, "<operator>": … }`, the same with `value`, or with `count`. */
function simple(condition: ArmObject, context: PolicyContext): Truth {
  const operators = [...condition.members].filter(([name]) => !subjects.has(name.toLowerCase()));
  const [operator, second] = operators;
  if (operator === undefined || second !== undefined) return unknown(`${describe(condition)} is not one condition`);
  const [name, written] = operator;
  const expected = evaluateNode(written, policyScope(context));
  const holds = (actual: ArmValue | undefined): Truth =>
    compare(name, actual, expected) ?? unknown(`the operator "${name}" is not evaluated`);
  const field = member(condition, "field");
  if (field !== undefined) return onField(field, holds, context);
  const value = member(condition, "value");
  if (value !== undefined) {
    const actual = evaluateNode(value, policyScope(context));
    return holds(actual.kind === "null" ? undefined : actual);
  }
  const count = member(condition, "count");
  if (count?.kind === "object") return onCount(count, holds, context);
  return unknown(`${describe(condition)} asks of no field, value or count`);
}

/** Of a collection, every value must meet the condition. */
function onField(field: ArmValue, holds: (actual: ArmValue | undefined) => Truth, context: PolicyContext): Truth {
  const name = evaluateNode(field, policyScope(context));
  if (name.kind !== "string") return unknown(name.kind === "unknown" ? name.reason : "a field must be a text");
  const found = fieldValues(context.target, name.value, context.focus);
  const truth = found.kind === "one" ? holds(found.value) : allOf(found.values.map(holds));
  return isUnknown(truth) ? unknown(`${name.value}: ${truth.unknown}`) : truth;
}

/** Where it is not known how many members count, every possible number must give one answer. */
function onCount(count: ArmObject, holds: (actual: ArmValue | undefined) => Truth, context: PolicyContext): Truth {
  const counted = countedMembers(count, context);
  if (isUnknown(counted)) return counted;
  const min = counted.filter((truth) => truth === true).length;
  const open = counted.filter((truth) => isUnknown(truth));
  const answers = Array.from({ length: open.length + 1 }, (_, more) => holds(armValue(min + more, count.place)));
  const [first = unknown("nothing was counted")] = answers;
  return answers.every((answer) => answer === first) ? first : (open[0] ?? first);
}

/** Whether each member of the array counts. */
function countedMembers(count: ArmObject, context: PolicyContext): Read<readonly Truth[]> {
  const where = member(count, "where");
  const counts = (inner: PolicyContext): Truth => (where === undefined ? true : evaluateCondition(where, inner));
  const values = member(count, "value");
  if (values !== undefined) {
    const array = evaluateNode(values, policyScope(context));
    if (array.kind !== "array") return unknown(array.kind === "unknown" ? array.reason : "a count needs an array");
    const name = member(count, "name");
    const key = name?.kind === "string" ? name.value.toLowerCase() : "";
    return array.items.map((item) =>
      counts({ ...context, current: new Map([...context.current, ["", item], [key, item]]) }),
    );
  }
  const field = evaluateNode(member(count, "field") ?? { kind: "null", place: count.place }, policyScope(context));
  if (field.kind !== "string") return unknown(field.kind === "unknown" ? field.reason : "a count needs a field");
  const contexts = focused(field.value, context);
  return isUnknown(contexts) ? contexts : contexts.map(counts);
}

/** One context for each member of an array, also of an array inside of others: as if the member were the only one. */
function focused(field: string, context: PolicyContext): Read<readonly PolicyContext[]> {
  const path = arrayPath(context.target, field);
  if (path === undefined) return [];
  const prefix = field.slice(0, field.length - "[*]".length - path.length);
  let contexts: readonly PolicyContext[] = [context];
  for (const [index] of path.split("[*]").entries()) {
    const step = path
      .split("[*]")
      .slice(0, index + 1)
      .join("[*]");
    const next = contexts.map((inner) => (inner.focus.has(step) ? [inner] : members(inner, `${prefix}${step}`, step)));
    const { known, unknown: open } = splitKnown<readonly PolicyContext[]>(next);
    const [reason] = open;
    if (reason !== undefined) return reason;
    contexts = known.flat();
  }
  return contexts;
}

function members(context: PolicyContext, array: string, step: string): Read<readonly PolicyContext[]> {
  const found = fieldValues(context.target, `${array}[*]`, context.focus);
  const values = found.kind === "each" ? found.values : [];
  const [only] = values;
  // An array that is not known shows as one value that is not known.
  if (values.length === 1 && only?.kind === "unknown") return unknown(only.reason);
  return values.map((_, index) => ({ ...context, focus: new Map([...context.focus, [step, index]]) }));
}

function describe(condition: ArmObject): string {
  return `a condition with ${[...condition.members.keys()].map((name) => `"${name}"`).join(", ") || "nothing in it"}`;
}
