import { type ConditionalAccessTarget, conditionalAccessTargets } from "../../../catalogue/conditional-access.ts";
import type { ConditionalAccessPolicy } from "../../../model/estate/sign-in.ts";
import type { Observation, Rule } from "../../rule.ts";
import { type CloudPcPolicy, cloudPcPolicies, eachCloudPcPolicy, namesOf } from "../cloud-pc-policies.ts";

/** Signing in to a Cloud PC asks for tokens of several applications; a control on one of them alone makes a later step fail. */
export const signInTargetsComplete: Rule = {
  name: "sign-in-targets-complete",
  pack: "identity",
  description:
    "Conditional Access asks for the same controls on all the applications that take part in signing in to a Cloud PC.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/set-conditional-access-policies",
  remediation:
    "Target Windows 365, Azure Virtual Desktop and Windows Cloud Login with the same controls, in one policy or in several.",
  judge: (design) => {
    const all = cloudPcPolicies(design.network.estate);
    return eachCloudPcPolicy(design, (policy) => observe(policy, all));
  },
};

function observe(own: CloudPcPolicy, all: readonly CloudPcPolicy[]): readonly Observation[] {
  const { policy, covered, label } = own;
  // "Every time" is documented for some of the applications only, so how often users sign in may differ.
  if (hasOnlyFrequency(policy)) return [];
  const alike = all.filter((other) => isAlike(policy, other.policy)).flatMap((other) => other.covered);
  const missing = wantedTargets(covered).filter(({ application }) => !isCovered(alike, application.id));
  const always = missing.filter(({ when }) => when === "always");
  const later = missing.filter(({ when }) => when === "singleSignOn");
  const ids = (targets: readonly ConditionalAccessTarget[]) =>
    targets.map(({ application }) => `"${application.applicationId}"`).join(", ");
  const remedy = (targets: readonly ConditionalAccessTarget[]) => `add ${ids(targets)} to the applications of ${label}`;
  const what = `${label} concerns ${namesOf(covered)}, but not`;
  const sso = all.some(({ covered: others }) => others.some(({ when }) => when === "singleSignOn"));
  return [
    ...(always.length === 0
      ? []
      : [
          fail(
            `${what} ${namesOf(always)}; without the same controls on all a step of signing in fails`,
            remedy(always),
          ),
        ]),
    ...(later.length === 0
      ? []
      : sso
        ? [
            fail(
              `${what} ${namesOf(later)}, which takes part in single sign-on, as the policies of the input show`,
              remedy(later),
            ),
          ]
        : [undecided(`${what} ${namesOf(later)}; that matters with single sign-on, which the input does not tell`)]),
  ];
}

function fail(message: string, remedy: string): Observation {
  return { outcome: "fail", about: "applications", message, remedy };
}

function undecided(message: string): Observation {
  return { outcome: "undecided", about: "single sign-on", message };
}

/** Microsoft Remote Desktop is giving way to Windows Cloud Login: whoever targets the newer need not target the older. */
function wantedTargets(covered: readonly ConditionalAccessTarget[]): readonly ConditionalAccessTarget[] {
  const replaced = isCovered(covered, "microsoft-remote-desktop") ? [] : ["microsoft-remote-desktop"];
  return conditionalAccessTargets().filter(({ application }) => !replaced.includes(application.id));
}

function isCovered(covered: readonly ConditionalAccessTarget[], id: string): boolean {
  return covered.some(({ application }) => application.id === id);
}

function hasOnlyFrequency({
  grantControls,
  furtherSessionControls,
  signInFrequency,
}: ConditionalAccessPolicy): boolean {
  return grantControls === undefined && furtherSessionControls.length === 0 && signInFrequency !== undefined;
}

/** Whether two policies ask the same of the same users: what one leaves out, the other may cover. */
function isAlike(a: ConditionalAccessPolicy, b: ConditionalAccessPolicy): boolean {
  return demandOf(a) === demandOf(b);
}

function demandOf(policy: ConditionalAccessPolicy): string {
  const { state, users, furtherConditions, grantControls, furtherSessionControls } = policy;
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted).sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sorted(inner)]));
  };
  return JSON.stringify(sorted({ state, users, furtherConditions, grantControls, furtherSessionControls }));
}
