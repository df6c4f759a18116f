import type { NetworkManager, RoutingChange } from "../estate/security-group.ts";
import type { VirtualNetwork } from "../estate/virtual-network.ts";
import { intersect, subtract, unite } from "../intervals.ts";
import type { IpSpace } from "../ip-space.ts";
import { isUnknown } from "../read.ts";
import { normalizeId, sameResource } from "../resource-id.ts";
import { privateAddresses } from "../special-addresses.ts";
import { type Network, refersTo, type SubnetPlace, virtualNetworkSpace } from "../topology/network.ts";
import { peeringsOf } from "../topology/peerings.ts";

/** Destinations whose route from a subnet is not known, and why. */
export interface UnsettledRoutes {
  readonly destinations: IpSpace;
  readonly because: string;
}

/**
 * Where a Virtual Network Manager may have changed the routes of a subnet. A routing configuration may change every one; a
 * connectivity configuration adds those between its members, of which a mesh shows none as a peering
 * (https://learn.microsoft.com/azure/virtual-network-manager/concept-connectivity-configuration and concept-user-defined-route,
 * read 2026-11-21). What they come to is not modelled. Networks that a peering of the input already joins are taken as they are.
 */
export function unsettledRoutes(network: Network, place: SubnetPlace): readonly UnsettledRoutes[] {
  return network.memo("unsettled routes", place.id, () =>
    network.estate.networkManagers.flatMap((manager) =>
      (manager.routingChanges ?? []).flatMap((change) => unsettledBy(network, manager, change, place)),
    ),
  );
}

function unsettledBy(
  network: Network,
  manager: NetworkManager,
  change: RoutingChange,
  place: SubnetPlace,
): readonly UnsettledRoutes[] {
  if (!mayReach(manager, change, place.virtualNetwork, place.id)) return [];
  const because = `${change.kind} configuration "${change.name}" of network manager "${manager.name}" may change the routes of subnet "${place.subnet.name}"`;
  if (change.kind === "routing") return [{ destinations: [0, 2 ** 32], because }];
  const own = virtualNetworkSpace(place.virtualNetwork);
  const peers = peeringsOf(network, place.virtualNetwork).flatMap(({ remote }) =>
    remote === undefined ? [] : [remote],
  );
  const joined = peers.reduce<IpSpace>((all, peer) => unite(all, virtualNetworkSpace(peer)), own);
  const others = network.estate.virtualNetworks.filter((other) => mayReach(manager, change, other));
  const inInput = others.reduce<IpSpace>((all, other) => unite(all, virtualNetworkSpace(other)), []);
  const reached = hasOthers(network, manager, change) ? unite(inInput, privateAddresses) : inInput;
  const destinations = subtract(intersect(reached, [0, 2 ** 32]), joined);
  return destinations.length === 0 ? [] : [{ destinations, because }];
}

/** Whether a configuration reaches a network or one subnet of it. Without known members, every network of the manager's scope may be one. */
function mayReach(
  manager: NetworkManager,
  { appliesToGroupIds, hubIds }: RoutingChange,
  { id, subnets }: VirtualNetwork,
  subnetId?: string,
): boolean {
  if (hubIds.some((hub) => refersTo(hub, id))) return true;
  const own = [id, ...(subnetId === undefined ? subnets.map((subnet) => subnet.id) : [subnetId])];
  return appliesToGroupIds.some((groupId) => {
    const members = membersOf(manager, groupId);
    const listed = members.some((member) => own.some((each) => refersTo(member, each)));
    return listed || ((members.length === 0 || members.some(isUnknown)) && inScope(manager, id));
  });
}

/** Whether there may be members outside the input, whose addresses are not known. */
function hasOthers(network: Network, manager: NetworkManager, change: RoutingChange): boolean {
  const groups = change.appliesToGroupIds.map((groupId) => membersOf(manager, groupId));
  return [...groups, change.hubIds].some(
    (members, index) =>
      (members.length === 0 && index < groups.length) ||
      members.some((member) => isUnknown(member) || network.virtualNetworks.find(member) === undefined),
  );
}

/** Empty when nothing tells the members: the group is not in the input, or an Azure Policy that is not chooses them. */
function membersOf(manager: NetworkManager, groupId: RoutingChange["appliesToGroupIds"][number]) {
  if (isUnknown(groupId)) return [groupId];
  return manager.networkGroups.find((group) => sameResource(group.id, groupId))?.members ?? [];
}

function inScope({ scopes }: NetworkManager, id: string): boolean {
  const inside = (scope: string) =>
    normalizeId(scope).includes("/managementgroups/") || normalizeId(id).startsWith(`${normalizeId(scope)}/`);
  return scopes.length === 0 || scopes.some((scope) => isUnknown(scope) || inside(scope));
}
