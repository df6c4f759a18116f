import * as pulumi from "@pulumi/pulumi";

/** What an Azure network connection is made of. */
export interface AzureNetworkConnectionArgs {
  /** How Cloud PCs join. Another one makes another connection. */
  readonly connectionType: pulumi.Input<"azureADJoin" | "hybridAzureADJoin">;
  /** Id of the resource group that takes the network interfaces. Another one makes another connection. */
  readonly resourceGroupId: pulumi.Input<string>;
  /** Id of the subnet of the Cloud PCs; its virtual network and subscription follow from it. Another one makes another connection. */
  readonly subnetId: pulumi.Input<string>;
  /**
   * Unique in the tenant. With a name of your own, a change that makes another connection needs another name too.
   * @default - the logical name and eight random digits
   */
  readonly displayName?: pulumi.Input<string>;
  /** Full name of the Active Directory domain; hybrid join only, and required there. Another one makes another connection. */
  readonly adDomainName?: pulumi.Input<string>;
  /** Account that joins computers, "account@corp.contoso.com"; hybrid join only, and required there. */
  readonly adDomainUsername?: pulumi.Input<string>;
  /** Its password; hybrid join only, and required there. Always a secret; the state keeps a salted hash of it, encrypted. */
  readonly adDomainPassword?: pulumi.Input<string>;
  /** Distinguished name of the organizational unit of the computers; hybrid join only. @default - the domain's container for computers */
  readonly organizationalUnit?: pulumi.Input<string>;
}

/**
 * An Azure network connection of Windows 365 (`cloudPcOnPremisesConnection`).
 *
 * Only a person can make one: https://learn.microsoft.com/graph/api/virtualendpoint-post-onpremisesconnections (read 2026-11-20).
 * Its health is waited for by `AzureNetworkConnectionHealth`. One that is in use is never removed.
 */
export class AzureNetworkConnection extends pulumi.CustomResource {
  declare readonly displayName: pulumi.Output<string>;
  declare readonly connectionType: pulumi.Output<"azureADJoin" | "hybridAzureADJoin">;
  declare readonly subscriptionId: pulumi.Output<string>;
  declare readonly resourceGroupId: pulumi.Output<string>;
  declare readonly virtualNetworkId: pulumi.Output<string>;
  declare readonly virtualNetworkLocation: pulumi.Output<string>;
  declare readonly subnetId: pulumi.Output<string>;
  declare readonly adDomainName: pulumi.Output<string | undefined>;
  declare readonly adDomainUsername: pulumi.Output<string | undefined>;
  declare readonly organizationalUnit: pulumi.Output<string | undefined>;
  /** Another text whenever an input changes, the password included: what to give as a trigger of the health checks. */
  declare readonly revision: pulumi.Output<string>;

  constructor(name: string, args: AzureNetworkConnectionArgs, opts?: pulumi.CustomResourceOptions) {
    const { adDomainPassword, ...rest } = args;
    const password = adDomainPassword === undefined ? {} : { adDomainPassword: pulumi.secret(adDomainPassword) };
    const outputs = {
      subscriptionId: undefined,
      virtualNetworkId: undefined,
      virtualNetworkLocation: undefined,
      revision: undefined,
    };
    super(azureNetworkConnectionType, name, { displayName: undefined, ...rest, ...password, ...outputs }, opts);
  }
}

/** The type of the resource, as policies and states write it. */
export const azureNetworkConnectionType = "windows365:index:AzureNetworkConnection";
