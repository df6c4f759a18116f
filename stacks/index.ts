import { authorization } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { LoadedSettings } from "../config/load.ts";
import { connectionStack, connectionsOfRun } from "./connection-stack.ts";
import { deployRegions } from "./deploy-regions.ts";
import { deployShared } from "./deploy-shared.ts";
import { flowLogChain } from "./flow-log-chain.ts";
import { readHubStack } from "./hub-stack.ts";
import { peeringRequestsOf } from "./peering-requests.ts";
import { planCloudPcs } from "./plan-cloud-pcs.ts";
import { deploymentLedger, ledgerProblems, previousLedger } from "./previous-deployment.ts";
import { idsByUrn, watchResources } from "./resources-of-run.ts";
import { subscriptionProviders } from "./subscriptions.ts";

/**
 * Deploys what the settings say, in the layers that this stack holds, and returns the outputs of the stack.
 *
 * @param hubLayerOf - how a region stack gets what the hub layer deployed
 * @param watch - how the resources that the program registers are remembered; where none are, no connections are made
 * @throws {pulumi.RunError} if something protected would go, or the layers do not fit
 */
export async function program(
  settings: LoadedSettings,
  hubLayerOf: typeof readHubStack = readHubStack,
  watch: typeof watchResources = watchResources,
) {
  const { environment, environmentDigest, layer, secret } = settings;
  if (layer.layer === "connection") return connectionStack(settings, layer.networkStacks);
  const resources = watch();
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

  const network = resources();
  const places = deployed.flatMap(({ connections }) => connections);
  const connections =
    layer.layer === "all" && network.length > 0
      ? await connectionsOfRun(settings, network, places, ownSubscription)
      : undefined;

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
    /** For the stack of layer `connection`: the environment that this one was given, and what of Azure its state is about. */
    ...(layer.layer !== "all" && { environmentDigest, resourceIds: idsByUrn(network) }),
    /** What this stack remembers for its next deployment. */
    deployed: ledger,
  };
}
