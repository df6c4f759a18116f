import { type ConditionalAccessTarget, conditionalAccessTargets } from "../../catalogue/conditional-access.ts";
import type { ConditionalAccessPolicy } from "../../model/estate/sign-in.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, knownOr, type Read } from "../../model/read.ts";
import type { Check, Design, Observation } from "../rule.ts";
import type { Subject } from "../subject.ts";

/** A Conditional Access policy, and which of the applications of Cloud PCs it concerns. */
export interface CloudPcPolicy {
  readonly policy: ConditionalAccessPolicy;
  readonly covered: readonly ConditionalAccessTarget[];
  /** `policy "MFA for Cloud PCs"` */
  readonly label: string;
}

/**
 * One check for each policy that concerns an application of Cloud PCs and is not switched off. One that only reports is judged as well:
 * that is how policies start.
 */
export function eachCloudPcPolicy(
  { network }: Design,
  observe: (policy: CloudPcPolicy) => readonly Observation[],
): readonly Check[] {
  return cloudPcPolicies(network.estate).map((each): Check => {
    const open = unreadTargets(each.policy);
    return { subject: policySubject(each.policy), observations: open === undefined ? observe(each) : [open] };
  });
}

/** Those of an estate, in its order. */
export function cloudPcPolicies({ conditionalAccessPolicies }: Estate): readonly CloudPcPolicy[] {
  return conditionalAccessPolicies.filter(isJudged).flatMap((policy) => {
    const covered = conditionalAccessTargets().filter(({ application }) => covers(policy, application.applicationId));
    if (covered.length === 0 && unreadTargets(policy) === undefined) return [];
    return [{ policy, covered, label: labelOf(policy) }];
  });
}

/** Not switched off, and not only for older clients, which no Cloud PC is reached by. */
export function isJudged({ state, clientAppTypes }: ConditionalAccessPolicy): boolean {
  const modern = ["all", "browser", "mobileAppsAndDesktopClients"];
  const concerned =
    clientAppTypes.length === 0 || clientAppTypes.some((type) => isUnknown(type) || modern.includes(type));
  return state !== "disabled" && concerned;
}

/** How messages name a policy. */
export function labelOf({ name }: ConditionalAccessPolicy): string {
  return `policy "${name}"`;
}

/** A policy as the subject of a check; Graph's type, since it is no resource of ARM. */
export function policySubject({ id, name }: ConditionalAccessPolicy): Subject {
  return { type: "conditionalAccessPolicy", name, id };
}

/** Names of applications, for messages: `Windows 365 and Azure Virtual Desktop`. */
export function namesOf(targets: readonly ConditionalAccessTarget[]): string {
  return targets.map(({ application }) => application.name).join(" and ");
}

/** Whether a list holds a value, without case. */
export function holds(values: readonly Read<string>[], wanted: string): boolean {
  return values.some((value) => knownOr(value, "").toLowerCase() === wanted.toLowerCase());
}

function covers({ includeApplications, excludeApplications }: ConditionalAccessPolicy, applicationId: string): boolean {
  const included = holds(includeApplications, "All") || holds(includeApplications, applicationId);
  return included && !holds(excludeApplications, applicationId);
}

function unreadTargets({
  includeApplications,
  excludeApplications,
  name,
}: ConditionalAccessPolicy): Observation | undefined {
  const open = [...includeApplications, ...excludeApplications].find(isUnknown);
  if (open === undefined) return undefined;
  const message = `which applications policy "${name}" concerns is not known: ${open.unknown}`;
  return { outcome: "undecided", about: "applications", message };
}
