import { authorization } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { LoadedSettings } from "../config/load.ts";
import { deployRegions } from "./deploy-regions.ts";
import { deployShared } from "./deploy-shared.ts";
import { flowLogChain } from "./flow-log-chain.ts";
import { readHubStack } from "./hub-stack.ts";
import { peeringRequestsOf } from "./peering-requests.ts";
import { planCloudPcs } from "./plan-cloud-pcs.ts";
import { deploymentLedger, ledgerProblems, previousLedger } from "./previous-deployment.ts";
import { subscriptionProviders } from "./subscriptions.ts";

/**
 * Deploys what the settings say, in the layers that this stack holds, and returns the outputs of the stack.
 *
 * @param hubLayerOf - how a region stack gets what the hub layer deployed
 * @throws {pulumi.RunError} if something protected would go, or the hub layer does not fit
 */
export async function program(
  { environment, environmentDigest, layer, secret }: LoadedSettings,
  hubLayerOf: typeof readHubStack = readHubStack,
) {
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

  return {
    /** What an Azure network connection asks for, one for each pool. */
    azureNetworkConnections: deployed.flatMap(({ connections }) => connections),
    /** Public addresses that each region's Cloud PCs leave by, past any firewall. */
    egressAddresses: Object.fromEntries(deployed.map(({ name, publicAddresses }) => [name, publicAddresses])),
    /** What the owners of existing virtual networks must add. */
    peeringRequests: peeringRequestsOf(environment, deployed, hubLayer.hubs),
    /** What the stacks of other layers need from this one. */
    ...(hubLayer.output && { shared: hubLayer.output }),
    /** What this stack remembers for its next deployment. */
    deployed: ledger,
  };
}
