import { isUnknown, type Read, unknown } from "../../model/read.ts";
import { type ArmObject, type ArmValue, member } from "../../readers/arm/arm-value.ts";
import { evaluateNode } from "../../readers/arm/template/evaluate-node.ts";
import { evaluateCondition } from "./evaluate-condition.ts";
import { fieldValues } from "./field-values.ts";
import { compare } from "./operators.ts";
import { type PolicyContext, policyScope } from "./policy-scope.ts";
import { allOf, anyOf, not, type Truth } from "./truth.ts";

/** What is done to a target: it is made, or it is deleted again. */
export type PolicyAction = "write" | "delete";

/**
 * Effects that let every request pass: they report, or make something else. `modify` changes the request; only a conflict with
 * another policy makes it deny, which Azure resolves by the definition's `conflictEffect` and is not followed here.
 * https://learn.microsoft.com/azure/governance/policy/concepts/effect-basics (read 2026-11-21).
 */
const harmless: ReadonlySet<string> = new Set([
  "audit",
  "auditifnotexists",
  "deployifnotexists",
  "disabled",
  "manual",
  "modify",
]);

/** Whether a policy rule refuses an action on the target of the context. */
export function refuses(policyRule: ArmValue, action: PolicyAction, context: PolicyContext): Truth {
  if (policyRule.kind === "unknown") return unknown(policyRule.reason);
  const then = policyRule.kind === "object" ? member(policyRule, "then") : undefined;
  const condition = policyRule.kind === "object" ? member(policyRule, "if") : undefined;
  if (then?.kind !== "object" || condition === undefined) return unknown("its rule has no if and then");
  const effect = effectOf(then, context);
  const refusing = isUnknown(effect) ? effect : effectRefuses(effect, then, action, context);
  // A rule that does not hold does nothing, whatever its effect.
  return refusing === false ? false : allOf([evaluateCondition(condition, context), refusing]);
}

function effectOf(then: ArmObject, context: PolicyContext): Read<string> {
  const effect = evaluateNode(member(then, "effect") ?? { kind: "null", place: then.place }, policyScope(context));
  if (effect.kind === "string") return effect.value.toLowerCase();
  return unknown(effect.kind === "unknown" ? `its effect: ${effect.reason}` : "it has no effect");
}

function effectRefuses(effect: string, then: ArmObject, action: PolicyAction, context: PolicyContext): Truth {
  if (harmless.has(effect)) return false;
  switch (effect) {
    case "deny":
      return action === "write";
    case "denyaction":
      return action === "delete" && deletes(then, context);
    case "append":
      return action === "write" ? contradicts(member(then, "details"), context) : false;
    default:
      return unknown(`the effect "${effect}" is not evaluated`);
  }
}

/** `actionNames` of a `denyAction`; `delete` is the only one there is. */
function deletes(then: ArmObject, context: PolicyContext): Truth {
  const details = member(then, "details");
  const names = details?.kind === "object" ? member(details, "actionNames") : undefined;
  if (names === undefined) return unknown("it names no actions");
  const evaluated = evaluateNode(names, policyScope(context));
  if (evaluated.kind !== "array") return unknown("its actions are not known");
  return anyOf(
    evaluated.items.map((item) =>
      item.kind === "string" ? item.value.toLowerCase() === "delete" : unknown("an action is not known"),
    ),
  );
}

/** `append` refuses a request that sets one of its fields to another value; it sets those that are missing. */
function contradicts(details: ArmValue | undefined, context: PolicyContext): Truth {
  if (details?.kind !== "array") return unknown("what it appends is not a list");
  const scope = policyScope(context);
  return anyOf(
    details.items.map((item) => {
      const entry = evaluateNode(item, scope);
      const field = entry.kind === "object" ? member(entry, "field") : undefined;
      const value = entry.kind === "object" ? member(entry, "value") : undefined;
      if (field?.kind !== "string" || value === undefined) return unknown("a field that it appends is not known");
      const found = fieldValues(context.target, field.value, context.focus);
      // Members are added to an array, which contradicts nothing.
      if (found.kind === "each" || found.value === undefined) return false;
      return not(compare("equals", found.value, value) ?? false);
    }),
  );
}
