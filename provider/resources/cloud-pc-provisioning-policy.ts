import * as pulumi from "@pulumi/pulumi";

/** Where a Cloud PC is made: on a connection, or, for Entra join only, in a region of Microsoft's hosted network. */
export interface DomainJoinConfiguration {
  readonly domainJoinType: pulumi.Input<"azureADJoin" | "hybridAzureADJoin">;
  /** Id of an Azure network connection that is healthy: take it from `AzureNetworkConnectionHealth`. */
  readonly onPremisesConnectionId?: pulumi.Input<string>;
  readonly regionName?: pulumi.Input<string>;
}

/** What a provisioning policy says. */
export interface CloudPcProvisioningPolicyArgs {
  readonly displayName: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** Another one makes another policy. @default "dedicated" */
  readonly provisioningType?: pulumi.Input<"dedicated" | "shared">;
  /** "{publisher}_{offer}_{sku}" of the gallery, or the id of a custom image. */
  readonly imageId: pulumi.Input<string>;
  /** @default "gallery" */
  readonly imageType?: pulumi.Input<"gallery" | "custom">;
  readonly imageDisplayName?: pulumi.Input<string>;
  /** @default false */
  readonly enableSingleSignOn?: pulumi.Input<boolean>;
  /** Such as "CPC-%USERNAME:4%-%RAND:5%". @default - Windows 365's own names */
  readonly cloudPcNamingTemplate?: pulumi.Input<string>;
  /** Language of Windows, such as "en-US". */
  readonly windowsSetting?: pulumi.Input<{ readonly locale: pulumi.Input<string> }>;
  /** In the order of their priority: the first is used, the others when its region has no capacity. */
  readonly domainJoinConfigurations: pulumi.Input<readonly pulumi.Input<DomainJoinConfiguration>[]>;
  /** Object ids of the groups whose members get a Cloud PC; for dedicated policies. @default - nobody */
  readonly groupIds?: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** A provisioning policy of Windows 365 (`cloudPcProvisioningPolicy`) with its assignment. */
export class CloudPcProvisioningPolicy extends pulumi.CustomResource {
  declare readonly displayName: pulumi.Output<string>;
  declare readonly provisioningType: pulumi.Output<"dedicated" | "shared">;
  declare readonly imageId: pulumi.Output<string>;
  declare readonly enableSingleSignOn: pulumi.Output<boolean>;
  declare readonly groupIds: pulumi.Output<readonly string[] | undefined>;

  constructor(name: string, args: CloudPcProvisioningPolicyArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      cloudPcProvisioningPolicyType,
      name,
      { provisioningType: undefined, enableSingleSignOn: undefined, ...args },
      opts,
    );
  }
}

/** The type of the resource, as policies and states write it. */
export const cloudPcProvisioningPolicyType = "windows365:index:CloudPcProvisioningPolicy";
