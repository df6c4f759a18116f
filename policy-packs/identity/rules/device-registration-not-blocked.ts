import type { ConditionalAccessPolicy } from "../../../model/estate/sign-in.ts";
import { isUnknown } from "../../../model/read.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { cloudPcPolicies, holds, isJudged, labelOf, namesOf, policySubject } from "../cloud-pc-policies.ts";

const registration = "urn:user:registerdevice";

/** A Cloud PC is a device like any other: it registers, and its user signs in to it. */
export const deviceRegistrationNotBlocked: Rule = {
  name: "device-registration-not-blocked",
  pack: "identity",
  description: "No Conditional Access policy blocks registering devices, or every sign-in to Cloud PCs.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-cloud-apps",
  remediation: "Limit the block to locations, platforms, risks or users other than those of Cloud PCs.",
  judge: ({ network: { estate } }) => {
    const ofCloudPcs = new Map(cloudPcPolicies(estate).map((each) => [each.policy, each]));
    return estate.conditionalAccessPolicies.filter(isJudged).flatMap((policy): readonly Check[] => {
      const concerned = ofCloudPcs.get(policy);
      const open = policy.includeUserActions.some(isUnknown);
      const registers = open || holds(policy.includeUserActions, registration);
      if (concerned === undefined && !registers) return [];
      const what = registers ? "registering devices" : `every sign-in to ${namesOf(concerned?.covered ?? [])}`;
      return [{ subject: policySubject(policy), observations: observe(policy, what, open) }];
    });
  },
};

function observe(policy: ConditionalAccessPolicy, what: string, open: boolean): readonly Observation[] {
  const controls = policy.grantControls?.builtInControls ?? [];
  const unread = controls.find(isUnknown);
  const base = { about: "block", blamed: policySubject(policy) } as const;
  if (unread !== undefined) {
    const message = `whether ${labelOf(policy)} blocks ${what} is not known: ${unread.unknown}`;
    return [{ ...base, outcome: "undecided", message }];
  }
  // What is blocked from some places or at some risk is blocked on purpose, and Cloud PCs are not of that kind.
  if (!holds(controls, "block") || policy.furtherConditions.length > 0) return [];
  const { includeUsers, excludeUsers, excludeGroups, excludeRoles } = policy.users;
  const everyone = holds(includeUsers, "All") && [...excludeUsers, ...excludeGroups, ...excludeRoles].length === 0;
  if (!everyone || open) {
    const because = open
      ? "its user actions could not be read"
      : "whether its users have Cloud PCs is not in the input";
    return [{ ...base, outcome: "undecided", message: `${labelOf(policy)} blocks ${what}; ${because}` }];
  }
  const message = `${labelOf(policy)} blocks ${what} for all users, from everywhere`;
  const remedy = `limit the users of ${labelOf(policy)}, or add a condition such as locations`;
  return [{ ...base, outcome: "fail", message, remedy }];
}
