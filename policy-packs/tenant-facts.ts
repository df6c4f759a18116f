import type {
  Lock,
  PolicyAssignment,
  PolicyDefinition,
  PolicyExemption,
  PolicySetDefinition,
  RoleAssignment,
} from "../model/estate/governance.ts";
import type { Place } from "../model/read.ts";
import type { ResourceId } from "../model/resource-id.ts";

/**
 * What was read from a tenant: policies, restrictions, licences and principals that no design of a network tells.
 *
 * Each part is absent when it was not read; nothing follows from its absence. What was looked for and not found is an entry that
 * says so (`state: "NotFound"`), so that "not looked for" is never taken for "not there".
 */
export interface TenantFacts {
  /** When the facts were read, as an ISO date. */
  readonly readOn: string;
  /** How many days ago that was. */
  readonly ageDays: number;
  /** The file they come from, for findings. */
  readonly place?: Place;
  /** Where each part of that file begins. */
  readonly partPlaces?: ReadonlyMap<string, Place>;
  /** The tenant that Windows 365 belongs to. */
  readonly tenantId: string;
  readonly subscriptions?: readonly SubscriptionFact[];
  readonly servicePrincipals?: readonly ServicePrincipalFact[];
  readonly policies?: PolicyFacts;
  /** Role assignments, those of parent scopes included. */
  readonly roleAssignments?: readonly RoleAssignment[];
  /** Locks, those of parent scopes included. */
  readonly locks?: readonly Lock[];
  readonly resourceGroups?: readonly ResourceGroupFact[];
  readonly virtualNetworks?: readonly VirtualNetworkFact[];
  readonly licences?: readonly LicenceFact[];
  readonly intune?: IntuneFacts;
  readonly deviceSync?: DeviceSyncFact;
  readonly domainAccounts?: readonly DomainAccountFact[];
  readonly groupPolicies?: readonly GroupPolicyFact[];
  readonly kerberosServers?: readonly KerberosServerFact[];
}

/** A subscription and what is above it. */
export interface SubscriptionFact {
  readonly subscriptionId: string;
  /** ARM's states; `NotFound`: it was looked for and is not there. https://learn.microsoft.com/rest/api/resources/subscriptions/get */
  readonly state: "Enabled" | "Warned" | "PastDue" | "Disabled" | "Deleted" | "NotFound";
  /** The tenant that it belongs to now. */
  readonly tenantId?: string;
  /** Names of the management groups above it, the nearest first. */
  readonly managementGroups?: readonly string[];
}

/** A service principal: which object an application is in this tenant. */
export interface ServicePrincipalFact {
  readonly appId: string;
  readonly objectId: string;
}

/** Everything of Azure Policy that applies to the subscriptions, from every scope above them as well. */
export interface PolicyFacts {
  readonly assignments: readonly PolicyAssignment[];
  readonly definitions: readonly PolicyDefinition[];
  readonly setDefinitions: readonly PolicySetDefinition[];
  readonly exemptions: readonly PolicyExemption[];
}

/** A resource group as Azure has it today. */
export interface ResourceGroupFact {
  readonly id: ResourceId;
  /** ARM's `provisioningState`; `NotFound`: it was looked for and is not there. */
  readonly state: string;
  /** Deployments in its history. */
  readonly deploymentCount?: number;
}

/** A virtual network as Azure has it today. */
export interface VirtualNetworkFact {
  readonly id: ResourceId;
  /** ARM's `provisioningState`; `NotFound`: it was looked for and is not there. */
  readonly state: string;
  /** Whether it is on its way to another resource group or subscription. */
  readonly beingMoved?: boolean;
  /** Absent: not read. */
  readonly subnets?: readonly SubnetFact[];
}

/** A subnet as Azure has it today. */
export interface SubnetFact {
  readonly name: string;
  /** Addresses that are taken, those that Azure keeps not counted. */
  readonly usedAddressCount?: number;
}

/** A licence of the tenant (Graph's `subscribedSku`). */
export interface LicenceFact {
  readonly skuPartNumber: string;
  readonly servicePlans: readonly string[];
  readonly enabled: number;
  readonly consumed: number;
}

/** What Intune lets in. */
export interface IntuneFacts {
  /** Every platform restriction on enrolment, the default one and those with a priority. */
  readonly platformRestrictions?: readonly PlatformRestrictionFact[];
  /** Whether the service principal of Windows 365 may read them. */
  readonly windows365MayRead?: boolean;
}

/** A platform restriction on enrolment. */
export interface PlatformRestrictionFact {
  readonly name: string;
  readonly kind: "default" | "custom";
  readonly windowsBlocked: boolean;
}

/** How computers get from Active Directory to Entra ID. */
export interface DeviceSyncFact {
  readonly hybridJoinEnabled: boolean;
  readonly serviceConnectionPointConfigured: boolean;
  /** Whether the organizational unit of the Cloud PCs is synchronised. */
  readonly organizationalUnitSynced: boolean;
  readonly intervalMinutes: number;
  /** How long the last cycle took. */
  readonly lastDurationMinutes: number;
}

/** The account that joins Cloud PCs to a domain, as an administrator of it vouches. */
export interface DomainAccountFact {
  /** The user principal name, as the connection names it. */
  readonly username: string;
  readonly domainName: string;
  /** On which day an administrator looked, as an ISO date. */
  readonly attestedOn: string;
  readonly owner: string;
  readonly enabled?: boolean;
  readonly locked?: boolean;
  readonly passwordExpired?: boolean;
  /** Whether a sign-in with the password that the connection holds was tried and worked. */
  readonly passwordAccepted?: boolean;
  /** Whether it may create and delete computer objects in the organizational unit. */
  readonly mayManageComputers?: boolean;
  /** How many more computers it may join; 0: the quota (`ms-DS-MachineAccountQuota`) is used up. Absent: not looked at. */
  readonly computersLeft?: number | "unlimited";
  readonly organizationalUnitExists?: boolean;
  /** Names of computer objects that stand in the way of the ones that Cloud PCs get. */
  readonly conflictingComputers?: readonly string[];
}

/** A group policy that reaches the organizational unit of the Cloud PCs. */
export interface GroupPolicyFact {
  readonly name: string;
  /** The settings in it that matter; empty: none of them. */
  readonly blocks: readonly BlockingSetting[];
}

/** Settings of group policies that stop provisioning. */
export const blockingSettings = [
  "denyWriteToFixedDrivesWithoutBitLocker",
  "denyWriteToRemovableDrivesWithoutBitLocker",
  "disallowStorageOfNetworkCredentials",
] as const;

/** One of `blockingSettings`. */
export type BlockingSetting = (typeof blockingSettings)[number];

/** The Kerberos server object of Entra ID in a domain. */
export interface KerberosServerFact {
  readonly domainName: string;
  readonly exists: boolean;
  /** Whether its id and key agree with what Entra ID holds. */
  readonly matchesEntra?: boolean;
}
