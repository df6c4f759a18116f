import * as pulumi from "@pulumi/pulumi";

/** Which connection is waited for, and how. */
export interface AzureNetworkConnectionHealthArgs {
  /** Id of the connection. */
  readonly connectionId: pulumi.Input<string>;
  /** Texts whose change makes Windows 365 run the checks again, such as the connection's `revision`. @default - none */
  readonly triggers?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Whether the deployment waits until the checks have passed. @default true */
  readonly wait?: pulumi.Input<boolean>;
  /** @default 45 */
  readonly timeoutMinutes?: pulumi.Input<number>;
  /** Seconds between two looks. @default 15 */
  readonly pollSeconds?: pulumi.Input<number>;
  /** Name of the rule that covers an error type, by error type: errors then name it. @default - none */
  readonly coveredBy?: pulumi.Input<Readonly<Record<string, string>>>;
}

/** A health check that did not pass. */
export interface HealthFinding {
  readonly displayName: string;
  /** "warning", "informational" or, with `wait` turned off, "failed". */
  readonly status: string;
  /** Microsoft's error type. */
  readonly errorType: string;
}

/**
 * The health of an Azure network connection: made when its checks have passed or warned, an error that names the check when one
 * failed. Whatever needs a connection that can be used depends on this and takes its `connectionId`.
 */
export class AzureNetworkConnectionHealth extends pulumi.CustomResource {
  /** Id of the connection, known to be healthy. */
  declare readonly connectionId: pulumi.Output<string>;
  /** "passed", "warning" or "informational"; anything else only with `wait` turned off. */
  declare readonly healthCheckStatus: pulumi.Output<string>;
  /** What did not pass. */
  declare readonly findings: pulumi.Output<readonly HealthFinding[]>;

  constructor(name: string, args: AzureNetworkConnectionHealthArgs, opts?: pulumi.CustomResourceOptions) {
    super(azureNetworkConnectionHealthType, name, { ...args, healthCheckStatus: undefined, findings: undefined }, opts);
  }
}

/** The type of the resource, as policies and states write it. */
export const azureNetworkConnectionHealthType = "windows365:index:AzureNetworkConnectionHealth";
