import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, oneOrMany, record, reference, references, text, texts } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Block } from "./ipv4.ts";
import { containsAny, parseBlocks } from "./ipv4.ts";

/** A virtual network with what hangs under it. */
export interface VirtualNetwork {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly addressSpace: readonly Block[];
  /** Empty: Azure-provided name resolution. */
  readonly dnsServers: readonly string[];
  readonly subnets: readonly Subnet[];
  readonly peerings: readonly Peering[];
}

/** A subnet; ids in lower case. */
export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly virtualNetworkId: string;
  readonly prefixes: readonly Block[];
  readonly networkSecurityGroup: string | undefined;
  readonly routeTable: string | undefined;
  readonly natGateway: string | undefined;
  /** Only `false` makes a subnet private; Azure leaves it out where nobody set it. */
  readonly defaultOutboundAccess: boolean;
  readonly serviceEndpoints: readonly { readonly service: string; readonly locations: readonly string[] }[];
  readonly serviceEndpointPolicies: readonly string[];
  readonly delegations: readonly string[];
  readonly privateEndpointNetworkPolicies: string;
}

/** One direction of a peering. */
export interface Peering {
  readonly id: string;
  readonly name: string;
  readonly virtualNetworkId: string;
  readonly remote: string;
  /** As Azure reports it; undefined in a design that was never deployed. */
  readonly state: string | undefined;
  readonly allowVirtualNetworkAccess: boolean;
  readonly allowForwardedTraffic: boolean;
  readonly allowGatewayTransit: boolean;
  readonly useRemoteGateways: boolean;
  /** The remote address space this peering last synchronised with; undefined when Azure reports none. */
  readonly remoteAddressSpace: readonly Block[] | undefined;
  /** False for a peering of single subnets. */
  readonly completeVirtualNetworks: boolean;
}

/** All virtual networks of the estate. */
export function readVirtualNetworks(estate: Pick<Estate, "ofType" | "children">): readonly VirtualNetwork[] {
  return estate.ofType("Microsoft.Network/virtualNetworks").map((resource) => {
    const properties = record(resource.properties);
    return {
      id: resource.id.toLowerCase(),
      name: nameOf(resource.id),
      location: (resource.location ?? "").toLowerCase().replaceAll(" ", ""),
      addressSpace: parseBlocks(texts(record(properties.addressSpace).addressPrefixes)),
      dnsServers: texts(record(properties.dhcpOptions).dnsServers),
      subnets: estate.children(resource, "subnets").map((child) => readSubnet(child, resource)),
      peerings: estate.children(resource, "virtualNetworkPeerings").map((child) => readPeering(child, resource)),
    };
  });
}

function readSubnet(resource: ArmResource, parent: ArmResource): Subnet {
  const properties = record(resource.properties);
  return {
    id: resource.id.toLowerCase(),
    name: nameOf(resource.id),
    virtualNetworkId: parent.id.toLowerCase(),
    prefixes: parseBlocks([...new Set(oneOrMany(properties, "addressPrefix", "addressPrefixes"))]),
    networkSecurityGroup: reference(properties.networkSecurityGroup),
    routeTable: reference(properties.routeTable),
    natGateway: reference(properties.natGateway),
    defaultOutboundAccess: properties.defaultOutboundAccess !== false,
    serviceEndpoints: list(properties.serviceEndpoints).map((endpoint) => ({
      service: text(record(endpoint).service) ?? "",
      locations: texts(record(endpoint).locations),
    })),
    serviceEndpointPolicies: references(properties.serviceEndpointPolicies),
    delegations: list(properties.delegations).map(
      (delegation) => text(record(record(delegation).properties).serviceName) ?? "",
    ),
    privateEndpointNetworkPolicies: text(properties.privateEndpointNetworkPolicies) ?? "Disabled",
  };
}

function readPeering(resource: ArmResource, parent: ArmResource): Peering {
  const properties = record(resource.properties);
  const synchronised = record(properties.remoteAddressSpace).addressPrefixes;
  return {
    id: resource.id.toLowerCase(),
    name: nameOf(resource.id),
    virtualNetworkId: parent.id.toLowerCase(),
    remote: reference(properties.remoteVirtualNetwork) ?? "",
    state: text(properties.peeringState),
    allowVirtualNetworkAccess: properties.allowVirtualNetworkAccess !== false,
    allowForwardedTraffic: properties.allowForwardedTraffic === true,
    allowGatewayTransit: properties.allowGatewayTransit === true,
    useRemoteGateways: properties.useRemoteGateways === true,
    remoteAddressSpace: synchronised === undefined ? undefined : parseBlocks(texts(synchronised)),
    completeVirtualNetworks: properties.peerCompleteVnets !== false,
  };
}

/** The virtual network of an id; undefined when the input does not hold it. */
export function virtualNetworkById(estate: Estate, id: string): VirtualNetwork | undefined {
  return estate.remember(`virtualNetwork ${id}`, () => estate.virtualNetworks.find((network) => network.id === id));
}

/** The virtual network a subnet is part of. */
export function homeOf(estate: Estate, subnet: Subnet): VirtualNetwork {
  const home = virtualNetworkById(estate, subnet.virtualNetworkId);
  if (home === undefined) {
    throw new Error(`subnet "${subnet.id}" has no virtual network`);
  }
  return home;
}

/** The subnet of a virtual network that holds an address. */
export function subnetAt(network: VirtualNetwork, address: number): Subnet | undefined {
  return network.subnets.find((subnet) => containsAny(subnet.prefixes, address));
}

/**
 * Whether Azure keeps the address of a subnet for itself: the first four and the last of each prefix.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21)
 */
export function isReserved(subnet: Subnet, address: number): boolean {
  return subnet.prefixes.some(
    ({ first, last }) =>
      last - first >= 7 && first <= address && (address < first + 4 || address === last) && address <= last,
  );
}

/** The subnet of a name, such as "GatewaySubnet". */
export function subnetNamed(network: VirtualNetwork, name: string): Subnet | undefined {
  return network.subnets.find((subnet) => subnet.name.toLowerCase() === name.toLowerCase());
}
