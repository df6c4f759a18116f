import {
  type ArmArray,
  type ArmObject,
  type ArmUnknown,
  type ArmValue,
  armValue,
  isTooLarge,
  type Place,
} from "../arm-value.ts";
import type { Expression } from "./parse-expression.ts";
import { type Scope, symbolOf, unknownValue } from "./scope.ts";

/** What a function gives back: a value, or plain data that then stands at the place of the call. */
export type Result = ArmValue | string | number | boolean | null;

/** A function of the template language. */
export type TemplateFunction =
  /** Called only when no argument is unknown. */
  | { readonly kind: "strict"; readonly min: number; readonly max: number; readonly apply: (call: Call) => Result }
  /** Called with its arguments even when some are unknown. */
  | { readonly kind: "lenient"; readonly min: number; readonly max: number; readonly apply: (call: Call) => Result }
  /** Evaluates its arguments itself: branches and lambdas. */
  | { readonly kind: "lazy"; readonly min: number; readonly max: number; readonly apply: (call: LazyCall) => Result };

/** Functions by their name in lower case. */
export type FunctionTable = ReadonlyMap<string, TemplateFunction>;

/** A strict function. */
export function strict(min: number, max: number, apply: (call: Call) => Result): TemplateFunction {
  return { kind: "strict", min, max, apply };
}

/** A lenient function. */
export function lenient(min: number, max: number, apply: (call: Call) => Result): TemplateFunction {
  return { kind: "lenient", min, max, apply };
}

/** A lazy function. */
export function lazy(min: number, max: number, apply: (call: LazyCall) => Result): TemplateFunction {
  return { kind: "lazy", min, max, apply };
}

const textMax = 1_000_000;

/**
 * One call with its arguments. Reading an argument as the wrong type notes the failure and gives a neutral value, so
 * functions are written without checks; a call that failed is an unknown value, whatever the function then returned.
 */
export class Call {
  failure: string | undefined;
  readonly name: string;
  readonly values: readonly ArmValue[];
  readonly place: Place;
  readonly scope: Scope;

  constructor(name: string, values: readonly ArmValue[], place: Place, scope: Scope) {
    this.name = name;
    this.values = values;
    this.place = place;
    this.scope = scope;
  }

  get count(): number {
    return this.values.length;
  }

  value(index: number): ArmValue {
    return this.values[index] ?? { kind: "null", place: this.place };
  }

  string(index: number): string {
    const value = this.value(index);
    return value.kind === "string" ? value.value : this.#wrong(index, "a string", "");
  }

  integer(index: number): number {
    const value = this.value(index);
    return value.kind === "number" && Number.isInteger(value.value)
      ? value.value
      : this.#wrong(index, "a whole number", 0);
  }

  boolean(index: number): boolean {
    const value = this.value(index);
    return value.kind === "boolean" ? value.value : this.#wrong(index, "true or false", false);
  }

  array(index: number): ArmArray {
    const value = this.value(index);
    return value.kind === "array"
      ? value
      : this.#wrong(index, "an array", { kind: "array", items: [], place: this.place });
  }

  object(index: number): ArmObject {
    const value = this.value(index);
    if (value.kind === "object") return value;
    return this.#wrong(index, "an object", { kind: "object", members: new Map(), place: this.place });
  }

  /** Makes the call's value unknown for this reason. */
  fail(reason: string): null {
    this.failure ??= reason;
    return null;
  }

  /** The call's value where it cannot be known: made of its arguments, so the same call gives the same symbol. */
  unknown(reason: string): ArmUnknown {
    const symbol = `{${this.name}(${this.values.map(symbolOf).join(", ")})}`;
    return unknownValue(this.scope.session, symbol, reason, this.place);
  }

  /** As `unknown`, for a value whose arguments are too large to tell: it equals no other. */
  opaque(reason: string): ArmUnknown {
    this.scope.session.limits.opaque++;
    return unknownValue(
      this.scope.session,
      `{${this.name}(…) ${this.scope.session.limits.opaque}}`,
      reason,
      this.place,
    );
  }

  /** An array that stands at the place of the call. */
  list(items: readonly ArmValue[]): ArmArray {
    return { kind: "array", items, place: this.place };
  }

  /** An object that stands at the place of the call. */
  record(members: Iterable<readonly [string, ArmValue]>): ArmObject {
    return { kind: "object", members: new Map(members), place: this.place };
  }

  /** The value of the call, from what the function returned. */
  finish(result: Result): ArmValue {
    if (this.failure !== undefined) return this.unknown(`${this.name}(): ${this.failure}`);
    if (typeof result === "object" && result !== null) {
      if (isTooLarge(result)) return this.opaque("the value is too large");
      return { ...result, place: this.place };
    }
    if (typeof result === "string" && result.length > textMax) return this.opaque("the text is too long");
    if (typeof result === "number" && !Number.isFinite(result)) return this.unknown(`${this.name}() has no value`);
    return armValue(result, this.place);
  }

  #wrong<T>(index: number, wanted: string, neutral: T): T {
    this.fail(
      `argument ${index + 1} is ${this.value(index).kind === "null" ? "null" : `of type ${this.value(index).kind}`}, expected ${wanted}`,
    );
    return neutral;
  }
}

/** A call whose arguments are evaluated on demand. */
export class LazyCall extends Call {
  readonly expressions: readonly Expression[];
  readonly #evaluate: (expression: Expression, scope: Scope) => ArmValue;

  constructor(
    name: string,
    expressions: readonly Expression[],
    place: Place,
    scope: Scope,
    evaluate: (expression: Expression, scope: Scope) => ArmValue,
  ) {
    super(name, [], place, scope);
    this.expressions = expressions;
    this.#evaluate = evaluate;
  }

  argument(index: number): ArmValue {
    const expression = this.expressions[index];
    return expression === undefined ? { kind: "null", place: this.place } : this.#evaluate(expression, this.scope);
  }

  /** The function that a `lambda('x', …)` argument stands for. */
  lambda(index: number): (...values: ArmValue[]) => ArmValue {
    const expression = this.expressions[index];
    const parts = expression?.kind === "call" && expression.name.toLowerCase() === "lambda" ? expression.arguments : [];
    const body = parts.at(-1);
    const names = parts
      .slice(0, -1)
      .flatMap((part) => (part.kind === "literal" ? [String(part.value).toLowerCase()] : []));
    if (body === undefined) {
      this.fail(`argument ${index + 1} is not a lambda`);
      return () => ({ kind: "null", place: this.place });
    }
    return (...values) => {
      const lambdaVariables = new Map(this.scope.lambdaVariables);
      for (const [position, name] of names.entries()) {
        const value = values[position];
        if (value !== undefined) lambdaVariables.set(name, value);
      }
      return this.#evaluate(body, { ...this.scope, lambdaVariables });
    };
  }

  override unknown(reason: string): ArmUnknown {
    const values = this.expressions.map((_, index) =>
      isLambda(this.expressions[index]) ? undefined : this.argument(index),
    );
    // The text of a lambda is not kept, so such a value equals no other.
    if (values.some((value) => value === undefined)) return this.opaque(reason);
    const symbol = `{${this.name}(${values.map((value) => (value === undefined ? "" : symbolOf(value))).join(", ")})}`;
    return unknownValue(this.scope.session, symbol, reason, this.place);
  }
}

function isLambda(expression: Expression | undefined): boolean {
  return expression?.kind === "call" && expression.name.toLowerCase() === "lambda";
}
