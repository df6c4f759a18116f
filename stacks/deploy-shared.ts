import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../config/environment.ts";
import { deployDiagnostics } from "./deploy-diagnostics.ts";
import { deployHub, type HubOutput, type HubReference } from "./deploy-hub.ts";
import type { FlowLogChain } from "./flow-log-chain.ts";
import { grantOnSubscriptions } from "./grant-windows365.ts";
import type { InSubscription } from "./subscriptions.ts";

/** What is deployed once for all regions is deployed with. */
export interface SharedContext {
  readonly environment: Environment;
  readonly environmentDigest: string;
  readonly inSubscription: InSubscription;
  readonly chainFlowLogs: FlowLogChain;
  /** The subscription that the provider is signed in to. */
  readonly ownSubscription: string;
  /** Values of the secrets that the environment names. */
  readonly secret: (key: string) => pulumi.Output<string>;
}

/** What regions take from the hub layer, whichever stack it is in. */
export interface HubLayer {
  readonly hubs: readonly HubReference[];
  /** Where logs go; absent means nowhere. */
  readonly workspaceId: pulumi.Input<string> | undefined;
  /** For the stacks of other layers; absent if this stack only reads it. */
  readonly output?: {
    readonly environmentDigest: string;
    readonly workspaceId?: pulumi.Input<string>;
    readonly hubs: readonly HubOutput[];
  };
}

/** Deploys what regions share: workspace, hubs, and the roles on whole subscriptions. */
export function deployShared(context: SharedContext): HubLayer {
  const { environment, environmentDigest, inSubscription, ownSubscription } = context;
  const workspaceId = deployDiagnostics(environment, inSubscription);
  const hubs = environment.hubs.map((hub) => deployHub(hub, { ...context, workspaceId }));
  if (environment.subscriptionRoleAssignment === "create")
    grantOnSubscriptions(environment, ownSubscription, inSubscription);
  return {
    hubs: hubs.map(({ reference }) => reference),
    workspaceId,
    output: {
      environmentDigest,
      ...(workspaceId !== undefined && { workspaceId }),
      hubs: hubs.map(({ output }) => output),
    },
  };
}
