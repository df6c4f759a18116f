import type { VirtualNetwork, VirtualNetworkPeering } from "../../../model/estate/virtual-network.ts";
import { hasMember } from "../../../model/intervals.ts";
import { isUnknown, type Read } from "../../../model/read.ts";
import { routesOfSubnet } from "../../../model/routes/select-route.ts";
import { gatewaysOf } from "../../../model/topology/gateways.ts";
import { type Network, virtualNetworkSpace } from "../../../model/topology/network.ts";
import { type PeeringView, peeringsOf } from "../../../model/topology/peerings.ts";
import type { Design, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { eachVirtualNetwork } from "../each-virtual-network.ts";

/** Azure takes most combinations of flags without a word, and then drops what nobody has allowed. */
export const peeringFlagsConsistent: Rule = {
  name: "peering-flags-consistent",
  pack: "network",
  description: "The flags of the peerings of Cloud PC virtual networks let pass what their routes and gateways need.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering",
  remediation: "Set the flag that the message names, or synchronise the peering.",
  judge: (design) =>
    eachVirtualNetwork(design, (virtualNetwork) => [
      ...peeringsOf(design.network, virtualNetwork).flatMap((view) => observe(design, virtualNetwork, view)),
      ...observeBorrowing(design.network, virtualNetwork),
    ]),
};

function observe(design: Design, virtualNetwork: VirtualNetwork, view: PeeringView): readonly Observation[] {
  const { peering, reverse } = view;
  const both = reverse === undefined ? [peering] : [peering, reverse];
  return [
    ...both.flatMap(({ peeringSyncLevel: level, ...of }) =>
      demand(of, "in sync", level, level === undefined || level === "FullyInSync", {
        message: `peering "${of.name}" is "${String(level)}": addresses that were added since it was synchronised are not routed`,
        remedy: `synchronise peering "${of.name}"`,
      }),
    ),
    ...both.flatMap(({ allowVirtualNetworkAccess: access, ...of }) =>
      demand(of, "open", access, access !== false, {
        message: `peering "${of.name}" does not allow virtual network access, so nothing crosses it without a security rule`,
        remedy: `set allowVirtualNetworkAccess of peering "${of.name}" to true`,
      }),
    ),
    ...observeForwarding(design, virtualNetwork, view),
    ...observeGateway(view),
  ];
}

/** What must hold of a peering; `value` is what was read. */
function demand(
  { id, name }: Pick<VirtualNetworkPeering, "id" | "name">,
  what: string,
  value: Read<unknown> | undefined,
  holds: boolean,
  otherwise: Pick<Observation, "message" | "remedy">,
): readonly Observation[] {
  const base = { about: `${name} ${what}`, blamed: subjectOf(id) };
  if (isUnknown(value)) {
    return [
      { ...base, outcome: "undecided", message: `whether peering "${name}" is ${what} is not known: ${value.unknown}` },
    ];
  }
  return holds ? [] : [{ ...base, outcome: "fail", ...otherwise }];
}

/** What an appliance in the peer sends back comes from addresses that are not the peer's: forwarded traffic. */
function observeForwarding(
  { network, cloudPcSubnets }: Design,
  virtualNetwork: VirtualNetwork,
  { peering, remote }: PeeringView,
): readonly Observation[] {
  if (remote === undefined) return [];
  const space = virtualNetworkSpace(remote);
  const route = cloudPcSubnets
    .filter(({ place }) => place.virtualNetwork === virtualNetwork)
    .flatMap(({ place }) => routesOfSubnet(network, place, []).user.routes)
    .find((each) => each.nextHopIpAddress !== undefined && hasMember(space, each.nextHopIpAddress));
  if (route === undefined) return [];
  const flag = peering.allowForwardedTraffic;
  return demand(peering, "open to forwarded traffic", flag, flag === true, {
    message: `peering "${peering.name}" does not allow forwarded traffic, but user route "${route.name ?? ""}" sends Cloud PCs through an appliance of "${remote.name}", whose answers are forwarded`,
    remedy: `set allowForwardedTraffic of peering "${peering.name}" to true`,
  });
}

function observeGateway({ peering, remote }: PeeringView): readonly Observation[] {
  if (peering.useRemoteGateways !== true || remote === undefined) return [];
  const possible =
    remote.subnets.length === 0 || remote.subnets.some(({ name }) => name.toLowerCase() === "gatewaysubnet");
  return demand(peering, "lent a gateway", undefined, possible, {
    message: `peering "${peering.name}" uses the gateway of "${remote.name}", which has no GatewaySubnet and so no gateway`,
    remedy: `set useRemoteGateways of peering "${peering.name}" to false, or give "${remote.name}" a gateway`,
  });
}

/** Azure lends a virtual network one gateway, and none to a network that has its own. */
function observeBorrowing(network: Network, virtualNetwork: VirtualNetwork): readonly Observation[] {
  const borrowing = virtualNetwork.virtualNetworkPeerings.filter((each) => each.useRemoteGateways === true);
  const own = gatewaysOf(network, virtualNetwork).find(({ through }) => through === undefined);
  const [first, second] = borrowing;
  if (first === undefined) return [];
  const base = { outcome: "fail", about: "borrowed gateways", blamed: subjectOf(first.id) } as const;
  const remedy = `set useRemoteGateways of peering "${first.name}" to false`;
  if (own !== undefined) {
    const message = `peering "${first.name}" uses a remote gateway, but "${virtualNetwork.name}" has gateway "${own.gateway.name}" of its own`;
    return [{ ...base, message, remedy }];
  }
  if (second === undefined) return [];
  const message = `peerings "${first.name}" and "${second.name}" of "${virtualNetwork.name}" both use remote gateways; only one may`;
  return [{ ...base, message, remedy }];
}
