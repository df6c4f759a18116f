import type { EndpointSelection } from "../catalogue/required-endpoints.ts";
import type { AzureNetworkConnection } from "../model/estate/governance.ts";
import type { Parsed } from "../model/prefix.ts";
import { isUnknown, knownOr } from "../model/read.ts";
import { normalizeId } from "../model/resource-id.ts";
import { type Network, refersTo, type SubnetPlace } from "../model/topology/network.ts";
import type { CloudPcSubnet } from "./cloud-pc-subnet.ts";
import type { PlannedPool } from "./plan.ts";
import { cloudPcSubnet } from "./subnet-named.ts";

/** What an input says about where Cloud PCs will be. */
export interface SubnetUse {
  /** Subnets that Cloud PCs are meant for: ids or `vnet/subnet`. Empty: nothing says it. */
  readonly cloudPcSubnets: readonly string[];
  /** The pools that are planned; empty where none are. */
  readonly pools: readonly PlannedPool[];
}

/** Subnets that Windows 365 connections name, by id. */
export function subnetsOfConnections(connections: readonly AzureNetworkConnection[]): readonly string[] {
  const ids = connections.flatMap(({ subnetId }) => (subnetId === undefined || isUnknown(subnetId) ? [] : [subnetId]));
  return [...new Map(ids.map((id) => [normalizeId(id), id])).values()];
}

/**
 * The subnets to judge: the one that is named, else all that the input says Cloud PCs are for, else the only candidate; with what
 * the input tells of their Cloud PCs. Fails where none can be chosen.
 *
 * A subnet that only a connection names and that is not there is left out: rule `connection-references-exist` speaks of the connection.
 * None may be left.
 */
export function chooseSubnets(
  network: Network,
  { cloudPcSubnets, pools }: SubnetUse,
  named?: string,
): Parsed<readonly CloudPcSubnet[]> {
  const wanted = named === undefined && cloudPcSubnets.length > 0 ? cloudPcSubnets : [named];
  const places: SubnetPlace[] = [];
  const connected = new Set(subnetsOfConnections(network.estate.azureNetworkConnections).map(normalizeId));
  for (const name of wanted) {
    const place = cloudPcSubnet(network, name, []);
    if (place.ok) places.push(place.value);
    else if (name === undefined || name === named || !connected.has(normalizeId(name))) return place;
  }
  const placed: (readonly [PlannedPool, SubnetPlace])[] = [];
  for (const pool of pools) {
    const place = cloudPcSubnet(network, pool.subnet, []);
    // Where one subnet is asked for, the others may still be to come.
    if (place.ok) placed.push([pool, place.value]);
    else if (named === undefined) return place;
  }
  const value = distinct(places).map((place) =>
    describe(
      place,
      placed.filter(([, at]) => at === place).map(([pool]) => pool),
      network.estate.azureNetworkConnections,
    ),
  );
  return { ok: true, value };
}

function distinct(places: readonly SubnetPlace[]): readonly SubnetPlace[] {
  return [...new Map(places.map((place) => [normalizeId(place.id), place])).values()];
}

function describe(
  place: SubnetPlace,
  pools: readonly PlannedPool[],
  made: readonly AzureNetworkConnection[],
): CloudPcSubnet {
  if (pools.length > 0) {
    const connections = pools.flatMap(({ connection }) => connection ?? []);
    return { place, kinds: pools.map(({ kind }) => kind), kindsAreCertain: true, demands: pools, connections };
  }
  return { place, kinds: possibleKinds(place, made), kindsAreCertain: false, demands: [] };
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
