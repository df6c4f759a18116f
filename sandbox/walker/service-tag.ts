import type { Estate } from "./estate.ts";
import { gatewayPrefixes, gatewaysFor } from "./gateway.ts";
import type { Block } from "./ipv4.ts";
import { contains, containsAny, isPublic, metadataServer, wireServer } from "./ipv4.ts";
import type { Membership } from "./membership.ts";
import { certainly } from "./membership.ts";
import { linksOf } from "./peering.ts";
import { userRoutes } from "./route-table.ts";
import { hubOf, hubPrefixes } from "./virtual-hub.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/**
 * Whether an address belongs to a service tag, read at a subnet: `VirtualNetwork` and `Internet` differ from network to network.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags (read 2026-11-21)
 */
export function inServiceTag(estate: Estate, subnet: Subnet, tag: string, address: number): Membership {
  switch (tag.toLowerCase()) {
    case "virtualnetwork":
      return inVirtualNetworkTag(estate, subnet, address);
    case "internet":
      // "Outside the virtual network and reachable by the public internet", Azure's own public addresses included.
      return certainly(isPublic(address) && !containsAny(connectedSpace(estate, subnet), address));
    case "azureloadbalancer":
      return certainly(address === wireServer);
    case "azureplatformdns":
      return certainly(address === wireServer);
    case "azureplatformimds":
      return certainly(address === metadataServer);
    default:
      return inPublishedTag(estate, tag, address);
  }
}

/** Whether an address belongs to a tag of Microsoft's published table. Published tags hold public addresses only. */
export function inPublishedTag(estate: Estate, tag: string, address: number): Membership {
  if (!isPublic(address)) {
    return "no";
  }
  const blocks = estate.serviceTag(tag);
  return blocks === undefined
    ? { maybe: `the content of service tag "${tag}" is not known` }
    : certainly(containsAny(blocks, address));
}

/** Address space of the network, its peers and what its gateways and hub connect. */
function connectedSpace(estate: Estate, subnet: Subnet): readonly Block[] {
  return estate.remember(`connectedSpace ${subnet.id}`, () => {
    const home = homeOf(estate, subnet);
    const hub = hubOf(estate, home);
    return [
      ...home.addressSpace,
      ...linksOf(estate, home)
        .filter((link) => link.peering.allowVirtualNetworkAccess)
        .flatMap((link) => link.prefixes),
      ...gatewaysFor(estate, home).flatMap((gateway) => gatewayPrefixes(estate, gateway)),
      ...(hub === undefined ? [] : hubPrefixes(estate, hub, home)),
    ].filter((prefix) => prefix.length > 0);
  });
}

/**
 * VirtualNetwork: the network, connected on-premises space, peers, the host's virtual address and the prefixes of user routes;
 * it "might also contain default routes", which the page leaves at that.
 */
function inVirtualNetworkTag(estate: Estate, subnet: Subnet, address: number): Membership {
  if (address === wireServer || containsAny(connectedSpace(estate, subnet), address)) {
    return "yes";
  }
  const routes = userRoutes(estate, subnet);
  if (routes.some((route) => route.tagRank === 0 && route.prefix.length > 0 && contains(route.prefix, address))) {
    return "yes";
  }
  if (routes.some((route) => route.tagRank > 0 && (!route.certain || contains(route.prefix, address)))) {
    return {
      maybe: "the page does not say whether VirtualNetwork holds the prefixes of a service tag that a user route names",
    };
  }
  const home = homeOf(estate, subnet);
  const hub = hubOf(estate, home);
  const hasDefaultRoute =
    routes.some((route) => route.prefix.length === 0) ||
    gatewaysFor(estate, home).some((gateway) =>
      gatewayPrefixes(estate, gateway).some((prefix) => prefix.length === 0),
    ) ||
    (hub !== undefined && hubPrefixes(estate, hub, home).some((prefix) => prefix.length === 0));
  const silent = gatewaysFor(estate, home).find((gateway) => gateway.learned === undefined);
  if (silent !== undefined && !isPublic(address)) {
    return { maybe: `the routes that gateway "${silent.name}" learnt by BGP are not in the input` };
  }
  return hasDefaultRoute
    ? { maybe: 'VirtualNetwork "might also contain default routes", and this subnet has one' }
    : "no";
}
