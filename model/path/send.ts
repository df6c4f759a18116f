import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { intersects, subtract } from "../intervals.ts";
import { allAddresses, formatIpSpace } from "../ip-space.ts";
import { formatAddress, formatPrefix } from "../prefix.ts";
import { sameResource } from "../resource-id.ts";
import { nextHopNames, type Route, routeLabel } from "../routes/route.ts";
import { coveredText, type RouteChoice, routesOfSubnet, selectRoutes } from "../routes/select-route.ts";
import { privateAddresses, undeliverableAddresses } from "../special-addresses.ts";
import { placeOf, type SubnetPlace, subnetLabel, virtualNetworkSpace } from "../topology/network.ts";
import { type PeeringView, peeringsOf } from "../topology/peerings.ts";
import { crossPeering } from "./cross-peering.ts";
import { deliver } from "./deliver.ts";
import { exitToInternet } from "./egress.ts";
import { firewallEgress } from "./firewall-egress.ts";
import { assumingMail } from "./mail-assumption.ts";
import { assuming, currentSpace, ended, type Judgement, judged, narrow, type Packet } from "./packet.ts";
import { checkReturnFromInternet } from "./return-path.ts";
import { toAppliance } from "./to-appliance.ts";
import { toGateway } from "./to-gateway.ts";
import type { Departure, Walk } from "./walk.ts";

/** Routes a packet from a subnet and follows each route to its end. The filters of the subnet are not applied here. */
export function send(walk: Walk, packet: Packet, from: Departure): readonly Packet[] {
  const lost = narrow(packet, headerSpaceOf({ destination: undeliverableAddresses }));
  if (lost === undefined) return route(walk, packet, from);
  const nowhere = formatIpSpace(destinationsOf(currentSpace(lost)));
  const because = `nothing can be sent to ${nowhere}: Azure carries no loopback, link-local, multicast, broadcast or reserved addresses`;
  const dropped = stopped(lost, { kind: "Route", at: subnetLabel(from.place), because, disposition: "NoRoute" });
  const rest = narrow(packet, headerSpaceOf({ destination: subtract(allAddresses, undeliverableAddresses) }));
  return [dropped, ...(rest === undefined ? [] : route(walk, rest, from))];
}

function route(walk: Walk, packet: Packet, from: Departure): readonly Packet[] {
  const { network } = walk;
  const tags = packet.destination === undefined ? walk.destinationTags : [];
  const assumptions = routesOfSubnet(network, from.place, tags).learnt.assumptions;
  const wanted = destinationsOf(currentSpace(packet));
  return selectRoutes(network, from.place, wanted, tags).flatMap((choice) => {
    const part = narrow(packet, headerSpaceOf({ destination: choice.destinations }));
    if (part === undefined) return [];
    const routed = judged(assuming(part, ...assumptions), routeStep(from.place, choice));
    return choice.route === undefined ? [ended(routed, "InsufficientInfo")] : follow(walk, routed, from, choice.route);
  });
}

function follow(walk: Walk, packet: Packet, from: Departure, route: Route): readonly Packet[] {
  switch (route.nextHopType) {
    case "VnetLocal":
      return local(walk, packet, from.place);
    case "VNetPeering":
      return overPeering(walk, packet, from.place, route.peering);
    case "VirtualNetworkGateway":
      return toGateway(walk, packet, from, route);
    case "VirtualNetworkServiceEndpoint":
      return [overServiceEndpoint(packet, from.place)];
    case "InterfaceEndpoint":
      return toPrivateEndpoint(walk, packet, from.place);
    case "VirtualAppliance":
      return toAppliance(walk, packet, from, route);
    case "Internet":
      return toInternet(walk, packet, from);
    case "None":
      return [ended(packet, "NullRouted")];
  }
}

function local(walk: Walk, packet: Packet, place: SubnetPlace): readonly Packet[] {
  const space = virtualNetworkSpace(place.virtualNetwork);
  const outside = subtract(destinationsOf(currentSpace(packet)), space);
  const lost = narrow(packet, headerSpaceOf({ destination: outside }));
  const inside = narrow(packet, headerSpaceOf({ destination: space }));
  const because = `${formatIpSpace(outside)} is not in virtual network "${place.virtualNetwork.name}"`;
  return [
    ...(lost === undefined
      ? []
      : [stopped(lost, { kind: "Route", at: subnetLabel(place), because, disposition: "NoRoute" })]),
    ...(inside === undefined ? [] : deliver(walk, inside, place.virtualNetwork)),
  ];
}

/** Crosses a peering: access on both sides, and forwarded traffic where the source is not of the network it comes from. */
function overPeering(walk: Walk, packet: Packet, place: SubnetPlace, view: PeeringView | undefined): readonly Packet[] {
  if (view === undefined) return [];
  const way = packet.fromGateway === true ? "fromGateway" : "plain";
  const crossed = crossPeering(packet, place, view, way);
  if (view.remote === undefined) {
    const assumption = `what lies behind peering "${view.name}" is not in the input and is taken to let the flow in`;
    return [ended(assuming(crossed, assumption), "Delivered")];
  }
  return deliver(walk, crossed, view.remote);
}

function overServiceEndpoint(packet: Packet, place: SubnetPlace): Packet {
  if (place.subnet.serviceEndpointPolicyIds.length === 0) return ended(packet, "ExitsNetwork");
  const because = "which resources a service endpoint policy allows cannot be told from an address or a name";
  const at = place.subnet.name;
  return ended(
    judged(packet, { kind: "ServiceEndpointPolicy", at, verdict: "Unknown", because, disposition: "InsufficientInfo" }),
    "ExitsNetwork",
  );
}

/** A private endpoint of a peer is behind that peering like any other address of it. */
function toPrivateEndpoint(walk: Walk, packet: Packet, place: SubnetPlace): readonly Packet[] {
  const { network } = walk;
  const wanted = destinationsOf(currentSpace(packet));
  const home = network.estate.privateEndpoints
    .map((endpoint) => placeOf(network, endpoint.subnetId))
    .find((one) => one !== undefined && intersects(virtualNetworkSpace(one.virtualNetwork), wanted))?.virtualNetwork;
  if (home === undefined) return [ended(packet, "Delivered")];
  const view = sameResource(home.id, place.virtualNetwork.id)
    ? undefined
    : peeringsOf(network, place.virtualNetwork).find(
        ({ remote }) => remote !== undefined && sameResource(remote.id, home.id),
      );
  return view === undefined ? deliver(walk, packet, home) : overPeering(walk, packet, place, view);
}

/** Out to the Internet: private addresses do not exist there. */
function toInternet(walk: Walk, packet: Packet, from: Departure): readonly Packet[] {
  const lost = narrow(packet, headerSpaceOf({ destination: privateAddresses }));
  const rest = narrow(packet, headerSpaceOf({ destination: subtract([0, 2 ** 32], privateAddresses) }));
  const because = "the Internet does not know private addresses";
  const dropped =
    lost === undefined
      ? []
      : [stopped(lost, { kind: "Egress", at: subnetLabel(from.place), because, disposition: "NoRoute" })];
  if (rest === undefined) return dropped;
  const destinationTags = packet.destination === undefined ? walk.destinationTags : [];
  const left =
    from.firewallId !== undefined && from.place.subnet.natGatewayId === undefined
      ? [firewallEgress(walk.network, rest, from.firewallId)]
      : exitToInternet(walk.network, rest, from.place, from.networkInterface, destinationTags);
  return [...dropped, ...left.map((each) => checkReturnFromInternet(walk, assumingMail(each)))];
}

function stopped(packet: Packet, step: Omit<Judgement, "verdict">, verdict: "Deny" | "Unknown" = "Deny"): Packet {
  return ended(judged(packet, { ...step, verdict }), step.disposition);
}

function routeStep(place: SubnetPlace, { route, because, basis }: RouteChoice): Judgement {
  const base = { kind: "Route", at: subnetLabel(place), resourceId: place.id, disposition: "NullRouted" } as const;
  if (route === undefined) return { ...base, verdict: "Unknown", because };
  const text =
    route.tag !== undefined && route.prefix !== undefined
      ? `${route.tag} (${formatPrefix(route.prefix)})`
      : coveredText(route);
  const label = routeLabel(route, text);
  const dropped = route.nextHopType === "None";
  return {
    ...base,
    verdict: dropped ? "Deny" : "Allow",
    because: dropped
      ? `${label} drops it in subnet "${place.subnet.name}"`
      : `${label} sends it to ${nextHopNames[route.nextHopType]}`,
    basis,
    route: { name: route.name ?? null, addressPrefix: coveredText(route), source: route.source },
    nextHop: {
      type: nextHopNames[route.nextHopType],
      azureType: route.nextHopType,
      ipAddress: route.nextHopIpAddress === undefined ? null : formatAddress(route.nextHopIpAddress),
    },
  };
}
