import * as pulumi from "@pulumi/pulumi";
import { AzureNetworkConnection } from "../provider/resources/azure-network-connection.ts";
import { AzureNetworkConnectionHealth } from "../provider/resources/azure-network-connection-health.ts";

/** Whether a connection may be made on a network, and what stands in the way. */
export type ConnectionGuard = { readonly passed: true } | { readonly passed: false; readonly message: string };

/** The Active Directory domain that Cloud PCs join, and who joins them. */
export interface ConnectionDomain {
  readonly adDomainName: string;
  /** `account@corp.contoso.com` */
  readonly adDomainUsername: string;
  /** Password of the account. Always a secret. */
  readonly adDomainPassword: pulumi.Input<string>;
  /** @default - the domain's container for computers */
  readonly organizationalUnit?: string;
}

/** Arguments of `GuardedConnection`. */
export interface GuardedConnectionArgs {
  /**
   * What the rules say of the network that the connection is for. One that has not passed is an error with its message, and
   * neither the connection nor anything on it is made.
   */
  readonly guard: pulumi.Input<ConnectionGuard>;
  /** How Cloud PCs join a directory. */
  readonly connectionType: "azureADJoin" | "hybridAzureADJoin";
  /** ARM id of the resource group that takes the network interfaces. */
  readonly resourceGroupId: pulumi.Input<string>;
  /** ARM id of the subnet. */
  readonly subnetId: pulumi.Input<string>;
  /**
   * The domain, with a hybrid join.
   * @default - none
   */
  readonly domain?: ConnectionDomain;
  /** Whether the deployment waits until the health checks have passed. */
  readonly waitForHealth: boolean;
  /** Minutes after which it gives up waiting. */
  readonly timeoutMinutes: number;
  /** Name of the rule that covers an error type, by error type, for the errors of a health check. */
  readonly coveredBy: Readonly<Record<string, string>>;
  /** What the connection needs: role assignments, peerings, routes, rules, subnets. Those made by other stacks are not in it. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * An Azure network connection and its health, which are two resources so that a deployment that is killed while it waits leaves the
 * connection in the state. The connection is made only after the guard has passed; its display name is the logical name and eight
 * random digits, so that another one can take its place before it goes.
 *
 * Cost to run: none; the Cloud PCs on it are licensed by user.
 */
export class GuardedConnection extends pulumi.ComponentResource {
  /** Id of the connection, known to be healthy: what a provisioning policy takes. */
  readonly connectionId: pulumi.Output<string>;
  /** Its display name. */
  readonly displayName: pulumi.Output<string>;
  /** "passed", "warning" or "informational"; anything else only where nobody waits. */
  readonly healthCheckStatus: pulumi.Output<string>;

  constructor(name: string, args: GuardedConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:GuardedConnection", name, {}, opts);
    const { guard, connectionType, resourceGroupId, subnetId, domain, waitForHealth, timeoutMinutes } = args;
    const connection = new AzureNetworkConnection(
      name,
      {
        connectionType,
        resourceGroupId,
        subnetId: guarded(name, subnetId, guard),
        ...(domain && { ...domain }),
      },
      { parent: this, dependsOn: [...args.after] },
    );
    const health = new AzureNetworkConnectionHealth(
      name,
      {
        connectionId: connection.id,
        triggers: [connection.revision],
        wait: waitForHealth,
        timeoutMinutes,
        coveredBy: args.coveredBy,
      },
      { parent: this },
    );
    this.connectionId = health.connectionId;
    this.displayName = connection.displayName;
    this.healthCheckStatus = health.healthCheckStatus;
    this.registerOutputs({});
  }
}

/** The id only once the guard has passed: the connection cannot be registered without it. */
function guarded(
  name: string,
  subnetId: pulumi.Input<string>,
  guard: pulumi.Input<ConnectionGuard>,
): pulumi.Output<string> {
  return pulumi.all([subnetId, guard]).apply(([id, answer]) => {
    if (answer.passed) return id;
    throw new pulumi.RunError(`Azure network connection "${name}" is not made: ${answer.message}`);
  });
}
