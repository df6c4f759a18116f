import type { EndpointSelection } from "../../catalogue/required-endpoints.ts";
import type { AzureNetworkConnection } from "../../model/estate/governance.ts";
import { knownOr } from "../../model/read.ts";
import { normalizeId } from "../../model/resource-id.ts";
import { type Network, refersTo, type SubnetPlace } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import { cloudPcSubnet } from "../input/cloud-pc-subnet.ts";
import { refuseOption } from "../input/input-problems.ts";
import type { LoadedInput, PlannedPool } from "../input/loaded-input.ts";

/**
 * The subnets to judge: the one that is named, else all that the input says Cloud PCs are for, else the only candidate; with what
 * the input tells of their Cloud PCs. Throws an `InputError` where none can be chosen.
 */
export function cloudPcSubnetsOf(
  network: Network,
  input: LoadedInput,
  named: string | undefined,
): readonly CloudPcSubnet[] {
  const placed = input.pools.map((pool) => ({ pool, place: placeNamed(network, pool.subnet) }));
  const places =
    named === undefined && input.cloudPcSubnets.length > 0
      ? input.cloudPcSubnets.map((subnet) => placeNamed(network, subnet))
      : [placeNamed(network, named)];
  return distinct(places).map((place) => {
    const pools = placed.filter((each) => each.place === place).map(({ pool }) => pool);
    return describe(place, pools, input.estate.azureNetworkConnections);
  });
}

function placeNamed(network: Network, named: string | undefined): SubnetPlace {
  const place = cloudPcSubnet(network, named, []);
  return place.ok ? place.value : refuseOption("--subnet", place.message);
}

function distinct(places: readonly SubnetPlace[]): readonly SubnetPlace[] {
  return [...new Map(places.map((place) => [normalizeId(place.id), place])).values()];
}

function describe(
  place: SubnetPlace,
  pools: readonly PlannedPool[],
  connections: readonly AzureNetworkConnection[],
): CloudPcSubnet {
  if (pools.length > 0) {
    return { place, kinds: pools.map(({ kind }) => kind), kindsAreCertain: true, demands: pools };
  }
  return { place, kinds: possibleKinds(place, connections), kindsAreCertain: false, demands: [] };
}

/** Every kind that a network without a plan leaves possible: a connection may tell the join type, the region tells the cloud. */
function possibleKinds(
  { id, virtualNetwork }: SubnetPlace,
  connections: readonly AzureNetworkConnection[],
): readonly EndpointSelection[] {
  const told = connections
    .filter(({ subnetId }) => refersTo(subnetId, id))
    .flatMap(({ connectionType }) => knownOr(connectionType, undefined) ?? []);
  const joinTypes = told.length > 0 ? [...new Set(told)] : (["azureADJoin", "hybridAzureADJoin"] as const);
  const cloud = /^us(gov|dod)/.test(knownOr(virtualNetwork.location, "")) ? "usGov" : "public";
  return joinTypes.flatMap((joinType) =>
    (["na", "eu", "ap"] as const).map((intuneLocation) => ({ cloud, joinType, intuneLocation, features: [] })),
  );
}
