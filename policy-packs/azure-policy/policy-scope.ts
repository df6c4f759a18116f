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

/** Expressions that were parsed already, by their text: thousands of targets are asked of the same policies. */
export type ParsedExpressions = Session["parsed"];

/** The context at the top of a policy. */
export function policyContext(
  target: PolicyTarget,
  parameter: PolicyContext["parameter"],
  parsed: ParsedExpressions = new Map(),
): PolicyContext {
  return { target, parameter, focus: new Map(), current: new Map(), session: { ...newSession(), parsed } };
}

/**
 * What an expression of a policy can see: the functions of templates, and those that only policies have.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule (read 2026-11-21).
 */
export function policyScope(context: PolicyContext): Scope {
  return {
    parameter: context.parameter,
    variable: () => undefined,
    userFunction: (name) => policyFunction(context, name),
    copyIndex: () => undefined,
    lambdaVariables: new Map(),
    // Few expressions ask where the target is.
    get target() {
      return { level: "resourceGroup", ...targetGroup(context.target) } as const;
    },
    resource: () => undefined,
    session: context.session,
  };
}

const nowhere: Place = { file: "", line: 0, path: "" };

function policyFunction(context: PolicyContext, name: string): UserFunction | undefined {
  const { session } = context;
  const unknownCall = (reason: string): UserFunction => ({
    parameters: [],
    call: () => unknownValue(session, `{${name}()}`, reason, nowhere),
  });
  switch (name.toLowerCase()) {
    case "field":
      return { parameters: ["name"], call: ([field]) => fieldOf(context, field) };
    case "current":
      return { parameters: ["name"], call: ([of]) => currentOf(context, of) };
    case "iprangecontains":
      return { parameters: ["range", "target"], call: ([range, target]) => rangeContains(session, range, target) };
    case "requestcontext":
      return unknownCall("which API version asks is not known");
    case "policy":
      return unknownCall("policy() is not evaluated");
    default:
      return undefined;
  }
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
