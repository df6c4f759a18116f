import * as pulumi from "@pulumi/pulumi";
import { type ConnectionDomain, type ConnectionGuard, GuardedConnection } from "../components/guarded-connection.ts";
import type { Environment } from "../config/environment.ts";
import { identityOf } from "../config/naming.ts";
import type { JoinType } from "../config/profile.ts";
import { type ConnectionSettings, poolReference } from "../config/windows365.ts";
import { allRules } from "../policy-packs/all-rules.ts";

/** Where a connection is made, whichever stack made its network. */
export interface ConnectionPlace {
  readonly region: string;
  readonly pool: string;
  readonly joinType: JoinType;
  readonly resourceGroupId: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
}

/** Everything that connections are made with. */
export interface ConnectionsContext {
  readonly environment: Environment;
  readonly settings: ConnectionSettings;
  /** What the rules say of the whole network. */
  readonly guard: pulumi.Input<ConnectionGuard>;
  /** What this run makes and connections need. */
  readonly after: readonly pulumi.Resource[];
  /** Values of the secrets that the environment names. */
  readonly secret: (key: string) => pulumi.Output<string>;
}

/** A connection that can be used, by the pool that it is for. */
export interface DeployedConnection {
  readonly region: string;
  readonly pool: string;
  readonly joinType: JoinType;
  readonly connectionId: pulumi.Output<string>;
  readonly displayName: pulumi.Output<string>;
  readonly healthCheckStatus: pulumi.Output<string>;
}

/** Makes a connection for each place. */
export function deployConnections(
  places: readonly ConnectionPlace[],
  context: ConnectionsContext,
): readonly DeployedConnection[] {
  const { environment, settings, guard, after } = context;
  const coveredBy = rulesByErrorType();
  return places.map(({ region, pool, joinType, resourceGroupId, subnetId }) => {
    const domain = joinType === "hybridAzureADJoin" ? domainOf(context) : undefined;
    const connection = new GuardedConnection(connectionName(environment, region, pool), {
      guard,
      connectionType: joinType,
      resourceGroupId,
      subnetId,
      ...(domain && { domain }),
      waitForHealth: settings.waitForHealth,
      timeoutMinutes: settings.timeoutMinutes,
      coveredBy,
      after,
    });
    const { connectionId, displayName, healthCheckStatus } = connection;
    return { region, pool, joinType, connectionId, displayName, healthCheckStatus };
  });
}

/** The logical name, from which Pulumi makes the display name; it follows identities, so that a rename replaces nothing. */
function connectionName({ workload, regions }: Environment, regionName: string, poolName: string): string {
  const region = regions.find(({ name }) => name === regionName);
  const pool = region?.pools.find(({ name }) => name === poolName);
  if (region === undefined || pool === undefined) {
    throw new pulumi.RunError(`pool "${poolReference(regionName, poolName)}" is not in the environment`);
  }
  return `anc-${workload}-${identityOf(region)}-${identityOf(pool)}`;
}

function domainOf({ environment, settings, secret }: ConnectionsContext): ConnectionDomain | undefined {
  const { profile } = environment;
  const { domainJoinAccount } = settings;
  if (profile.kind !== "hybrid" || domainJoinAccount === undefined) return undefined;
  const { name, organizationalUnit } = profile.domain;
  return {
    adDomainName: name,
    adDomainUsername: domainJoinAccount.username,
    adDomainPassword: secret(domainJoinAccount.passwordSecret),
    ...(organizationalUnit !== undefined && { organizationalUnit }),
  };
}

/** Which rule would have predicted an error type of a health check. */
function rulesByErrorType(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    allRules.flatMap(({ name, errorTypes, tenantErrorTypes = [] }) =>
      [...errorTypes, ...tenantErrorTypes].map((errorType) => [errorType, name]),
    ),
  );
}
