import type { AzureNetworkConnection } from "../../model/estate/governance.ts";
import type { Rule } from "../../policy-packs/rule.ts";
import { runRules } from "../../policy-packs/run-rules.ts";
import type { TenantFacts } from "../../policy-packs/tenant-facts.ts";
import { idOf } from "../model/support/build.ts";
import { type DesignWords, design, entra } from "./design.ts";

/** Cloud PCs that join Active Directory. */
export const hybrid = { ...entra, joinType: "hybridAzureADJoin" } as const;

/** A connection to the Cloud PC subnet of the hub and spoke, with changes. */
export function connection(words: Partial<AzureNetworkConnection> = {}): AzureNetworkConnection {
  return {
    id: "anc",
    displayName: "anc-spoke",
    subscriptionId: "s",
    resourceGroupId: "/subscriptions/s/resourceGroups/rg-nic",
    virtualNetworkId: idOf("virtualNetworks", "spoke"),
    subnetId: `${idOf("virtualNetworks", "spoke")}/subnets/cpc`,
    ...words,
  };
}

/** The tenant of the tests, its facts read yesterday. */
export const tenant: TenantFacts = { readOn: "2026-11-20", ageDays: 1, tenantId: "tenant-a" };

/** What a rule finds with these facts, as `outcome [error types]: message`; `undefined` where it does not apply. */
export function tenantFindings(
  rule: Rule,
  facts: Partial<TenantFacts> | undefined,
  words: DesignWords = { more: { azureNetworkConnections: [connection()] } },
): readonly string[] | undefined {
  const judged = design(words);
  const { runs, findings } = runRules(
    [rule],
    facts === undefined ? judged : { ...judged, tenant: { ...tenant, ...facts } },
  );
  if (runs.every(({ checks }) => checks.length === 0)) return undefined;
  return findings.map(({ outcome, errorTypes = [], message }) => `${outcome} [${errorTypes.join(", ")}]: ${message}`);
}
