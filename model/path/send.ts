import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { intersects, subtract } from "../intervals.ts";
import { formatIpSpace } from "../ip-space.ts";
import { formatAddress, formatPrefix } from "../prefix.ts";
import { nextHopNames, type Route, routeLabel } from "../routes/route.ts";
import { coveredText, type RouteChoice, routesOfSubnet, selectRoutes } from "../routes/select-route.ts";
import { privateAddresses } from "../special-addresses.ts";
import { type Network, placeOf, type SubnetPlace, subnetLabel, virtualNetworkSpace } from "../topology/network.ts";
import type { PeeringView } from "../topology/peerings.ts";
import { crossPeering } from "./cross-peering.ts";
import { deliver } from "./deliver.ts";
import { addressesOf, exitToInternet } from "./egress.ts";
import { assuming, currentSpace, ended, type Judgement, judged, narrow, type Packet } from "./packet.ts";
import { checkReturnFromGateway } from "./return-path.ts";
import { throughFirewall } from "./through-firewall.ts";
import { toAppliance } from "./to-appliance.ts";
import type { Departure, Walk } from "./walk.ts";

/** Routes a packet from a subnet and follows each route to its end. The filters of the subnet are not applied here. */
export function send(walk: Walk, packet: Packet, from: Departure): readonly Packet[] {
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
      return toPrivateEndpoint(walk, packet);
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

function toGateway(walk: Walk, packet: Packet, from: Departure, route: Route): readonly Packet[] {
  const { network } = walk;
  if (route.hubFirewallId !== undefined) return throughHub(walk, packet, route);
  const use = route.gateway;
  if (use === undefined) {
    const because = `which gateway ${routeLabel(route, coveredText(route))} leads to, and what it knows, is not modelled`;
    return [
      stopped(
        packet,
        { kind: "Gateway", at: subnetLabel(from.place), because, disposition: "InsufficientInfo" },
        "Unknown",
      ),
    ];
  }
  const { gateway } = use;
  const name = `gateway "${gateway.name}"`;
  const crossed = use.through === undefined ? packet : crossPeering(packet, from.place, use.through, "toGateway");
  const step = judged(crossed, {
    kind: "Gateway",
    at: gateway.name,
    verdict: "Allow",
    because: `${name} knows it from ${route.origin ?? "its routes"}`,
    disposition: "NoRoute",
  });
  const far = route.farGateway?.subnetIds.map((id) => placeOf(network, id)).find((place) => place !== undefined);
  if (far !== undefined) return walk.send(walk, { ...step, fromGateway: true }, { place: far });
  const behind = assuming(ended(step, "ExitsNetwork"), `what lies behind ${name} lets the flow in and answers`);
  const home = gateway.subnetIds.map((id) => placeOf(network, id)).find((place) => place !== undefined);
  return checkReturnFromGateway(walk, behind, home);
}

function throughHub(walk: Walk, packet: Packet, route: Route): readonly Packet[] {
  const firewall = walk.network.find("azureFirewalls", route.hubFirewallId);
  if (firewall.kind === "found") return throughFirewall(walk, packet, firewall.resource, undefined);
  const because = firewall.kind === "missing" ? firewall.because : "the next hop of a routing policy is not known";
  return [
    stopped(
      packet,
      { kind: "Gateway", at: route.origin ?? "virtual hub", because, disposition: "InsufficientInfo" },
      "Unknown",
    ),
  ];
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

function toPrivateEndpoint(walk: Walk, packet: Packet): readonly Packet[] {
  const homes = walk.network.estate.privateEndpoints.map((endpoint) => placeOf(walk.network, endpoint.subnetId));
  const wanted = destinationsOf(currentSpace(packet));
  const home = homes.find(
    (place) => place !== undefined && intersects(virtualNetworkSpace(place.virtualNetwork), wanted),
  );
  return home === undefined ? [ended(packet, "Delivered")] : deliver(walk, packet, home.virtualNetwork);
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
  if (from.firewallId !== undefined) return [...dropped, firewallEgress(walk.network, rest, from.firewallId)];
  const destinationTags = packet.destination === undefined ? walk.destinationTags : [];
  return [...dropped, exitToInternet(walk.network, rest, from.place, from.networkInterface, destinationTags)];
}

function firewallEgress(network: Network, packet: Packet, firewallId: string): Packet {
  const found = network.find("azureFirewalls", firewallId);
  const firewall = found.kind === "found" ? found.resource : undefined;
  const name = firewall?.name ?? firewallId;
  const ids = (firewall?.ipConfigurations ?? []).flatMap((each) =>
    each.publicIpAddressId === undefined ? [] : [each.publicIpAddressId],
  );
  const base = { kind: "Egress", at: name, disposition: "NoEgress" } as const;
  if (ids.length === 0) {
    return ended(
      judged(packet, {
        ...base,
        verdict: "Deny",
        because: `firewall "${name}" has no public IP address`,
        egress: { via: "none", publicIpAddresses: [] },
      }),
      "NoEgress",
    );
  }
  const egress = { via: "firewall", publicIpAddresses: addressesOf(network, ids) };
  return ended(
    judged(packet, {
      ...base,
      verdict: "Allow",
      because: `leaves by a public IP address of firewall "${name}"`,
      egress,
    }),
    "ExitsNetwork",
  );
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
