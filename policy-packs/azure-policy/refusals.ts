import type { PolicyDefinition, PolicyExemption } from "../../model/estate/governance.ts";
import { isUnknown, unknown } from "../../model/read.ts";
import { sameResource } from "../../model/resource-id.ts";
import type { TenantFacts } from "../tenant-facts.ts";
import type { AssignedPolicy, KnownPolicies } from "./assigned-policies.ts";
import { containsScope } from "./contains-scope.ts";
import { type PolicyAction, refuses } from "./policy-effect.ts";
import { type ParsedExpressions, policyContext } from "./policy-scope.ts";
import { isIndexed, type PolicyTarget } from "./policy-target.ts";
import { allOf, anyOf, not, type Truth } from "./truth.ts";

/** A policy that refuses a target, or perhaps does. */
export interface Refusal {
  readonly policy: AssignedPolicy;
  /** Why it is not known; absent: it certainly refuses. */
  readonly open?: string;
}

/** The policies that refuse an action on a target, and those of which that is not known. */
export function refusals(
  { assigned, exemptions, parsed }: KnownPolicies,
  target: PolicyTarget,
  action: PolicyAction,
  tenant: TenantFacts | undefined,
): readonly Refusal[] {
  return assigned.flatMap((policy) => {
    const applies = allOf([
      isEnforced(policy),
      isInScope(policy, target, tenant),
      not(isExempt(policy, exemptions, target, tenant)),
    ]);
    if (applies === false) return [];
    const truth = allOf([refusesTarget(policy, target, action, parsed), applies]);
    if (truth === false) return [];
    return [isUnknown(truth) ? { policy, open: truth.unknown } : { policy }];
  });
}

function isEnforced({ assignment: { enforcementMode } }: AssignedPolicy): Truth {
  return isUnknown(enforcementMode) ? enforcementMode : enforcementMode !== "DoNotEnforce";
}

function isInScope({ assignment }: AssignedPolicy, { id }: PolicyTarget, tenant: TenantFacts | undefined): Truth {
  const contains = (scope: typeof assignment.scope): Truth =>
    isUnknown(scope) ? scope : containsScope(scope, id, tenant);
  return allOf([contains(assignment.scope), not(anyOf(assignment.notScopes.map(contains)))]);
}

function isExempt(
  policy: AssignedPolicy,
  exemptions: readonly PolicyExemption[],
  target: PolicyTarget,
  tenant: TenantFacts | undefined,
): Truth {
  return anyOf(
    exemptions.map(({ scope, policyAssignmentId, policyDefinitionReferenceIds, expiresOn, selectedBy }) =>
      allOf([
        isUnknown(policyAssignmentId) ? policyAssignmentId : sameResource(policyAssignmentId, policy.assignment.id),
        isUnknown(scope) ? scope : containsScope(scope, target.id, tenant),
        policyDefinitionReferenceIds.length === 0 ||
          anyOf(
            policyDefinitionReferenceIds.map((id) =>
              isUnknown(id) ? id : id.toLowerCase() === policy.referenceId?.toLowerCase(),
            ),
          ),
        lasts(expiresOn, tenant),
        selectedBy === undefined || unknown(`${selectedBy.join(" and ")} of its exemption are not evaluated`),
      ]),
    ),
  );
}

/** Whether an exemption has not expired: by the day of the facts, because a design has no day. */
function lasts(expiresOn: PolicyExemption["expiresOn"], tenant: TenantFacts | undefined): Truth {
  if (expiresOn === undefined) return true;
  if (isUnknown(expiresOn)) return expiresOn;
  if (tenant === undefined) return unknown(`whether its exemption until "${expiresOn}" still holds is not known`);
  const today = Date.parse(tenant.readOn) + tenant.ageDays * 86_400_000;
  const expires = Date.parse(expiresOn);
  return Number.isNaN(expires) ? unknown(`the end "${expiresOn}" of its exemption is no date`) : expires > today;
}

function refusesTarget(
  policy: AssignedPolicy,
  target: PolicyTarget,
  action: PolicyAction,
  parsed: ParsedExpressions,
): Truth {
  const { assignment, definition } = policy;
  if (isUnknown(definition)) return definition;
  const judged = isJudged(definition.mode, target);
  const context = policyContext(target, policy.parameters(target), parsed);
  const truth = judged === false ? false : allOf([judged, refuses(policy.rule, action, context)]);
  // An override can turn any effect into another; a selector only narrows what an assignment is for.
  if (assignment.selectedBy === undefined) return truth;
  if (truth === false && !assignment.selectedBy.includes("overrides")) return false;
  return unknown(`${assignment.selectedBy.join(" and ")} of the assignment are not evaluated`);
}

/** `Indexed` asks about types with tags and location, `All` about every type; modes of resource providers about their own. */
function isJudged(mode: PolicyDefinition["mode"], target: PolicyTarget): Truth {
  if (isUnknown(mode)) return mode;
  const lower = (mode ?? "Indexed").toLowerCase();
  return lower === "all" || (lower === "indexed" && isIndexed(target));
}
