import type { VirtualNetworkGateway } from "../../../model/estate/gateway.ts";
import { covers, intersects } from "../../../model/intervals.ts";
import { formatIpSpace, type IpSpace, prefixSpace } from "../../../model/ip-space.ts";
import { applianceAt } from "../../../model/path/appliance.ts";
import { formatAddress, formatPrefix } from "../../../model/prefix.ts";
import { type Route, routeLabel } from "../../../model/routes/route.ts";
import { coveredText, routesOfSubnet, selectRoutes } from "../../../model/routes/select-route.ts";
import { gatewaysIn, gatewaysOf, routesOfGateway } from "../../../model/topology/gateways.ts";
import { type Network, type SubnetPlace, subnetLabel } from "../../../model/topology/network.ts";
import { peeringsOf } from "../../../model/topology/peerings.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { askFlow } from "../ask-flow.ts";

/** A gateway in the hub is of no use to a subnet that has no route to it: domain controllers and file servers are then out of reach. */
export const gatewayRoutesReachSubnet: Rule = {
  name: "gateway-routes-reach-subnet",
  pack: "network",
  description:
    "What a gateway knows of on-premises is routed from the Cloud PC subnets to that gateway, directly or through a firewall.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
  remediation:
    "Use the gateway in the peering and let its routes propagate to the subnet, or route on-premises to the firewall.",
  judge: ({ network, cloudPcSubnets }) =>
    cloudPcSubnets.flatMap((subnet): readonly Check[] => {
      const gateways = gatewaysFor(network, subnet);
      if (gateways.length === 0) return [];
      const observations = gateways.flatMap((gateway) => observe(network, subnet.place, gateway));
      return [{ subject: subjectOf(subnet.place.id), observations }];
    }),
};

/** Hybrid join needs every gateway near; other Cloud PCs those that their network says it uses. */
function gatewaysFor(network: Network, { place, kinds }: CloudPcSubnet): readonly VirtualNetworkGateway[] {
  const used = gatewaysOf(network, place.virtualNetwork).map(({ gateway }) => gateway);
  if (!kinds.every(({ joinType }) => joinType === "hybridAzureADJoin")) return used;
  const near = peeringsOf(network, place.virtualNetwork).flatMap(({ remote }) => remote ?? []);
  return [...new Set([...used, ...near.flatMap((peer) => gatewaysIn(network, peer))])];
}

function observe(network: Network, place: SubnetPlace, gateway: VirtualNetworkGateway): readonly Observation[] {
  return routesOfGateway(network, gateway).routes.flatMap(({ prefix }): readonly Observation[] => {
    // A default route is how the gateway tunnels everything, which is not what anybody needs to be reached.
    if (prefix.length === 0) return [];
    const wrong = wayTo(network, place, prefixSpace(prefix));
    if (wrong === undefined) return [];
    const text = formatPrefix(prefix);
    const table = network.find("routeTables", place.subnet.routeTableId);
    const what = `${text} behind gateway "${gateway.name}"`;
    const evidence = askFlow(network, { from: place.id, to: text, protocol: "Tcp" });
    const base = {
      about: `${gateway.name} ${text}`,
      evidence,
      ...(table.kind === "found" ? { blamed: subjectOf(table.resource.id) } : {}),
    };
    if (wrong.open) {
      const message = `whether ${subnetLabel(place)} is routed to ${what} is not known: ${wrong.because}`;
      return [{ ...base, outcome: "undecided", message }];
    }
    const message = `${subnetLabel(place)} is not routed to ${what}: ${wrong.because}`;
    const remedy = `let the routes of gateway "${gateway.name}" reach subnet "${place.subnet.name}", or route ${text} to a firewall that has them`;
    return [{ ...base, outcome: "fail", message, remedy }];
  });
}

/** What keeps some of the destinations from a gateway, `open` where that is not known; `undefined` when nothing does. */
interface WrongWay {
  readonly because: string;
  readonly open: boolean;
}

function wayTo(
  network: Network,
  from: SubnetPlace,
  destinations: IpSpace,
  isBehindFirewall = false,
): WrongWay | undefined {
  const wrong = selectRoutes(network, from, destinations, []).map((choice): WrongWay | undefined => {
    const { route, destinations: part } = choice;
    if (route !== undefined) return wayBy(network, from, part, route, isBehindFirewall);
    const routes = candidates(network, from, part);
    const isEitherWayGood = routes?.every((each) => wayBy(network, from, part, each, isBehindFirewall) === undefined);
    if (isEitherWayGood) return undefined;
    const where = `from subnet "${from.subnet.name}" to ${formatIpSpace(part)}`;
    return { because: `the route ${where}: ${choice.because}`, open: true };
  });
  return wrong.find((way) => way?.open === false) ?? wrong.find((way) => way !== undefined);
}

/** The routes of which one decides, where it is not known which: what a gateway may learn, and what decides if it does not. */
function candidates(network: Network, place: SubnetPlace, destinations: IpSpace): readonly Route[] | undefined {
  const { ordered, user } = routesOfSubnet(network, place, []);
  const possible = ordered.filter((route) => intersects(route.possible, destinations));
  const last = possible.findIndex(({ prefix, certain }) => prefix !== undefined && covers(certain, destinations));
  if (user.missing !== undefined || last < 0) return undefined;
  return possible.filter(({ prefix }, index) => index <= last || prefix === undefined);
}

function wayBy(
  network: Network,
  from: SubnetPlace,
  destinations: IpSpace,
  route: Route,
  isBehindFirewall: boolean,
): WrongWay | undefined {
  if (route.nextHopType === "VirtualNetworkGateway") return undefined;
  const label = routeLabel(route, coveredText(route));
  if (route.nextHopType !== "VirtualAppliance") {
    const where = `from subnet "${from.subnet.name}" to ${formatIpSpace(destinations)}`;
    return { because: `${label} leads ${where} with next hop ${route.nextHopType}`, open: false };
  }
  const address = route.nextHopIpAddress;
  const appliance = address === undefined ? undefined : applianceAt(network, address);
  if (appliance?.kind === "firewall" && !isBehindFirewall) return wayTo(network, appliance.place, destinations, true);
  const name = address === undefined ? "an appliance" : formatAddress(address);
  return { because: `${label} leads to ${name}, and where that sends it is not known`, open: true };
}
