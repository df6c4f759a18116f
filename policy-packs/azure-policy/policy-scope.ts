import { type Prefix, parsePrefix } from "../../model/prefix.ts";
import { type ArmValue, armValue, type Place } from "../../readers/arm/arm-value.ts";
import {
  newSession,
  type Scope,
  type Session,
  type UserFunction,
  unknownValue,
} from "../../readers/arm/expression/scope.ts";
import { type Focus, fieldValues } from "./field-values.ts";
import { type PolicyTarget, targetGroup } from "./policy-target.ts";

/** What the conditions of one policy are evaluated with. */
export interface PolicyContext {
  readonly target: PolicyTarget;
  /** A parameter of the definition, by its name in any case. */
  readonly parameter: (name: string) => ArmValue | undefined;
  readonly focus: Focus;
  /** What `current()` stands for in each `count` around, by its name in lower case; the empty name is the innermost. */
  readonly current: ReadonlyMap<string, ArmValue>;
  readonly session: Session;
}

/** The context at the top of a policy. */
export function policyContext(target: PolicyTarget, parameter: PolicyContext["parameter"]): PolicyContext {
  return { target, parameter, focus: new Map(), current: new Map(), session: newSession() };
}

/**
 * What an expression of a policy can see: the functions of templates, and those that only policies have.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read 2026-11-21).
 */
export function policyScope(context: PolicyContext): Scope {
  const functions = policyFunctions(context);
  return {
    parameter: context.parameter,
    variable: () => undefined,
    userFunction: (name) => functions.get(name.toLowerCase()),
    copyIndex: () => undefined,
    lambdaVariables: new Map(),
    target: { level: "resourceGroup", ...targetGroup(context.target) },
    resource: () => undefined,
    session: context.session,
  };
}

const nowhere: Place = { file: "", line: 0, path: "" };

function policyFunctions(context: PolicyContext): ReadonlyMap<string, UserFunction> {
  const { session } = context;
  const unknownCall = (name: string, reason: string) => unknownValue(session, `{${name}()}`, reason, nowhere);
  return new Map<string, UserFunction>([
    ["field", { parameters: ["name"], call: ([name]) => fieldOf(context, name) }],
    ["current", { parameters: ["name"], call: ([name]) => currentOf(context, name) }],
    [
      "iprangecontains",
      { parameters: ["range", "target"], call: ([range, target]) => rangeContains(session, range, target) },
    ],
    [
      "requestcontext",
      { parameters: [], call: () => unknownCall("requestContext", "which API version asks is not known") },
    ],
    ["policy", { parameters: [], call: () => unknownCall("policy", "policy() is not evaluated") }],
  ]);
}

/** A missing property is an empty text, a missing array an empty array. */
function fieldOf(context: PolicyContext, name: ArmValue | undefined): ArmValue {
  if (name?.kind !== "string") {
    const reason = name?.kind === "unknown" ? name.reason : "field() needs the name of a field";
    return unknownValue(context.session, "{field()}", reason, nowhere);
  }
  const found = fieldValues(context.target, name.value, context.focus);
  if (found.kind === "one") return found.value ?? armValue("", nowhere);
  return {
    kind: "array",
    items: found.values.map((value) => value ?? { kind: "null", place: nowhere }),
    place: nowhere,
  };
}

/** `current('name')` of a count over values, `current('alias[*]')` of one over fields. */
function currentOf(context: PolicyContext, name: ArmValue | undefined): ArmValue {
  const key = name?.kind === "string" ? name.value.toLowerCase() : "";
  const found = context.current.get(key);
  if (found !== undefined) return found;
  if (key.includes("[*]") && name !== undefined) {
    const values = fieldOf(context, name);
    const [only, second] = values.kind === "array" ? values.items : [];
    if (only !== undefined && second === undefined) return only;
  }
  return unknownValue(context.session, `{current('${key}')}`, `current("${key}") stands for nothing here`, nowhere);
}

/** Prefixes of IPv4, or single addresses; ranges of other forms are not evaluated. */
function rangeContains(session: Session, range: ArmValue | undefined, target: ArmValue | undefined): ArmValue {
  const [outer, inner] = [prefixOf(range), prefixOf(target)];
  if (outer !== undefined && inner !== undefined) {
    const size = 2 ** (32 - outer.length);
    const contains = outer.length <= inner.length && Math.floor(inner.base / size) === Math.floor(outer.base / size);
    return armValue(contains, nowhere);
  }
  const given = range?.kind === "unknown" ? range : target;
  const reason = given?.kind === "unknown" ? given.reason : "ipRangeContains() is evaluated for IPv4 prefixes only";
  return unknownValue(session, "{ipRangeContains()}", reason, nowhere);
}

function prefixOf(value: ArmValue | undefined): Prefix | undefined {
  if (value?.kind !== "string") return undefined;
  const parsed = parsePrefix(value.value.includes("/") ? value.value : `${value.value}/32`);
  return parsed.ok ? parsed.value : undefined;
}
