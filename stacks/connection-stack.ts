import * as pulumi from "@pulumi/pulumi";
import type { ConnectionGuard } from "../components/guarded-connection.ts";
import type { LoadedSettings } from "../config/load.ts";
import { type ConnectionPlace, type DeployedConnection, deployConnections } from "./deploy-connections.ts";
import { deployWindows365 } from "./deploy-windows365.ts";
import { guardOf } from "./guard-connections.ts";
import { readNetworkStacks } from "./network-stacks.ts";
import { cloudPcPlanArgs } from "./plan-cloud-pcs.ts";
import { stateOfRun } from "./resources-of-run.ts";
import { subscriptionOf } from "./subscriptions.ts";

/**
 * Makes connections on a network that the same run deploys, after all of it, if the rules pass over what it has become. Undefined if
 * the configuration asks for nothing of Windows 365.
 *
 * @throws {pulumi.RunError} if the rules do not pass
 */
export function connectionsOfRun(
  settings: LoadedSettings,
  network: readonly pulumi.CustomResource[],
  places: readonly ConnectionPlace[],
  ownSubscription: string,
): Promise<readonly DeployedConnection[] | undefined> {
  return deploy(settings, places, network, guardOfRun(settings, network, ownSubscription));
}

/** The stack of layer `connection`: connections on the network that other stacks hold, and nothing else. */
export async function connectionStack(settings: LoadedSettings, networkStacks: readonly string[]) {
  const { environment, environmentDigest } = settings;
  const { resources, places } = await readNetworkStacks(networkStacks, environmentDigest);
  const missing = environment.regions.filter(({ name }) => !places.some(({ region }) => region === name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => `"${name}"`).join(", ");
    throw new pulumi.RunError(
      `windows365-network:networkStacks names no stack of region ${names}; name the stack of every region`,
    );
  }
  const ownSubscription = subscriptionOf(String(places[0]?.resourceGroupId)) ?? "";
  const connections = await deploy(settings, places, [], async () =>
    guardOfResources(settings, resources, ownSubscription),
  );
  return { ...(connections && { connections }) };
}

async function deploy(
  { environment, secret }: LoadedSettings,
  places: readonly ConnectionPlace[],
  after: readonly pulumi.Resource[],
  guardOfNetwork: () => Promise<ConnectionGuard>,
): Promise<readonly DeployedConnection[] | undefined> {
  const { windows365 } = environment;
  if (windows365 === undefined) return undefined;
  const { connections: settings } = windows365;
  let deployed: readonly DeployedConnection[] = [];
  if (settings !== undefined) {
    const guard = await guardOfNetwork();
    // Said once and in full, instead of by each connection that does not get its guard's word.
    if (!guard.passed) throw new pulumi.RunError(`no Azure network connection is made: ${guard.message}`);
    deployed = deployConnections(places, { environment, settings, guard, after, secret });
  }
  deployWindows365(windows365, deployed);
  return deployed;
}

/**
 * The answer of the guard once everything before is there. In a preview that still waits for Azure, nothing is made in any case: it
 * says that the deployment will judge, and goes on.
 */
function guardOfRun(
  settings: LoadedSettings,
  after: readonly pulumi.CustomResource[],
  ownSubscription: string,
): () => Promise<ConnectionGuard> {
  return async () => {
    const state = await stateOfRun(after);
    if (state.ok) return guardOfResources(settings, state.resources, ownSubscription);
    if (!pulumi.runtime.isDryRun()) {
      return { passed: false, message: `the network cannot be judged: ${state.because}; deploy it first` };
    }
    pulumi.log.warn(
      `whether an Azure network connection may be made is judged when the network is there, before the connection: ${state.because}`,
    );
    return { passed: true };
  };
}

function guardOfResources(
  { environment }: LoadedSettings,
  resources: Parameters<typeof guardOf>[0],
  ownSubscription: string,
): ConnectionGuard {
  const plan = cloudPcPlanArgs(environment, environment.regions, ownSubscription);
  const waivers = environment.windows365?.connections?.waivers ?? [];
  return guardOf(resources, plan, { waivers }, today());
}

/** Waivers end with a day of the calendar, wherever the engine runs. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
