import { isUnknown } from "../../../model/read.ts";
import type { Rule } from "../../rule.ts";
import { eachCloudPcPolicy, namesOf } from "../cloud-pc-policies.ts";

/** Windows 365 and Azure Virtual Desktop ask for tokens again and again while a session lasts. */
export const signInFrequencyPeriodic: Rule = {
  name: "sign-in-frequency-periodic",
  pack: "identity",
  description:
    'Conditional Access asks for a new sign-in "every time" at Windows Cloud Login only, elsewhere after a period.',
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/set-conditional-access-policies",
  remediation: 'Give "every time" to a policy of its own for Windows Cloud Login, and a period to the others.',
  judge: (design) =>
    eachCloudPcPolicy(design, ({ policy, covered, label }) => {
      const interval = policy.signInFrequency?.frequencyInterval;
      if (interval === undefined || interval === "timeBased") return [];
      const wrong = covered.filter(({ when }) => when === "always");
      if (wrong.length === 0) return [];
      if (isUnknown(interval)) {
        const message = `how often ${label} asks for a new sign-in is not known: ${interval.unknown}`;
        return [{ outcome: "undecided", about: "signInFrequency", message }];
      }
      const message = `${label} asks for a new sign-in every time at ${namesOf(wrong)}, where only a period works`;
      const remedy = `set a period of hours or days as the sign-in frequency of ${label}`;
      return [{ outcome: "fail", about: "signInFrequency", message, remedy }];
    }),
};
