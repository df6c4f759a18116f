import { noIntervals } from "../intervals.ts";
import { addressSpaceOf, type IpSpace, ipSpaceOf, prefixSpace } from "../ip-space.ts";
import { containsPrefix, formatPrefix, type Prefix, prefix } from "../prefix.ts";
import { isUnknown, type Read, splitKnown } from "../read.ts";
import { tagIncludes } from "../reference-data.ts";
import { sameResource } from "../resource-id.ts";
import { privateRanges, publicAddresses } from "../special-addresses.ts";
import { type Network, placeOf, type SubnetPlace } from "../topology/network.ts";
import { peeringsOf } from "../topology/peerings.ts";
import type { Route } from "./route.ts";

const defaultRoute = prefix("0.0.0.0/0");

/**
 * The routes that Azure gives every subnet: each prefix of the virtual network, each prefix of connected peers, the default
 * to the Internet, and the private ranges dropped, unless the virtual network itself has them.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#system-routes, read 2026-11-20.
 */
export function systemRoutes(network: Network, place: SubnetPlace): readonly Route[] {
  const { addressSpace } = place.virtualNetwork;
  const own = addressSpace.map((block) => spaceRoute(block, { nextHopType: "VnetLocal" }));
  const peers = peeringsOf(network, place.virtualNetwork).flatMap((view) => {
    if (view.connected === false) return [];
    const open = isUnknown(view.connected) ? view.connected.unknown : undefined;
    return view.addressSpace.map((block) => {
      const route = spaceRoute(block, { nextHopType: "VNetPeering", peering: view, origin: `peering "${view.name}"` });
      return open === undefined ? route : { ...route, certain: noIntervals, reason: open };
    });
  });
  const known = splitKnown(addressSpace).known;
  const dropped = privateRanges
    .filter((range) => !known.some((block) => containsPrefix(block, range)))
    .map((range) => spaceRoute(range, { nextHopType: "None" }));
  return [...own, ...peers, spaceRoute(defaultRoute, { nextHopType: "Internet" }), ...dropped];
}

/** The /32 routes of private endpoints in this virtual network and its peers. */
export function privateEndpointRoutes(network: Network, place: SubnetPlace): readonly Route[] {
  const peered = peeringsOf(network, place.virtualNetwork).flatMap((view) =>
    view.connected === true && view.remote !== undefined ? [view.remote] : [],
  );
  return network.estate.privateEndpoints.flatMap((endpoint) => {
    const subnet = placeOf(network, endpoint.subnetId);
    if (subnet === undefined) return [];
    const near = [place.virtualNetwork, ...peered].some((vnet) => sameResource(vnet.id, subnet.virtualNetwork.id));
    if (!near) return [];
    return splitKnown(endpoint.ipAddresses).known.map(
      (address): Route => ({
        source: "Default",
        nextHopType: "InterfaceEndpoint",
        prefix: { base: address, length: 32 },
        certain: addressSpaceOf(address),
        possible: addressSpaceOf(address),
        origin: `private endpoint "${endpoint.name}"`,
      }),
    );
  });
}

/** The service tag whose prefixes a service endpoint routes to the backbone. */
const tagOfService: Readonly<Record<string, string>> = {
  "microsoft.storage": "Storage",
  "microsoft.storage.global": "Storage",
  "microsoft.sql": "Sql",
  "microsoft.keyvault": "AzureKeyVault",
  "microsoft.servicebus": "ServiceBus",
  "microsoft.eventhub": "EventHub",
  "microsoft.azurecosmosdb": "AzureCosmosDB",
  "microsoft.web": "AppService",
  "microsoft.azureactivedirectory": "AzureActiveDirectory",
  "microsoft.containerregistry": "AzureContainerRegistry",
};

/**
 * The routes of the subnet's service endpoints; nothing overrides them. An endpoint that names regions covers the regional tags.
 */
export function serviceEndpointRoutes(
  network: Network,
  place: SubnetPlace,
  destinationTags: readonly string[],
): readonly Route[] {
  return place.subnet.serviceEndpoints.flatMap((endpoint): readonly Route[] => {
    const service = isUnknown(endpoint) ? undefined : tagOfService[endpoint.service.toLowerCase()];
    if (isUnknown(endpoint) || service === undefined) {
      const reason = isUnknown(endpoint) ? endpoint.unknown : `what "${endpoint.service}" covers is not known`;
      return [{ ...overBackbone, certain: noIntervals, possible: publicAddresses, reason }];
    }
    const regions = endpoint.locations.filter((location) => location !== "*");
    const tags = regions.length === 0 ? [service] : regions.map((region) => `${service}.${region}`);
    return tags.flatMap((tag) => endpointRoute(network, tag, destinationTags));
  });
}

const overBackbone = { source: "Default", nextHopType: "VirtualNetworkServiceEndpoint" } as const;

function endpointRoute(network: Network, tag: string, destinationTags: readonly string[]): readonly Route[] {
  if (destinationTags.some((member) => tagIncludes(tag, member))) {
    return [{ ...overBackbone, tag, certain: everyAddress, possible: everyAddress }];
  }
  const published = network.reference.serviceTag(tag);
  if (published !== undefined) {
    const space = ipSpaceOf(published.prefixes);
    return [{ ...overBackbone, tag, certain: space, possible: space, resolvedTag: true }];
  }
  if (destinationTags.length > 0 && !destinationTags.some((member) => tagIncludes(member, tag))) return [];
  const reason = `the prefixes of service tag "${tag}" are not known`;
  return [{ ...overBackbone, tag, certain: noIntervals, possible: publicAddresses, reason }];
}

const everyAddress: IpSpace = [0, 2 ** 32];

function spaceRoute(block: Read<Prefix>, hop: Partial<Route> & Pick<Route, "nextHopType">): Route {
  if (isUnknown(block)) {
    return {
      source: "Default",
      ...hop,
      certain: noIntervals,
      possible: ipSpaceOf(privateRanges),
      reason: block.unknown,
    };
  }
  const space = prefixSpace(block);
  return {
    source: "Default",
    ...hop,
    prefix: block,
    certain: space,
    possible: space,
    origin: hop.origin ?? formatPrefix(block),
  };
}
