import type { Basis } from "../basis.ts";
import type { Reference } from "../estate/resource.ts";
import { headerSpaceOf, protocolsOf } from "../header-space.ts";
import { hasMember, subtract } from "../intervals.ts";
import { allAddresses, type IpSpace, ipSpaceOf } from "../ip-space.ts";
import { formatAddress } from "../prefix.ts";
import { type Protocol, protocols } from "../protocol.ts";
import { isUnknown, knownOr } from "../read.ts";
import { type InterfacePlace, type Network, refersTo, type SubnetPlace } from "../topology/network.ts";
import { assuming, currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import type { Verdict } from "./step.ts";

interface Egress {
  readonly via: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly publicIpAddresses: readonly string[];
  readonly assumption?: string;
  readonly basis?: Basis;
}

/**
 * Leaves the virtual network for the Internet. Of what a subnet may have, the first decides: NAT gateway, public IP of the
 * instance, outbound rule of a load balancer, default outbound access
 * (https://learn.microsoft.com/azure/nat-gateway/nat-overview, read 2026-11-20). A private subnet has no default
 * (https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access, read 2026-11-20).
 */
export function exitToInternet(
  network: Network,
  packet: Packet,
  place: SubnetPlace,
  networkInterface: InterfacePlace | undefined,
  destinationTags: readonly string[],
): readonly Packet[] {
  const carried = protocols.filter((_, index) => hasMember(protocolsOf(currentSpace(packet)), index));
  const found = egressOf(network, place, networkInterface, carried);
  const storage = found.via === "none" ? regionalStorage(network, place) : undefined;
  if (storage === undefined) return [leave(packet, place, found, destinationTags)];
  const near = narrow(packet, headerSpaceOf({ destination: storage.space }));
  const rest = narrow(packet, headerSpaceOf({ destination: subtract(allAddresses, storage.space) }));
  return [
    ...(near === undefined ? [] : [leave(near, place, storage, [])]),
    ...(rest === undefined ? [] : [leave(rest, place, found, destinationTags)]),
  ];
}

function leave(packet: Packet, place: SubnetPlace, found: Egress, destinationTags: readonly string[]): Packet {
  const { via, publicIpAddresses, because, basis } = found;
  const excused = found.verdict === "Deny" && destinationTags.some((tag) => /^storage(\.|$)/i.test(tag));
  const step = {
    kind: "Egress",
    at: place.subnet.name,
    resourceId: place.id,
    verdict: excused ? "Unknown" : found.verdict,
    because: excused
      ? `${because}; storage accounts of the same region are still reached, which a name does not tell`
      : because,
    disposition: "NoEgress",
    egress: { via, publicIpAddresses },
    ...(basis === undefined ? {} : { basis }),
  } as const;
  return ended(
    judged(assuming(packet, found.assumption), step),
    found.verdict === "Deny" ? "NoEgress" : "ExitsNetwork",
  );
}

/** A private subnet without a way out still reaches the storage accounts of its own region (page of 2025-12-03). */
function regionalStorage(network: Network, place: SubnetPlace): (Egress & { readonly space: IpSpace }) | undefined {
  const location = knownOr(place.virtualNetwork.location, undefined)?.toLowerCase().replaceAll(" ", "");
  const tag = `Storage.${location}`;
  const published = location === undefined ? undefined : network.reference.serviceTag(tag);
  if (published === undefined) return undefined;
  const because = `subnet "${place.subnet.name}" is private, and ${tag} is reached from private subnets too`;
  const space = ipSpaceOf(published.prefixes);
  return { via: "regionalStorage", verdict: "Allow", because, publicIpAddresses: [], basis: "resolvedSnapshot", space };
}

function egressOf(
  network: Network,
  place: SubnetPlace,
  networkInterface: InterfacePlace | undefined,
  carried: readonly Protocol[],
): Egress {
  const label = `subnet "${place.subnet.name}"`;
  const nat = network.find("natGateways", place.subnet.natGatewayId);
  if (nat.kind === "missing") return unclear("natGateway", `the NAT gateway of ${label}: ${nat.because}`);
  if (nat.kind === "found") {
    const { name, publicIpAddressIds, publicIpPrefixIds } = nat.resource;
    const addresses = addressesOf(network, publicIpAddressIds);
    const refused = carried.find((protocol) => protocol !== "Tcp" && protocol !== "Udp");
    if (refused !== undefined) {
      return {
        via: "natGateway",
        verdict: "Deny",
        because: `NAT gateway "${name}" carries TCP and UDP, not ${refused}`,
        publicIpAddresses: addresses,
      };
    }
    if (publicIpAddressIds.length + publicIpPrefixIds.length === 0) {
      return {
        via: "natGateway",
        verdict: "Deny",
        because: `NAT gateway "${name}" has no public IP address`,
        publicIpAddresses: [],
      };
    }
    return {
      via: "natGateway",
      verdict: "Allow",
      because: `leaves by NAT gateway "${name}"`,
      publicIpAddresses: addresses,
    };
  }
  const own = networkInterface?.ipConfiguration.publicIpAddressId;
  if (own !== undefined) {
    if (isUnknown(own)) return unclear("publicIp", own.unknown);
    return {
      via: "publicIp",
      verdict: "Allow",
      because: "leaves by the public IP address of the network interface",
      publicIpAddresses: addressesOf(network, [own]),
    };
  }
  const balancer = balancerEgress(network, networkInterface, carried);
  if (balancer !== undefined) return balancer;
  const access = place.subnet.defaultOutboundAccess;
  if (access !== undefined && isUnknown(access)) return unclear("defaultOutbound", access.unknown);
  if (access === true || (access === false && place.subnet.delegations.length > 0)) {
    return {
      via: "defaultOutbound",
      verdict: "Allow",
      because: `leaves by the default outbound access of ${label}`,
      publicIpAddresses: [],
    };
  }
  if (access === false) {
    return {
      via: "none",
      verdict: "Deny",
      because: `${label} is private and has no NAT gateway, public IP address or outbound rule`,
      publicIpAddresses: [],
    };
  }
  return {
    via: "defaultOutbound",
    verdict: "Allow",
    because: `leaves by the default outbound access of ${label}`,
    publicIpAddresses: [],
    assumption: `defaultOutboundAccess of ${label} is not set, which API versions up to 2026-03-31 take as allowed`,
  };
}

function balancerEgress(
  network: Network,
  networkInterface: InterfacePlace | undefined,
  carried: readonly Protocol[],
): Egress | undefined {
  if (networkInterface === undefined) return undefined;
  const pools = networkInterface.ipConfiguration.loadBalancerBackendAddressPoolIds;
  for (const balancer of network.estate.loadBalancers) {
    const frontends = (ids: readonly Reference[]) =>
      balancer.frontendIpConfigurations.filter((f) => f.subnetId === undefined && ids.some((id) => refersTo(id, f.id)));
    const inPool = (id: Reference | undefined) => pools.some((pool) => !isUnknown(pool) && refersTo(id, pool));
    const carries = (protocol: string) =>
      carried.every((each) => (protocol === "All" ? each === "Tcp" || each === "Udp" : protocol === each));
    const rule = balancer.outboundRules.find(
      (each) => inPool(each.backendAddressPoolId) && carries(String(knownOr(each.protocol, "All"))),
    );
    const implicit = balancer.loadBalancingRules.find(
      (each) =>
        each.disableOutboundSnat !== true &&
        each.backendAddressPoolIds.some(inPool) &&
        carries(String(knownOr(each.protocol, "All"))) &&
        frontends(each.frontendIpConfigurationId === undefined ? [] : [each.frontendIpConfigurationId]).length > 0,
    );
    if (rule === undefined && implicit === undefined) continue;
    const because = `leaves by rule "${(rule ?? implicit)?.name}" of load balancer "${balancer.name}"`;
    const used =
      rule?.frontendIpConfigurationIds ??
      (implicit?.frontendIpConfigurationId ? [implicit.frontendIpConfigurationId] : []);
    const ids = frontends(used).flatMap((frontend) =>
      frontend.publicIpAddressId === undefined ? [] : [frontend.publicIpAddressId],
    );
    return { via: "loadBalancer", verdict: "Allow", because, publicIpAddresses: addressesOf(network, ids) };
  }
  return undefined;
}

/** Public addresses that are known, as text. */
export function addressesOf(network: Network, ids: readonly Reference[]): readonly string[] {
  return ids.flatMap((id) => {
    const found = network.find("publicIPAddresses", id);
    const address = found.kind === "found" ? knownOr(found.resource.ipAddress, undefined) : undefined;
    return address === undefined ? [] : [formatAddress(address)];
  });
}

function unclear(via: string, because: string): Egress {
  return { via, verdict: "Unknown", because, publicIpAddresses: [] };
}
