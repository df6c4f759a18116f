import * as pulumi from "@pulumi/pulumi";

/** What users may do with their Cloud PCs. */
export interface CloudPcUserSettingArgs {
  readonly displayName: pulumi.Input<string>;
  /** Whether the user is an administrator of the Cloud PC. @default false */
  readonly localAdminEnabled?: pulumi.Input<boolean>;
  /** Whether the user may reset the Cloud PC. @default false */
  readonly resetEnabled?: pulumi.Input<boolean>;
  /** How often a restore point is made, and whether the user may go back to one. */
  readonly restorePointSetting?: pulumi.Input<{
    readonly frequencyType: pulumi.Input<
      "default" | "fourHours" | "sixHours" | "twelveHours" | "sixteenHours" | "twentyFourHours"
    >;
    readonly userRestoreEnabled: pulumi.Input<boolean>;
  }>;
  /** Object ids of the groups. @default - nobody */
  readonly groupIds?: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** A user setting of Windows 365 (`cloudPcUserSetting`) with its assignment. */
export class CloudPcUserSetting extends pulumi.CustomResource {
  declare readonly displayName: pulumi.Output<string>;
  declare readonly localAdminEnabled: pulumi.Output<boolean>;
  declare readonly resetEnabled: pulumi.Output<boolean>;
  declare readonly groupIds: pulumi.Output<readonly string[] | undefined>;

  constructor(name: string, args: CloudPcUserSettingArgs, opts?: pulumi.CustomResourceOptions) {
    super(cloudPcUserSettingType, name, { localAdminEnabled: undefined, resetEnabled: undefined, ...args }, opts);
  }
}

/** The type of the resource, as policies and states write it. */
export const cloudPcUserSettingType = "windows365:index:CloudPcUserSetting";
