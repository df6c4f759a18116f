import type { IpConfiguration, NetworkInterface } from "../estate/egress.ts";
import type { Reference } from "../estate/resource.ts";
import type { Subnet, VirtualNetwork } from "../estate/virtual-network.ts";
import type { Estate } from "../estate.ts";
import { type IpSpace, ipSpaceOf } from "../ip-space.ts";
import { isUnknown, knownOr, splitKnown } from "../read.ts";
import type { ReferenceData } from "../reference-data.ts";
import { indexById, type ResourceIndex, sameResource } from "../resource-id.ts";

/** A subnet together with the virtual network it belongs to. */
export interface SubnetPlace {
  readonly id: string;
  readonly virtualNetwork: VirtualNetwork;
  readonly subnet: Subnet;
}

/** A network interface's ip configuration and the interface it belongs to. */
export interface InterfacePlace {
  readonly networkInterface: NetworkInterface;
  readonly ipConfiguration: IpConfiguration;
}

/** An estate with what is needed to ask it things: indexes, built once. Pure: the same estate gives the same answers. */
export interface Network {
  readonly estate: Estate;
  readonly reference: ReferenceData;
  readonly virtualNetworks: ResourceIndex<VirtualNetwork>;
  readonly subnets: ResourceIndex<SubnetPlace>;
  readonly interfacesOf: (place: SubnetPlace) => readonly InterfacePlace[];
  /** What was computed once and is asked again and again, by kind and key. */
  readonly memo: <T>(kind: string, key: string, compute: () => T) => T;
  readonly find: <K extends IndexedKind>(kind: K, reference: Reference | undefined) => Found<Estate[K][number]>;
}

/** The lists of an estate that are looked up by id. */
export type IndexedKind =
  | "networkSecurityGroups"
  | "routeTables"
  | "natGateways"
  | "publicIPAddresses"
  | "loadBalancers"
  | "azureFirewalls"
  | "firewallPolicies"
  | "ipGroups"
  | "virtualNetworkGateways"
  | "localNetworkGateways"
  | "virtualHubs"
  | "serviceEndpointPolicies";

/** What a reference leads to: nothing was referenced, a resource, or a reason why it is not known. */
export type Found<T> =
  | { readonly kind: "none" }
  | { readonly kind: "found"; readonly resource: T }
  | { readonly kind: "missing"; readonly because: string };

/** Builds the indexes of an estate. */
export function networkOf(estate: Estate, reference: ReferenceData): Network {
  const places = estate.virtualNetworks.flatMap((virtualNetwork) =>
    virtualNetwork.subnets.map((subnet) => ({ id: subnet.id, virtualNetwork, subnet })),
  );
  const memory = new Map<string, unknown>();
  const memo = <T>(kind: string, key: string, compute: () => T): T => {
    const at = `${kind} ${key}`;
    if (!memory.has(at)) memory.set(at, compute());
    return memory.get(at) as T;
  };
  const subnets = indexById(places);
  return {
    estate,
    reference,
    virtualNetworks: indexById(estate.virtualNetworks),
    subnets,
    interfacesOf: (place) => memo("interfaces", place.id, () => interfacesIn(estate, place)),
    memo,
    find: (kind, wanted) => {
      if (wanted === undefined) return { kind: "none" };
      if (isUnknown(wanted)) return { kind: "missing", because: wanted.unknown };
      const list: readonly Estate[typeof kind][number][] = estate[kind];
      const index = memo(`index ${kind}`, "", () => indexById(list));
      const resource = index.find(wanted);
      return resource === undefined || resource.inInput === false
        ? { kind: "missing", because: `"${wanted}" is not in the input` }
        : { kind: "found", resource };
    },
  };
}

/** The addresses of a subnet that are known. */
export function subnetSpace(subnet: Subnet): IpSpace {
  return ipSpaceOf(splitKnown(subnet.addressPrefixes).known);
}

/** The addresses of a virtual network that are known. */
export function virtualNetworkSpace(virtualNetwork: VirtualNetwork): IpSpace {
  return ipSpaceOf(splitKnown(virtualNetwork.addressSpace).known);
}

/** `vnet/subnet`, as questions and answers name a subnet. */
export function subnetLabel(place: SubnetPlace): string {
  return `${place.virtualNetwork.name}/${place.subnet.name}`;
}

/** The subnet that a reference names, if it is in the input. */
export function placeOf(network: Network, reference: Reference | undefined): SubnetPlace | undefined {
  const id = knownOr(reference, undefined);
  return id === undefined ? undefined : network.subnets.find(id);
}

/** Whether a reference certainly names this id. */
export function refersTo(reference: Reference | undefined, id: string): boolean {
  return reference !== undefined && !isUnknown(reference) && sameResource(reference, id);
}

function interfacesIn(estate: Estate, place: SubnetPlace): readonly InterfacePlace[] {
  return estate.networkInterfaces.flatMap((networkInterface) =>
    networkInterface.ipConfigurations
      .filter((ipConfiguration) => refersTo(ipConfiguration.subnetId, place.id))
      .map((ipConfiguration) => ({ networkInterface, ipConfiguration })),
  );
}
