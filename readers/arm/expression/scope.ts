import type { Problem } from "../../problem.ts";
import type { ArmUnknown, ArmValue, Place } from "../arm-value.ts";
import type { ParsedExpression } from "./parse-expression.ts";

/** What an expression can see: one per template, copy iteration and lambda call. */
export interface Scope {
  /** The value of a parameter, by its name in any case; undefined where the template has none of that name. */
  readonly parameter: (name: string) => ArmValue | undefined;
  readonly variable: (name: string) => ArmValue | undefined;
  /** A function that the template defines itself, by `namespace.name`. */
  readonly userFunction: (name: string) => UserFunction | undefined;
  /** The iteration of a copy loop, or of the innermost one when no name is given. */
  readonly copyIndex: (loop: string | undefined) => number | undefined;
  /** Variables of the lambda expressions around. */
  readonly lambdaVariables: ReadonlyMap<string, ArmValue>;
  readonly target: DeploymentTarget;
  /** A resource of the input, by resource id, by name or by symbolic name. */
  readonly resource: (idOrName: string) => ReferencedResource | undefined;
  readonly session: Session;
}

/** A function of the template: its parameters' names and its value, evaluated by `call`. */
export interface UserFunction {
  readonly parameters: readonly string[];
  readonly call: (values: readonly ArmValue[]) => ArmValue;
}

/** Where a template is deployed to. Text in braces stands for what only the deployment knows. */
export interface DeploymentTarget {
  readonly level: "resourceGroup" | "subscription" | "managementGroup" | "tenant";
  readonly subscriptionId: ArmValue;
  readonly resourceGroupName: ArmValue;
}

/** What `reference()` and `resourceInfo()` can say about a resource; computed when asked. */
export interface ReferencedResource {
  readonly id: () => ArmValue;
  readonly name: () => ArmValue;
  readonly type: string;
  /** The whole resource as `reference(…, 'Full')` gives it. */
  readonly body: () => ArmValue;
}

/** What all the files of one reading share. */
export interface Session {
  readonly problems: Problem[];
  /** What had to be taken as given, in sentences to print. */
  readonly notes: string[];
  readonly parsed: Map<string, ParsedExpression>;
  /** Bounds the work, so that no template can keep the reader busy for ever. */
  readonly limits: { steps: number; depth: number; opaque: number };
}

/** Steps of evaluation for one reading; a template of ARM's maximum size (4 MB) needs far fewer. */
const stepsMax = 3_000_000;

/** A fresh session with nothing parsed and no problem. */
export function newSession(): Session {
  return { problems: [], notes: [], parsed: new Map(), limits: { steps: stepsMax, depth: 0, opaque: 0 } };
}

/** An unknown value. A very long symbol becomes a number that equals no other, because comparing it would be costly. */
export function unknownValue(session: Session, symbol: string, reason: string, place: Place): ArmUnknown {
  if (symbol.length <= 2_000) return { kind: "unknown", symbol, reason, place };
  session.limits.opaque++;
  return { kind: "unknown", symbol: `{expression ${session.limits.opaque}}`, reason, place };
}

/** How a value reads inside the symbol of a larger unknown one. */
export function symbolOf(value: ArmValue): string {
  switch (value.kind) {
    case "unknown":
      return isWholeSymbol(value.symbol) ? value.symbol.slice(1, -1) : `'${value.symbol.replaceAll("/", "%2f")}'`;
    case "string":
      return `'${encodeSymbol(value.value)}'`;
    case "number":
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
    case "array":
      return `[${value.items.map(symbolOf).join(", ")}]`;
    case "object":
      return `{${[...value.members].map(([name, item]) => `${encodeSymbol(name)}: ${symbolOf(item)}`).join(", ")}}`;
  }
}

/** Keeps slashes and braces out of symbols, so that an id with unknown parts can still be split into its segments. */
export function encodeSymbol(text: string): string {
  return text.replace(/[%{}/]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** Whether the braces at both ends belong to each other. */
function isWholeSymbol(symbol: string): boolean {
  let depth = 0;
  for (let index = 0; index < symbol.length; index++) {
    const character = symbol[index];
    if (character === "{") depth++;
    else if (character === "}") depth--;
    if (depth === 0) return index > 0 && index === symbol.length - 1;
  }
  return false;
}
