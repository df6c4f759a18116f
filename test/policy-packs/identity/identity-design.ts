import type { AzureNetworkConnection, RoleAssignment } from "../../../model/estate/governance.ts";
import type { PlannedConnection } from "../../../policy-packs/planned-connection.ts";
import type { Design, Rule } from "../../../policy-packs/rule.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import type { TenantFacts } from "../../../policy-packs/tenant-facts.ts";
import { idOf } from "../../model/support/build.ts";
import { type DesignWords, design, entra } from "../design.ts";

/** What a case of a rule of pack identity says. */
export interface IdentityWords extends DesignWords {
  readonly roleAssignments?: readonly RoleAssignment[];
  readonly connections?: readonly Partial<AzureNetworkConnection>[];
  readonly planned?: readonly PlannedConnection[];
  readonly tenant?: Partial<TenantFacts>;
}

/** Cloud PCs that join Active Directory, with Intune in Europe. */
export const hybrid = { ...entra, joinType: "hybridAzureADJoin" } as const;

/** A design in few words, with role assignments, connections and plans. */
export function identityDesign(words: IdentityWords = {}): Design {
  const { roleAssignments = [], connections = [], planned, tenant, ...rest } = words;
  const more = {
    ...rest.more,
    roleAssignments,
    azureNetworkConnections: connections.map(connection),
  };
  const made = design({ ...rest, more });
  return {
    network: made.network,
    cloudPcSubnets: made.cloudPcSubnets.map((subnet) => ({
      ...subnet,
      ...(planned === undefined ? {} : { connections: planned }),
    })),
    ...(tenant === undefined ? {} : { tenant: { readOn: "2026-11-20", ageDays: 1, tenantId: "t", ...tenant } }),
  };
}

/** A connection of the Cloud PC subnet of the tests, which joins Entra ID unless said. */
export function connection(words: Partial<AzureNetworkConnection> = {}, index = 0): AzureNetworkConnection {
  return {
    id: `connection-${index}`,
    displayName: `connection ${index}`,
    connectionType: "azureADJoin",
    subscriptionId: "s",
    resourceGroupId: "/subscriptions/s/resourceGroups/nic",
    virtualNetworkId: idOf("virtualNetworks", "spoke"),
    subnetId: `${idOf("virtualNetworks", "spoke")}/subnets/cpc`,
    ...words,
  };
}

/** What a rule finds, as `outcome: message`. */
export function identityFindings(rule: Rule, words: IdentityWords = {}): readonly string[] {
  return runRules([rule], identityDesign(words)).findings.map(({ outcome, message }) => `${outcome}: ${message}`);
}

/** The error types that a rule predicts. */
export function predicted(rule: Rule, words: IdentityWords = {}): readonly string[] {
  const { findings } = runRules([rule], identityDesign(words));
  return [...new Set(findings.flatMap(({ errorTypes }) => errorTypes ?? []))].sort();
}

/** What a rule took as given. */
export function assumptionsOf(rule: Rule, words: IdentityWords = {}): readonly string[] {
  return [...new Set(rule.judge(identityDesign(words)).flatMap(({ assumptions }) => assumptions ?? []))];
}
