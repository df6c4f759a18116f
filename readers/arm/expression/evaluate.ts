import { type ArmUnknown, type ArmValue, member, type Place } from "../arm-value.ts";
import { Call, LazyCall } from "./call.ts";
import { templateFunctions } from "./functions.ts";
import { type Expression, isExpression, parseExpression, unescapeLiteral } from "./parse-expression.ts";
import { encodeSymbol, type Scope, symbolOf, unknownValue } from "./scope.ts";

const depthMax = 150;

/** The value of a string of a template: its expression evaluated, or the literal it stands for. */
export function evaluateText(text: string, place: Place, scope: Scope): ArmValue {
  if (!isExpression(text)) return { kind: "string", value: unescapeLiteral(text), place };
  const { session } = scope;
  const parsed = session.parsed.get(text) ?? parseExpression(text);
  session.parsed.set(text, parsed);
  if ("expression" in parsed) return evaluate(parsed.expression, place, scope);
  if (!session.problems.some((problem) => problem.line === place.line && problem.message === parsed.message)) {
    session.problems.push({ file: place.file, line: place.line, message: parsed.message });
  }
  return unknownValue(session, `{${encodeSymbol(text)}}`, parsed.message, place);
}

/** Evaluates an expression; what cannot be evaluated is an unknown value at the place of the expression. */
export function evaluate(expression: Expression, place: Place, scope: Scope): ArmValue {
  const { limits } = scope.session;
  limits.steps--;
  if (limits.steps < 0) return tooMuch(scope, place, "the expressions of the input need too many steps");
  if (limits.depth >= depthMax)
    return tooMuch(scope, place, `expressions refer to one another over more than ${depthMax} levels`);
  limits.depth++;
  try {
    switch (expression.kind) {
      case "literal":
        return typeof expression.value === "string"
          ? { kind: "string", value: expression.value, place }
          : { kind: "number", value: expression.value, place };
      case "call":
        return evaluateCall(expression, place, scope);
      case "member":
        return evaluateMember(expression, place, scope);
    }
  } finally {
    limits.depth--;
  }
}

function evaluateCall(expression: Expression & { kind: "call" }, place: Place, scope: Scope): ArmValue {
  const { name } = expression;
  const builtIn = templateFunctions.get(name.toLowerCase().replace(/^(sys|az)\./, ""));
  const count = expression.arguments.length;
  if (builtIn?.kind === "lazy") {
    const call = new LazyCall(name, expression.arguments, place, scope, (argument, inner) =>
      evaluate(argument, place, inner),
    );
    if (count < builtIn.min || count > builtIn.max) return call.unknown(wrongCount(name, count));
    return call.finish(builtIn.apply(call));
  }
  const values = expression.arguments.map((argument) => evaluate(argument, place, scope));
  const call = new Call(name, values, place, scope);
  if (builtIn === undefined) return callOfTheTemplate(call);
  if (count < builtIn.min || count > builtIn.max) return call.unknown(wrongCount(name, count));
  const missing = builtIn.kind === "strict" ? values.find((value) => value.kind === "unknown") : undefined;
  return missing?.kind === "unknown" ? call.unknown(missing.reason) : call.finish(builtIn.apply(call));
}

function callOfTheTemplate(call: Call): ArmValue {
  const { name, values, scope } = call;
  const found = scope.userFunction(name);
  if (found !== undefined) {
    return values.length === found.parameters.length
      ? { ...found.call(values), place: call.place }
      : call.unknown(wrongCount(name, values.length));
  }
  // listKeys, listSecrets and the like ask the resource itself.
  if (/^list\w*$/i.test(name)) return call.unknown(`${name}() is answered by Azure only when it deploys`);
  return call.unknown(`the template function "${name}" is not evaluated`);
}

function evaluateMember(expression: Expression & { kind: "member" }, place: Place, scope: Scope): ArmValue {
  const of = evaluate(expression.of, place, scope);
  const key = evaluate(expression.key, place, scope);
  if (of.kind === "unknown") return unknownMember(of, key, of.reason, place, scope);
  if (key.kind === "unknown") return unknownMember(of, key, key.reason, place, scope);
  const found = memberOf(of, key);
  if (found !== undefined) return { ...found, place };
  if (expression.safe) return { kind: "null", place };
  const what = key.kind === "string" ? `property "${key.value}"` : `item ${symbolOf(key)}`;
  return unknownMember(of, key, `there is no ${what} in the value`, place, scope);
}

function memberOf(of: ArmValue, key: ArmValue): ArmValue | undefined {
  if (of.kind === "object" && key.kind === "string") return member(of, key.value);
  if (of.kind === "array" && key.kind === "number") return of.items[key.value];
  return undefined;
}

function unknownMember(of: ArmValue, key: ArmValue, reason: string, place: Place, scope: Scope): ArmUnknown {
  const access = key.kind === "string" ? `.${encodeSymbol(key.value)}` : `[${symbolOf(key)}]`;
  return unknownValue(scope.session, `{${symbolOf(of)}${access}}`, reason, place);
}

function tooMuch(scope: Scope, place: Place, reason: string): ArmUnknown {
  scope.session.limits.opaque++;
  return unknownValue(scope.session, `{expression ${scope.session.limits.opaque}}`, reason, place);
}

function wrongCount(name: string, count: number): string {
  return `${name}() was given ${count} argument${count === 1 ? "" : "s"}, which it does not take`;
}
