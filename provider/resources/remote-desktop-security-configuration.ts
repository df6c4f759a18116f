import * as pulumi from "@pulumi/pulumi";

/** A group of devices whose users are not asked for consent. */
export interface TargetDeviceGroup {
  /** Object id of the group. */
  readonly id: pulumi.Input<string>;
  readonly displayName: pulumi.Input<string>;
}

/** The switch of single sign-on on one service principal. */
export interface RemoteDesktopSecurityConfigurationArgs {
  /** Object id, in this tenant, of the service principal of Windows Cloud Login or Microsoft Remote Desktop. */
  readonly servicePrincipalId: pulumi.Input<string>;
  readonly isRemoteDesktopProtocolEnabled: pulumi.Input<boolean>;
  /** At most ten. @default - none: users are asked once per host */
  readonly targetDeviceGroups?: pulumi.Input<readonly pulumi.Input<TargetDeviceGroup>[]>;
}

/**
 * Single sign-on to Cloud PCs (`remoteDesktopSecurityConfiguration`). A service principal has exactly one: it is taken over, and
 * given back as it was when the resource is removed.
 */
export class RemoteDesktopSecurityConfiguration extends pulumi.CustomResource {
  declare readonly servicePrincipalId: pulumi.Output<string>;
  declare readonly isRemoteDesktopProtocolEnabled: pulumi.Output<boolean>;
  declare readonly targetDeviceGroups: pulumi.Output<readonly { readonly id: string; readonly displayName: string }[]>;

  constructor(name: string, args: RemoteDesktopSecurityConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(remoteDesktopSecurityConfigurationType, name, { targetDeviceGroups: undefined, ...args }, opts);
  }
}

/** The type of the resource, as policies and states write it. */
export const remoteDesktopSecurityConfigurationType = "windows365:index:RemoteDesktopSecurityConfiguration";
