import { describe, expect, test } from "vitest";
import { errorTypes } from "../../catalogue/health-checks.ts";
import { allRules } from "../../policy-packs/all-rules.ts";
import { runRules } from "../../policy-packs/run-rules.ts";
import type { TenantFacts } from "../../policy-packs/tenant-facts.ts";
import { idOf } from "../model/support/build.ts";
import { assignment, builtIn } from "./azure-policy/policies.ts";
import { design, withSpoke } from "./design.ts";
import { connection, hybrid, tenant } from "./tenant.ts";

const old = idOf("virtualNetworks", "old");
const group = "/subscriptions/s/resourceGroups/rg-nic";
const words = {
  kinds: [hybrid],
  more: {
    azureNetworkConnections: [
      connection({
        virtualNetworkId: old,
        subnetId: `${old}/subnets/cpc`,
        adDomainName: "corp.example.com",
        adDomainUsername: "svc@corp.example.com",
      }),
    ],
  },
  change: withSpoke((spoke) => ({ ...spoke, location: "westeurope" })),
};

const subscription = {
  subscriptionId: "s",
  state: "Enabled",
  tenantId: tenant.tenantId,
  managementGroups: [],
} as const;
const resourceGroup = { id: group, state: "Succeeded", deploymentCount: 0 };
const network = { id: old, state: "Succeeded", subnets: [{ name: "cpc" }] };
const spoke = {
  id: idOf("virtualNetworks", "spoke"),
  state: "Succeeded",
  subnets: [{ name: "cpc", usedAddressCount: 0 }],
};
const deviceSync = {
  hybridJoinEnabled: true,
  serviceConnectionPointConfigured: true,
  organizationalUnitSynced: true,
  intervalMinutes: 30,
  lastDurationMinutes: 5,
};
const account = {
  username: "svc@corp.example.com",
  domainName: "corp.example.com",
  attestedOn: "2026-11-19",
  owner: "directory team",
  enabled: true,
  locked: false,
  passwordExpired: false,
  passwordAccepted: true,
  mayManageComputers: true,
  computersLeft: "unlimited",
  organizationalUnitExists: true,
  conflictingComputers: [],
} as const;
const healthy: TenantFacts = {
  ...tenant,
  subscriptions: [subscription],
  policies: { assignments: [], definitions: [], setDefinitions: [], exemptions: [] },
  resourceGroups: [resourceGroup],
  virtualNetworks: [network, spoke],
  intune: {
    platformRestrictions: [{ name: "All users", kind: "default", windowsBlocked: false }],
    windows365MayRead: true,
  },
  deviceSync,
  domainAccounts: [account],
  groupPolicies: [{ name: "Baseline", blocks: [] }],
  kerberosServers: [{ domainName: "corp.example.com", exists: true, matchesEntra: true }],
};

/** One cause each, in a tenant that is healthy otherwise. */
const causes: Readonly<Record<string, Partial<TenantFacts>>> = {
  adJoinCheckAccessDenied: { domainAccounts: [{ ...account, mayManageComputers: false }] },
  adJoinCheckAccountLockedOrDisabled: { domainAccounts: [{ ...account, locked: true }] },
  adJoinCheckAccountQuotaExceeded: { domainAccounts: [{ ...account, computersLeft: 0 }] },
  adJoinCheckComputerObjectAlreadyExists: { domainAccounts: [{ ...account, conflictingComputers: ["CPC-1"] }] },
  adJoinCheckCredentialsExpired: { domainAccounts: [{ ...account, passwordExpired: true }] },
  adJoinCheckIncorrectCredentials: { domainAccounts: [{ ...account, passwordAccepted: false }] },
  adJoinCheckOrganizationalUnitNotFound: { domainAccounts: [{ ...account, organizationalUnitExists: false }] },
  azureAdDeviceSyncCheckConnectDisabled: { deviceSync: { ...deviceSync, hybridJoinEnabled: false } },
  azureAdDeviceSyncCheckDeviceNotFound: { deviceSync: { ...deviceSync, organizationalUnitSynced: false } },
  azureAdDeviceSyncCheckDurationExceeded: { deviceSync: { ...deviceSync, lastDurationMinutes: 61 } },
  azureAdDeviceSyncCheckLongSyncCircle: { deviceSync: { ...deviceSync, intervalMinutes: 90 } },
  azureAdDeviceSyncCheckScpNotConfigured: { deviceSync: { ...deviceSync, serviceConnectionPointConfigured: false } },
  groupPolicySettingCheckFailed: {
    groupPolicies: [{ name: "Baseline", blocks: ["disallowStorageOfNetworkCredentials"] }],
  },
  resourceAvailabilityCheckAzurePolicyViolation: {
    policies: {
      assignments: [assignment(builtIn.requireTag.id, { values: { tagName: "owner" } })],
      definitions: [builtIn.requireTag],
      setDefinitions: [],
      exemptions: [],
    },
  },
  resourceAvailabilityCheckDeploymentQuotaLimitReached: {
    resourceGroups: [{ ...resourceGroup, deploymentCount: 800 }],
  },
  resourceAvailabilityCheckGeneralSubscriptionError: { subscriptions: [{ ...subscription, state: "Warned" }] },
  resourceAvailabilityCheckIntuneCustomWindowsRestrictionViolation: {
    intune: {
      platformRestrictions: [
        { name: "All users", kind: "default", windowsBlocked: false },
        { name: "Kiosks", kind: "custom", windowsBlocked: true },
      ],
    },
  },
  resourceAvailabilityCheckIntuneDefaultWindowsRestrictionViolation: {
    intune: { platformRestrictions: [{ name: "All users", kind: "default", windowsBlocked: true }] },
  },
  resourceAvailabilityCheckNoIntuneReaderRoleError: { intune: { windows365MayRead: false } },
  resourceAvailabilityCheckNoSubnetIP: {
    virtualNetworks: [network, { ...spoke, subnets: [{ name: "cpc", usedAddressCount: 251 }] }],
  },
  resourceAvailabilityCheckResourceGroupBeingDeleted: { resourceGroups: [{ ...resourceGroup, state: "Deleting" }] },
  resourceAvailabilityCheckResourceGroupInvalid: { resourceGroups: [{ id: group, state: "NotFound" }] },
  resourceAvailabilityCheckSubnetInvalid: { virtualNetworks: [{ ...network, subnets: [] }, spoke] },
  resourceAvailabilityCheckSubscriptionDisabled: { subscriptions: [{ ...subscription, state: "Disabled" }] },
  resourceAvailabilityCheckSubscriptionNotFound: { subscriptions: [{ ...subscription, state: "NotFound" }] },
  resourceAvailabilityCheckSubscriptionTransferred: { subscriptions: [{ ...subscription, tenantId: "tenant-b" }] },
  resourceAvailabilityCheckVNetBeingMoved: { virtualNetworks: [{ ...network, beingMoved: true }, spoke] },
  resourceAvailabilityCheckVNetInvalid: { virtualNetworks: [{ id: old, state: "NotFound" }, spoke] },
  ssoCheckKerberosConfigurationError: { kerberosServers: [{ domainName: "corp.example.com", exists: false }] },
};

const rules = allRules.filter(({ tenantErrorTypes = [] }) => tenantErrorTypes.length > 0);

function failing(facts: Partial<TenantFacts>): readonly string[] {
  const { findings } = runRules(rules, { ...design(words), tenant: { ...healthy, ...facts } });
  return findings.flatMap(({ outcome, errorTypes: types = [] }) => types.map((type) => `${outcome} ${type}`));
}

describe("the causes that facts of the tenant show", () => {
  test("are all that rules declare, and error types of Graph", () => {
    const declared = new Set(rules.flatMap(({ tenantErrorTypes = [] }) => tenantErrorTypes));
    expect([...declared].sort()).toEqual(Object.keys(causes).sort());
    const known = new Set(errorTypes().map(({ id }) => id));
    expect([...declared].filter((id) => !known.has(id))).toEqual([]);
  });

  test("are none in a healthy tenant", () => {
    expect(failing({})).toEqual([]);
  });

  test.each(Object.entries(causes))("%s is predicted by its cause, and nothing else is", (type, facts) => {
    expect(failing(facts)).toEqual([`fail ${type}`]);
  });
});
