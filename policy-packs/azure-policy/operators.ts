import { unknown } from "../../model/read.ts";
import type { ArmValue } from "../../readers/arm/arm-value.ts";
import { equalValues } from "../../readers/arm/expression/equal-values.ts";
import { anyOf, not, type Truth } from "./truth.ts";

type Comparison = (actual: ArmValue | undefined, expected: ArmValue) => Truth;

/**
 * Whether a value meets a condition of Azure Policy; undefined for an operator that it does not have. Texts compare without case,
 * but for `match` and `notMatch`. What Azure would refuse to compare is not known.
 *
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read 2026-11-21).
 *
 * @param actual - undefined: there is no such value
 */
export function compare(operator: string, actual: ArmValue | undefined, expected: ArmValue): Truth | undefined {
  const name = operator.toLowerCase();
  const negated = name.startsWith("not");
  const comparison =
    negated && !negatable.has(name.slice(3)) ? undefined : positive.get(negated ? name.slice(3) : name);
  if (comparison === undefined) return undefined;
  if (actual?.kind === "unknown") return unknown(actual.reason);
  if (expected.kind === "unknown") return unknown(expected.reason);
  const truth = comparison(actual, expected);
  return negated ? not(truth) : truth;
}

const positive: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["equals", equals],
  ["like", (actual, expected) => onTexts(actual, expected, isLike)],
  ["match", (actual, expected) => onTexts(actual, expected, (text, pattern) => matches(text, pattern, ""))],
  [
    "matchinsensitively",
    (actual, expected) => onTexts(actual, expected, (text, pattern) => matches(text, pattern, "i")),
  ],
  ["contains", contains],
  ["in", isIn],
  ["containskey", containsKey],
  ["exists", exists],
  ["less", ordered((order) => order < 0)],
  ["lessorequals", ordered((order) => order <= 0)],
  ["greater", ordered((order) => order > 0)],
  ["greaterorequals", ordered((order) => order >= 0)],
]);

/** The others have no form with `not`. */
const negatable: ReadonlySet<string> = new Set([
  "equals",
  "like",
  "match",
  "matchinsensitively",
  "contains",
  "in",
  "containskey",
]);

function textOf(value: ArmValue | undefined): string | undefined {
  return value?.kind === "string" || value?.kind === "number" || value?.kind === "boolean"
    ? String(value.value)
    : undefined;
}

function equals(actual: ArmValue | undefined, expected: ArmValue): Truth {
  const [a, b] = [textOf(actual), textOf(expected)];
  if (a !== undefined && b !== undefined) return a.toLowerCase() === b.toLowerCase();
  if (actual === undefined) {
    if (expected.kind === "null") return true;
    return b === "" ? unknown("whether a property that is not there equals an empty text is not documented") : false;
  }
  return equalValues(actual, expected) ?? unknown("a part of the value is not known");
}

function onTexts(
  actual: ArmValue | undefined,
  expected: ArmValue,
  holds: (text: string, pattern: string) => boolean,
): Truth {
  const pattern = textOf(expected);
  if (pattern === undefined) return unknown(`a pattern must be a text, not of type ${expected.kind}`);
  const text = textOf(actual);
  return text === undefined ? false : holds(text, pattern);
}

/** `*` stands for any text. */
function isLike(text: string, pattern: string): boolean {
  const source = pattern.split("*").map(escaped).join("[^]*");
  return new RegExp(`^${source}$`, "i").test(text);
}

/** `#` stands for a digit, `?` for a letter, `.` for any character. */
function matches(text: string, pattern: string, flags: string): boolean {
  const wild: Readonly<Record<string, string>> = { "#": "[0-9]", "?": "[A-Za-z]", ".": "[^]" };
  const source = [...pattern].map((character) => wild[character] ?? escaped(character)).join("");
  return new RegExp(`^${source}$`, flags).test(text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** A text contains a text, an array one of its members. */
function contains(actual: ArmValue | undefined, expected: ArmValue): Truth {
  if (actual?.kind === "array") return anyOf(actual.items.map((item) => memberEquals(item, expected)));
  return onTexts(actual, expected, (text, part) => text.toLowerCase().includes(part.toLowerCase()));
}

function isIn(actual: ArmValue | undefined, expected: ArmValue): Truth {
  if (expected.kind !== "array") return unknown(`"in" needs an array, not a value of type ${expected.kind}`);
  return anyOf(expected.items.map((item) => (item.kind === "unknown" ? unknown(item.reason) : equals(actual, item))));
}

function memberEquals(item: ArmValue, expected: ArmValue): Truth {
  return item.kind === "unknown" ? unknown(item.reason) : equals(item, expected);
}

function containsKey(actual: ArmValue | undefined, expected: ArmValue): Truth {
  const key = textOf(expected);
  if (key === undefined) return unknown(`"containsKey" needs a text, not a value of type ${expected.kind}`);
  if (actual?.kind !== "object") return false;
  if ([...actual.members.keys()].some((name) => name.toLowerCase() === key.toLowerCase())) return true;
  return actual.partial === undefined ? false : unknown(actual.partial.reason);
}

function exists(actual: ArmValue | undefined, expected: ArmValue): Truth {
  const wanted = textOf(expected)?.toLowerCase();
  if (wanted !== "true" && wanted !== "false") return unknown('"exists" needs true or false');
  return (actual !== undefined) === (wanted === "true");
}

/** Numbers with numbers, texts with texts; Azure refuses anything else. */
function ordered(holds: (order: number) => boolean): Comparison {
  return (actual, expected) => {
    if (actual?.kind === "number" && expected.kind === "number") return holds(actual.value - expected.value);
    if (actual?.kind === "string" && expected.kind === "string") {
      const [a, b] = [actual.value.toLowerCase(), expected.value.toLowerCase()];
      // Dates, versions and prefixes; how letters of other scripts are ordered depends on the culture.
      if (/^[\w.:/+-]*$/.test(a + b)) return holds(a < b ? -1 : Number(a > b));
      return unknown("how these texts are ordered is not known");
    }
    const given = actual === undefined ? "nothing" : `a value of type ${actual.kind}`;
    return unknown(`Azure does not order ${given} and a value of type ${expected.kind}`);
  };
}
