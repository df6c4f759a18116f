import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { intersect, subtract } from "../intervals.ts";
import { prefixSpace } from "../ip-space.ts";
import type { Route } from "../routes/route.ts";
import { privateAddresses, publicAddresses } from "../special-addresses.ts";
import { type GatewayUse, gatewaysOf, missingGateway, routesOfGateway } from "../topology/gateways.ts";
import { placeOf, type SubnetPlace, subnetLabel } from "../topology/network.ts";
import { crossPeering } from "./cross-peering.ts";
import { assuming, currentSpace, ended, type Judgement, judged, narrow, type Packet } from "./packet.ts";
import { checkReturnFromGateway } from "./return-path.ts";
import { throughFirewall } from "./through-firewall.ts";
import type { Departure, Walk } from "./walk.ts";

/** Sends a packet where a route names a gateway: that of a learnt route, the one a user route means, or a virtual hub. */
export function toGateway(walk: Walk, packet: Packet, from: Departure, route: Route): readonly Packet[] {
  if (route.hubFirewallId !== undefined) return throughHub(walk, packet, route);
  if (route.gateway === undefined) return byUserRoute(walk, packet, from.place);
  return leaveBy(walk, packet, from.place, route.gateway, { ...route, isDefault: route.prefix?.length === 0 });
}

/**
 * A user route names "the" gateway of the network. It works for gateways of type Vpn, and not beside ExpressRoute.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined (page of 2023-05-27, read 2026-11-21)
 */
function byUserRoute(walk: Walk, packet: Packet, place: SubnetPlace): readonly Packet[] {
  const { network } = walk;
  const { virtualNetwork } = place;
  const at = subnetLabel(place);
  const uses = gatewaysOf(network, virtualNetwork);
  const missing = missingGateway(network, virtualNetwork);
  const stop = (verdict: "Deny" | "Unknown", because: string, part: Packet = packet): Packet =>
    stopped(
      part,
      { kind: "Gateway", at, because, disposition: verdict === "Deny" ? "NoRoute" : "InsufficientInfo" },
      verdict,
    );
  if (missing !== undefined) return [stop("Unknown", missing.unknown)];
  const [use, other] = uses;
  if (use === undefined)
    return [stop("Deny", `virtual network "${virtualNetwork.name}" has no virtual network gateway to use`)];
  if (uses.some(({ gateway }) => gateway.gatewayType !== "Vpn"))
    return [stop("Deny", "a user route can name a gateway of type Vpn only, and not where ExpressRoute coexists")];
  if (other !== undefined) return [stop("Unknown", "which of several gateways a user route leads to is not modelled")];
  return byKnowledge(walk, packet, place, use, (part, because, verdict) => stop(verdict, because, part));
}

type Stop = (part: Packet, because: string, verdict: "Deny" | "Unknown") => Packet;

/** Cuts the packet by what the gateway knows: each prefix, the longest first, and the rest. */
function byKnowledge(walk: Walk, packet: Packet, place: SubnetPlace, use: GatewayUse, stop: Stop): readonly Packet[] {
  const { routes, mayLearnMore } = routesOfGateway(walk.network, use.gateway);
  let left = destinationsOf(currentSpace(packet));
  const parts: Packet[] = [];
  for (const route of [...routes].sort((a, b) => b.prefix.length - a.prefix.length)) {
    const known = intersect(left, prefixSpace(route.prefix));
    const part = narrow(packet, headerSpaceOf({ destination: known }));
    if (part === undefined) continue;
    left = subtract(left, known);
    const origin = { origin: route.because, isDefault: route.prefix.length === 0 };
    const far = route.behind === undefined ? {} : { farGateway: route.behind };
    parts.push(...leaveBy(walk, part, place, use, { ...origin, ...far }));
  }
  const name = use.gateway.name;
  const outside = narrow(packet, headerSpaceOf({ destination: intersect(left, publicAddresses) }));
  const inside = narrow(packet, headerSpaceOf({ destination: subtract(left, publicAddresses) }));
  if (outside !== undefined) parts.push(...leaveBy(walk, outside, place, use, { isDefault: true }));
  if (inside !== undefined) {
    const nothing = `no connection of gateway "${name}" leads there`;
    parts.push(stop(inside, mayLearnMore?.unknown ?? nothing, mayLearnMore === undefined ? "Deny" : "Unknown"));
  }
  return parts;
}

/** What makes a gateway know a destination. */
interface Knowledge extends Pick<Route, "farGateway" | "origin"> {
  /** Only a default route covers it, so what is public goes on from on premises. */
  readonly isDefault: boolean;
}

function leaveBy(
  walk: Walk,
  packet: Packet,
  place: SubnetPlace,
  { gateway, through }: GatewayUse,
  { farGateway, origin, isDefault }: Knowledge,
): readonly Packet[] {
  const { network } = walk;
  const name = `gateway "${gateway.name}"`;
  const crossed = through === undefined ? packet : crossPeering(packet, place, through, "toGateway");
  const base = { kind: "Gateway", at: gateway.name, disposition: "NoRoute" } as const;
  const because = `${name} knows it from ${origin ?? "its routes"}`;
  const far = farGateway?.subnetIds.map((id) => placeOf(network, id)).find((one) => one !== undefined);
  if (far !== undefined) {
    return walk.send(
      walk,
      { ...judged(crossed, { ...base, verdict: "Allow", because }), fromGateway: true },
      { place: far },
    );
  }
  const home = gateway.subnetIds.map((id) => placeOf(network, id)).find((one) => one !== undefined);
  const beyond = isDefault ? narrow(crossed, headerSpaceOf({ destination: publicAddresses })) : undefined;
  const there = isDefault ? narrow(crossed, headerSpaceOf({ destination: privateAddresses })) : crossed;
  const open = beyond && judged(beyond, { ...base, verdict: "Unknown", because: onwards(gateway.name) });
  const steps = [open, there && judged(there, { ...base, verdict: "Allow", because })].filter(
    (one) => one !== undefined,
  );
  const assumption = `what lies behind ${name} lets the flow in and answers`;
  return steps.flatMap((step) => checkReturnFromGateway(walk, assuming(ended(step, "ExitsNetwork"), assumption), home));
}

function onwards(gateway: string): string {
  return `what the on-premises network behind gateway "${gateway}" does with Internet traffic is not in the input`;
}

function throughHub(walk: Walk, packet: Packet, route: Route): readonly Packet[] {
  const firewall = walk.network.find("azureFirewalls", route.hubFirewallId);
  if (firewall.kind === "found") return throughFirewall(walk, packet, firewall.resource, undefined);
  const because = firewall.kind === "missing" ? firewall.because : "the next hop of a routing policy is not known";
  const at = route.origin ?? "virtual hub";
  return [stopped(packet, { kind: "Gateway", at, because, disposition: "InsufficientInfo" }, "Unknown")];
}

function stopped(packet: Packet, step: Omit<Judgement, "verdict">, verdict: "Deny" | "Unknown"): Packet {
  return ended(judged(packet, { ...step, verdict }), step.disposition);
}
