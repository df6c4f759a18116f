import { sourcesOf } from "../header-space.ts";
import { hasMember } from "../intervals.ts";
import { addressSpaceOf, type IpSpace } from "../ip-space.ts";
import { formatAddress, formatPrefix } from "../prefix.ts";
import { sameResource } from "../resource-id.ts";
import { nextHopNames, type Route } from "../routes/route.ts";
import { coveredText, selectRoutes } from "../routes/select-route.ts";
import { type Network, placeOf, type SubnetPlace, subnetLabel } from "../topology/network.ts";
import { applianceAt, firewallPlace } from "./appliance.ts";
import { assuming, type Packet } from "./packet.ts";
import type { Disposition, Step, Verdict } from "./step.ts";
import { hopCountMax, type Walk } from "./walk.ts";

interface WayBack {
  readonly verdict: Verdict;
  readonly because: string;
  readonly steps: readonly Step[];
  /** @default "AsymmetricReturn" */
  readonly disposition?: Disposition;
}

/**
 * Follows the answer of a delivered packet back to where the flow started. Every stateful hop that saw the flow must see the
 * answer, and none that did not: a firewall drops what belongs to no connection that it knows.
 */
export function checkReturn(walk: Walk, packet: Packet, place: SubnetPlace): readonly Packet[] {
  if (walk.origin.kind === "elsewhere") return [packet];
  return [answered(packet, backLegByLeg(walk, packet, place, [...packet.stateful].reverse()))];
}

/**
 * The way back of a flow that left for the Internet: the answer comes to the firewall that sent it, if there is one, and goes on
 * from there.
 */
export function checkReturnFromInternet(walk: Walk, packet: Packet): Packet {
  const [last, ...others] = [...packet.stateful].reverse();
  const found = last === undefined ? undefined : walk.network.find("azureFirewalls", last);
  const place = found?.kind === "found" ? firewallPlace(walk.network, found.resource) : undefined;
  return answered(packet, backLegByLeg(walk, packet, place, others));
}

/** Every leg in turn, the last first; a leg without a place is one that Azure brings back by itself. */
function backLegByLeg(
  walk: Walk,
  packet: Packet,
  place: SubnetPlace | undefined,
  expected: readonly string[],
): WayBack {
  const steps: Step[] = [];
  const last = {
    place,
    stateful: [...expected].reverse(),
    ...(packet.source === undefined ? {} : { source: packet.source }),
  };
  for (const leg of [last, ...[...packet.legs].reverse()]) {
    if (leg.place === undefined) continue;
    const target = leg.source === undefined ? sourcesOf(packet.space) : addressSpaceOf(leg.source);
    const back = wayBack(walk, leg.place, target, [...leg.stateful].reverse(), leg.source !== undefined, 0);
    steps.push(...back.steps);
    if (back.verdict !== "Allow") return { ...back, steps };
  }
  return { verdict: "Allow", because: "", steps };
}

function answered(packet: Packet, back: WayBack): Packet {
  const next = { ...packet, returnSteps: back.steps };
  if (back.verdict === "Allow") return next;
  if (back.verdict === "Unknown") {
    return { ...next, doubt: packet.doubt ?? { disposition: "InsufficientInfo", because: back.because } };
  }
  const disposition = back.disposition ?? "AsymmetricReturn";
  if (packet.denied !== undefined) return next;
  return { ...next, denied: { disposition, because: back.because }, end: disposition };
}

function wayBack(
  walk: Walk,
  place: SubnetPlace,
  target: IpSpace,
  expected: readonly string[],
  translated: boolean,
  depth: number,
): WayBack {
  if (depth > hopCountMax) return { verdict: "Deny", because: "the way back loops", steps: [] };
  const ways = selectRoutes(walk.network, place, target, []).map((choice): WayBack => {
    if (choice.route === undefined) {
      const because = `the way back from subnet "${place.subnet.name}" is not known: ${choice.because}`;
      return { verdict: "Unknown", because, steps: [] };
    }
    const rest = follow(walk, place, choice.destinations, choice.route, expected, translated, depth);
    return { ...rest, steps: [stepOf(place, choice.route, rest.verdict), ...rest.steps] };
  });
  return (
    ways.find((way) => way.verdict === "Deny") ??
    ways.find((way) => way.verdict === "Unknown") ??
    ways[0] ??
    nowhere(place)
  );
}

function follow(
  walk: Walk,
  place: SubnetPlace,
  target: IpSpace,
  route: Route,
  expected: readonly string[],
  translated: boolean,
  depth: number,
): WayBack {
  const end = (verdict: Verdict, because: string): WayBack => ({ verdict, because, steps: [] });
  const label = `the way back from subnet "${place.subnet.name}"`;
  const [missed] = expected;
  switch (route.nextHopType) {
    case "VnetLocal":
    case "VNetPeering":
    case "InterfaceEndpoint":
      if (!translated && walk.origin.kind !== "subnet") return end("Deny", `${label} stays in the virtual network`);
      return missed === undefined
        ? end("Allow", "")
        : end(
            "Deny",
            `${label} goes straight to the source and does not pass firewall "${nameOf(walk.network, missed)}", which saw the flow`,
          );
    case "VirtualNetworkGateway":
      if (route.hubFirewallId !== undefined)
        return end("Unknown", `${label} leads through a virtual hub, which is not modelled`);
      return viaGateway(walk, target, route, expected, translated, depth, label);
    case "Internet":
      return walk.origin.kind === "internet" && missed === undefined && !translated
        ? end("Allow", "")
        : end("Deny", `${label} leads to the Internet`);
    case "VirtualAppliance":
      return throughAppliance(walk, target, route, expected, translated, depth, label);
    default: {
      const because = `${label} is dropped by route ${coveredText(route)} with next hop ${route.nextHopType}`;
      return { verdict: "Deny", because, steps: [], disposition: "NullRouted" };
    }
  }
}

/** Between two virtual networks the answer comes out at the other gateway; on-premises it has arrived. */
function viaGateway(
  walk: Walk,
  target: IpSpace,
  route: Route,
  expected: readonly string[],
  translated: boolean,
  depth: number,
  label: string,
): WayBack {
  const end = (verdict: Verdict, because: string): WayBack => ({ verdict, because, steps: [] });
  const far = route.farGateway?.subnetIds.map((id) => placeOf(walk.network, id)).find((place) => place !== undefined);
  if (far !== undefined) return wayBack(walk, far, target, expected, translated, depth + 1);
  if (walk.origin.kind !== "onPremises" || translated) return end("Deny", `${label} leads to a gateway`);
  const [missed] = expected;
  if (missed === undefined) return end("Allow", "");
  return end(
    "Deny",
    `${label} goes straight to the gateway and does not pass firewall "${nameOf(walk.network, missed)}"`,
  );
}

function throughAppliance(
  walk: Walk,
  target: IpSpace,
  route: Route,
  expected: readonly string[],
  translated: boolean,
  depth: number,
  label: string,
): WayBack {
  const end = (verdict: Verdict, because: string): WayBack => ({ verdict, because, steps: [] });
  const address = route.nextHopIpAddress;
  if (address === undefined) return end("Unknown", `${label} leads to an appliance whose address is not known`);
  if (translated && expected.length === 0 && hasMember(target, address)) return end("Allow", "");
  const appliance = applianceAt(walk.network, address);
  if (appliance.kind !== "firewall") {
    return end("Unknown", `${label} leads to ${formatAddress(address)}, and what it does is not known`);
  }
  const [wanted, ...others] = expected;
  if (wanted === undefined || !sameResource(wanted, appliance.firewall.id)) {
    return end("Deny", `${label} passes firewall "${appliance.firewall.name}", which did not see the flow`);
  }
  return wayBack(walk, appliance.place, target, others, translated, depth + 1);
}

function nowhere(place: SubnetPlace): WayBack {
  return { verdict: "Deny", because: `there is no way back from subnet "${place.subnet.name}"`, steps: [] };
}

function nameOf(network: Network, firewallId: string): string {
  const found = network.find("azureFirewalls", firewallId);
  return found.kind === "found" ? found.resource.name : firewallId;
}

function stepOf(place: SubnetPlace, route: Route, verdict: Verdict): Step {
  return {
    kind: "Route",
    at: subnetLabel(place),
    resourceId: place.id,
    verdict,
    reached: true,
    because: `the answer takes ${coveredText(route)}`,
    route: {
      name: route.name ?? null,
      addressPrefix: route.prefix === undefined ? coveredText(route) : formatPrefix(route.prefix),
      source: route.source,
    },
    nextHop: {
      type: nextHopNames[route.nextHopType],
      azureType: route.nextHopType,
      ipAddress: route.nextHopIpAddress === undefined ? null : formatAddress(route.nextHopIpAddress),
    },
  };
}

/** The way back of a flow that left through a gateway: it enters where the gateway is. */
export function checkReturnFromGateway(
  walk: Walk,
  packet: Packet,
  gateway: SubnetPlace | undefined,
): readonly Packet[] {
  if (gateway === undefined)
    return [assuming(packet, "the way back from the gateway is taken to mirror the way there")];
  return checkReturn(walk, packet, gateway);
}
