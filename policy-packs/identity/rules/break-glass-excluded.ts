import { isUnknown } from "../../../model/read.ts";
import type { Rule } from "../../rule.ts";
import { eachCloudPcPolicy, holds } from "../cloud-pc-policies.ts";

/** A policy that concerns everybody locks out everybody when it is wrong, and who could mend it as well. */
export const breakGlassExcluded: Rule = {
  name: "break-glass-excluded",
  pack: "identity",
  description:
    "Every Conditional Access policy for all users leaves out somebody who can still sign in when it is wrong.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access",
  remediation: "Exclude the group of the emergency access accounts from the policy.",
  judge: (design) =>
    eachCloudPcPolicy(design, ({ policy, label }) => {
      const { users, grantControls } = policy;
      if (grantControls === undefined || !holds(users.includeUsers, "All")) return [];
      const excluded = [...users.excludeUsers, ...users.excludeGroups, ...users.excludeRoles];
      const known = excluded.filter((each) => !isUnknown(each) && each !== "GuestsOrExternalUsers");
      if (known.length > 0) return [];
      const open = excluded.find(isUnknown);
      if (open !== undefined) {
        const message = `whom ${label} leaves out is not known: ${open.unknown}`;
        return [{ outcome: "undecided", about: "exclusions", message }];
      }
      const message = `${label} concerns all users and leaves out nobody; when it is wrong, nobody can sign in to mend it`;
      return [
        {
          outcome: "fail",
          about: "exclusions",
          message,
          remedy: `exclude the group of the emergency access accounts from ${label}`,
        },
      ];
    }),
};
