import { z } from "zod";
import { didYouMean, oneOf } from "./suggest.ts";

/** One thing that the schema refuses, at its path. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a zod issue says in this project's words; a misspelt key is a problem each, at its own path. */
export function describeIssue(schema: z.core.$ZodType, input: unknown, issue: z.core.$ZodIssue): SchemaProblem[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, input, path);
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, known) }));
  }
  const name = String(path.findLast((part) => typeof part === "string") ?? "the value");
  return [{ path, message: describeValue(name, valueAt(input, path), issue) }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const suggestion = didYouMean(key, known);
  return `key ${quote(key)} is not known${suggestion === "" ? `; known keys are ${oneOf(known).replace(" or ", " and ")}` : suggestion}`;
}

function describeValue(name: string, value: unknown, issue: z.core.$ZodIssue): string {
  if (value === undefined) return `${name} is missing${expectation(issue)}`;
  switch (issue.code) {
    case "invalid_type":
      return `${name} must be ${typeNames[issue.expected] ?? issue.expected}, not ${given(value)}`;
    case "invalid_value":
      return `${name} ${given(value)} is not known; it must be ${oneOf(issue.values)}${hint(value, issue.values)}`;
    case "invalid_union": {
      const options = "options" in issue && Array.isArray(issue.options) ? issue.options : [];
      return `${name} ${given(value)} is not known; it must be ${oneOf(options)}${hint(value, options)}`;
    }
    case "too_small":
      return tooFar(name, value, `at least ${issue.minimum}`);
    case "too_big":
      return tooFar(name, value, `at most ${issue.maximum}`);
    default:
      return issue.message;
  }
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `; it must be ${oneOf(issue.values)}`;
  if (issue.code === "invalid_type") return `; it must be ${typeNames[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return `; it must be ${oneOf(issue.options)}`;
  }
  return "";
}

function tooFar(name: string, value: unknown, bound: string): string {
  if (Array.isArray(value)) return `${name} has ${value.length} entries; it must have ${bound}`;
  if (typeof value === "string") return `${name} has ${value.length} characters; it must have ${bound}`;
  return `${name} is ${given(value)}; it must be ${bound}`;
}

function hint(value: unknown, options: readonly unknown[]): string {
  const words = options.filter((option) => typeof option === "string");
  return typeof value === "string" ? didYouMean(value, words) : "";
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

function given(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return typeof value === "string" ? quote(value) : String(value);
}

/** The keys that the schema knows at a path; where it is a choice, those of the branch that the input chose. */
export function knownKeys(
  schema: z.core.$ZodType,
  input: unknown,
  path: readonly (string | number)[],
): readonly string[] {
  const at = unwrap(schema, input);
  const [next, ...rest] = path;
  if (next === undefined) return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
  const child: unknown = valueAt(input, [next]);
  if (at instanceof z.ZodObject) {
    const field: unknown = at.shape[next];
    return field instanceof z.ZodType ? knownKeys(field, child, rest) : [];
  }
  if (at instanceof z.ZodArray) return knownKeys(at.element, child, rest);
  return [];
}

function unwrap(schema: z.core.$ZodType, input: unknown): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return unwrap(schema.unwrap(), input);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const chosen = schema.options.find(
      (option) =>
        option instanceof z.ZodObject &&
        z.safeParse(option.shape[discriminator], valueAt(input, [discriminator])).success,
    );
    return chosen === undefined ? schema : unwrap(chosen, input);
  }
  return schema;
}

/** What is at a path of plain data, or undefined. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
}

function quote(text: string): string {
  return JSON.stringify(text);
}
