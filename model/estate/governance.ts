import type { Read } from "../read.ts";
import type { Reference, Resource } from "./resource.ts";

/** `Microsoft.Authorization/roleAssignments`. */
export interface RoleAssignment extends Resource {
  /** What the assignment applies to: an id of a subscription, resource group or resource. */
  readonly scope: Reference;
  readonly principalId: Read<string>;
  readonly principalType?: Read<string>;
  readonly roleDefinitionId: Reference;
}

/** `Microsoft.Authorization/locks`. */
export interface Lock extends Resource {
  readonly scope: Reference;
  readonly level: Read<"CanNotDelete" | "ReadOnly">;
}

/** `Microsoft.Authorization/policyAssignments`. */
export interface PolicyAssignment extends Resource {
  readonly scope: Reference;
  readonly notScopes: readonly Reference[];
  readonly policyDefinitionId: Reference;
  /** Parameter values as JSON. */
  readonly parameters: Read<Readonly<Record<string, unknown>>>;
  readonly enforcementMode?: Read<"Default" | "DoNotEnforce">;
  /** Those of `overrides` and `resourceSelectors` that are set; what is in them is not read. @default - none */
  readonly selectedBy?: readonly string[];
}

/** `Microsoft.Authorization/policyDefinitions`; `policyRule` is JSON as written, read by the rule that judges it. */
export interface PolicyDefinition extends Resource {
  readonly policyRule: Read<Readonly<Record<string, unknown>>>;
  readonly parameters: Read<Readonly<Record<string, unknown>>>;
  readonly mode?: Read<string>;
}

/** `Microsoft.Authorization/policySetDefinitions`. */
export interface PolicySetDefinition extends Resource {
  readonly policyDefinitions: readonly {
    readonly policyDefinitionId: Reference;
    readonly parameters: Read<Readonly<Record<string, unknown>>>;
    readonly policyDefinitionReferenceId?: Read<string>;
  }[];
  readonly parameters: Read<Readonly<Record<string, unknown>>>;
}

/** `Microsoft.Authorization/policyExemptions`. */
export interface PolicyExemption extends Resource {
  readonly scope: Reference;
  readonly policyAssignmentId: Reference;
  readonly policyDefinitionReferenceIds: readonly Read<string>[];
  readonly expiresOn?: Read<string>;
  /** As for an assignment. @default - none */
  readonly selectedBy?: readonly string[];
}

/** A Windows 365 Azure network connection, in Graph's form (`cloudPcOnPremisesConnection`). */
export interface AzureNetworkConnection {
  readonly id: string;
  readonly displayName: Read<string>;
  readonly connectionType?: Read<"azureADJoin" | "hybridAzureADJoin">;
  readonly subscriptionId?: Read<string>;
  readonly resourceGroupId?: Reference;
  readonly virtualNetworkId?: Reference;
  readonly subnetId?: Reference;
  readonly virtualNetworkLocation?: Read<string>;
  readonly adDomainName?: Read<string>;
  readonly adDomainUsername?: Read<string>;
  readonly organizationalUnit?: Read<string>;
  readonly healthCheckStatus?: Read<string>;
}
