import { authorization } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { LoadedSettings } from "../config/load.ts";
import { type ConnectionsOfStack, connectionStack, connectionsOfRun } from "./connection-stack.ts";
import { deployRegions } from "./deploy-regions.ts";
import { deployShared } from "./deploy-shared.ts";
import { flowLogChain } from "./flow-log-chain.ts";
import { readHubStack } from "./hub-stack.ts";
import { peeringRequestsOf } from "./peering-requests.ts";
import { planCloudPcs } from "./plan-cloud-pcs.ts";
import { deploymentLedger, ledgerProblems, previousLedger } from "./previous-deployment.ts";
import { watchResources } from "./resources-of-run.ts";
import { subscriptionProviders } from "./subscriptions.ts";

/**
 * Deploys what the settings say, in the layers that this stack holds, and returns the outputs of the stack.
 *
 * @param hubLayerOf - how a region stack gets what the hub layer deployed
 * @param connectionsOf - how connections are made on what a run has registered
 * @throws {pulumi.RunError} if something protected would go, or the layers do not fit
 */
export async function program(
  settings: LoadedSettings,
  hubLayerOf: typeof readHubStack = readHubStack,
  connectionsOf: (settings: LoadedSettings) => ConnectionsOfStack = (given) =>
    connectionsOfRun(given, watchResources()),
) {
  const { environment, environmentDigest, layer, secret } = settings;
  if (layer.layer === "connection") return connectionStack(settings, layer.networkStacks);
  const makeConnections = layer.layer === "all" ? connectionsOf(settings) : undefined;
  const regions = environment.regions.filter(
    ({ name }) => layer.layer === "all" || (layer.layer === "region" && name === layer.region),
  );
  const ledger = deploymentLedger(environment, layer.layer === "region" ? [] : environment.hubs, regions);
  const problems = ledgerProblems(await previousLedger(), ledger);
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));

  const { subscriptionId: ownSubscription } = await authorization.getClientConfig();
  const shared = {
    environment,
    environmentDigest,
    inSubscription: subscriptionProviders(),
    chainFlowLogs: flowLogChain(),
    ownSubscription,
    secret,
  };
  const hubLayer = layer.layer === "region" ? await hubLayerOf(layer.hubStack, shared) : deployShared(shared);
  planCloudPcs(environment, regions, ownSubscription);
  const deployed = deployRegions(regions, { ...shared, ...hubLayer });

  const connections = makeConnections?.(
    deployed.flatMap(({ connections }) => connections),
    ownSubscription,
  );

  return {
    /** What an Azure network connection asks for, one for each pool. */
    azureNetworkConnections: deployed.flatMap(({ connections }) => connections),
    /** The connections that this stack has made. */
    ...(connections && { connections }),
    /** Public addresses that each region's Cloud PCs leave by, past any firewall. */
    egressAddresses: Object.fromEntries(deployed.map(({ name, publicAddresses }) => [name, publicAddresses])),
    /** What the owners of existing virtual networks must add. */
    peeringRequests: peeringRequestsOf(environment, deployed, hubLayer.hubs),
    /** What the stacks of other layers need from this one. */
    ...(hubLayer.output && { shared: hubLayer.output }),
    /** Stacks of other layers must have been given the same environment. */
    environmentDigest,
    /** What this stack remembers for its next deployment. */
    deployed: ledger,
  };
}
