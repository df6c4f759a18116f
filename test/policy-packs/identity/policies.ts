import { application } from "../../../catalogue/roles.ts";
import type { ConditionalAccessPolicy, ConditionalAccessUsers } from "../../../model/estate/sign-in.ts";
import { emptyEstate } from "../../../model/estate.ts";
import type { Read } from "../../../model/read.ts";
import { noReferenceData } from "../../../model/reference-data.ts";
import { networkOf } from "../../../model/topology/network.ts";
import type { Rule } from "../../../policy-packs/rule.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";

/** The applications of Cloud PCs by short names. */
export const apps = {
  windows365: application("windows365").applicationId,
  avd: application("azure-virtual-desktop").applicationId,
  cloudLogin: application("windows-cloud-login").applicationId,
  remoteDesktop: application("microsoft-remote-desktop").applicationId,
};

export interface PolicyWords extends Partial<Omit<ConditionalAccessPolicy, "users">> {
  readonly apps?: readonly Read<string>[];
  readonly users?: Partial<ConditionalAccessUsers>;
}

/** A policy in few words: MFA for all users but one group, at all the applications of Cloud PCs, unless said. */
export function policy({ apps: targets, users, ...words }: PolicyWords = {}): ConditionalAccessPolicy {
  return {
    id: words.name ?? "mfa",
    name: "mfa",
    state: "enabled",
    includeApplications: targets ?? [apps.windows365, apps.avd, apps.cloudLogin],
    excludeApplications: [],
    includeUserActions: [],
    users: {
      includeUsers: ["All"],
      includeGroups: [],
      includeRoles: [],
      excludeUsers: [],
      excludeGroups: ["break-glass"],
      excludeRoles: [],
      ...users,
    },
    clientAppTypes: ["all"],
    furtherConditions: [],
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
    furtherSessionControls: [],
    ...words,
  };
}

/** The same without grant controls, for what only a session control asks. */
export function sessionPolicy(words: PolicyWords = {}): ConditionalAccessPolicy {
  const { grantControls: _, ...rest } = policy(words);
  return rest;
}

/** What a rule finds in an estate that holds these policies, as `outcome: message`. */
export function policyFindings(rule: Rule, policies: readonly ConditionalAccessPolicy[]): readonly string[] {
  const network = networkOf({ ...emptyEstate, conditionalAccessPolicies: policies }, noReferenceData);
  return runRules([rule], { network, cloudPcSubnets: [] }).findings.map(
    ({ outcome, message }) => `${outcome}: ${message}`,
  );
}
