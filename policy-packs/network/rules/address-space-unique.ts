import type { VirtualNetwork } from "../../../model/estate/virtual-network.ts";
import { containsPrefix, formatPrefix, type Prefix, prefixesOverlap } from "../../../model/prefix.ts";
import { isUnknown, type Read } from "../../../model/read.ts";
import { sameResource } from "../../../model/resource-id.ts";
import { gatewaysOf, routesOfGateway } from "../../../model/topology/gateways.ts";
import { type Network, refersTo } from "../../../model/topology/network.ts";
import { peeringsOf } from "../../../model/topology/peerings.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { type Subject, subjectOf } from "../../subject.ts";
import { cloudPcVirtualNetworks } from "../each-virtual-network.ts";

/** Azure refuses to peer networks that overlap, and where on-premises overlaps, its hosts are out of reach of every Cloud PC. */
export const addressSpaceUnique: Rule = {
  name: "address-space-unique",
  pack: "network",
  description:
    "The addresses of Cloud PC virtual networks overlap no peer, no network behind a peer and nothing on-premises.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/architecture/example-scenario/wvd/windows-365-azure-network-connection",
  remediation: "Give the virtual network addresses that nothing it is connected to uses.",
  judge: ({ network, cloudPcSubnets }) =>
    cloudPcVirtualNetworks({ network, cloudPcSubnets }).map((virtualNetwork) => judge(network, virtualNetwork)),
};

/** Addresses of something that the virtual network is connected to. */
interface Neighbour {
  readonly label: string;
  readonly block: Read<Prefix>;
  readonly blamed?: Subject;
  /** A route of a gateway, which may sum up longer ones. */
  readonly isRoute?: true;
}

function judge(network: Network, virtualNetwork: VirtualNetwork): Check {
  const neighbours = [
    ...peers(network, virtualNetwork),
    ...aroundHubs(network, virtualNetwork),
    ...onPremises(network, virtualNetwork),
  ];
  const summaries = neighbours.filter((neighbour) => isSummary(neighbour, virtualNetwork));
  const learning = gatewaysOf(network, virtualNetwork).flatMap(({ gateway }) =>
    routesOfGateway(network, gateway).mayLearnMore === undefined ? [] : [gateway.name],
  );
  return {
    subject: subjectOf(virtualNetwork.id),
    observations: neighbours.flatMap((neighbour) => observe(virtualNetwork, neighbour)),
    assumptions: [
      ...summaries.map(
        ({ label }) => `nothing behind ${label} uses addresses of virtual network "${virtualNetwork.name}"`,
      ),
      ...learning.map((name) => `what gateway "${name}" learns overlaps no addresses of "${virtualNetwork.name}"`),
    ],
  };
}

/** Peers, and the peers of peers: a firewall or gateway between them can tell two networks with the same addresses not apart. */
function peers(network: Network, virtualNetwork: VirtualNetwork): readonly Neighbour[] {
  const direct = peeringsOf(network, virtualNetwork);
  const near = direct.flatMap(({ name, remote, peering, addressSpace }) =>
    (remote?.addressSpace ?? addressSpace).map((block) => ({
      label: remote === undefined ? `the remote network of peering "${name}"` : `peer "${remote.name}"`,
      block,
      blamed: subjectOf(peering.id),
    })),
  );
  const known = new Set([virtualNetwork, ...direct.flatMap(({ remote }) => remote ?? [])]);
  const far = direct.flatMap(({ remote }) =>
    remote === undefined
      ? []
      : peeringsOf(network, remote).flatMap((view) => {
          const { remote: other } = view;
          if (other === undefined || known.has(other) || sameResource(other.id, virtualNetwork.id)) return [];
          known.add(other);
          return other.addressSpace.map((block) => ({
            label: `virtual network "${other.name}" behind peer "${remote.name}"`,
            block,
          }));
        }),
  );
  return [...near, ...far];
}

/** A virtual hub routes between everything that is connected to it. */
function aroundHubs(network: Network, virtualNetwork: VirtualNetwork): readonly Neighbour[] {
  return network.estate.virtualHubs.flatMap(({ id, name, addressPrefix, connections }): readonly Neighbour[] => {
    if (!connections.some((each) => refersTo(each.remoteVirtualNetworkId, virtualNetwork.id))) return [];
    const hub = `virtual hub "${name}"`;
    const spokes = connections.flatMap(({ remoteVirtualNetworkId: spokeId }) => {
      const spoke = isUnknown(spokeId) ? undefined : network.virtualNetworks.find(spokeId);
      if (spoke === undefined || spoke === virtualNetwork) return [];
      return spoke.addressSpace.map((block) => ({ label: `virtual network "${spoke.name}" on ${hub}`, block }));
    });
    const own = addressPrefix === undefined ? [] : [{ label: hub, block: addressPrefix, blamed: subjectOf(id) }];
    return [...own, ...spokes];
  });
}

function onPremises(network: Network, virtualNetwork: VirtualNetwork): readonly Neighbour[] {
  return gatewaysOf(network, virtualNetwork).flatMap(({ gateway }) =>
    routesOfGateway(network, gateway).routes.map(({ prefix, because }) => ({
      label: `${formatPrefix(prefix)} behind gateway "${gateway.name}" (${because})`,
      block: prefix,
      blamed: subjectOf(gateway.id),
      isRoute: true,
    })),
  );
}

/** A route that holds the whole network and more is a summary, such as 10.0.0.0/8: the longer prefix wins, and nothing need overlap. */
function isSummary({ block, isRoute }: Neighbour, { addressSpace }: VirtualNetwork): boolean {
  if (!isRoute || isUnknown(block) || block.length === 0) return false;
  return addressSpace.some((own) => !isUnknown(own) && own.length > block.length && containsPrefix(block, own));
}

function observe(virtualNetwork: VirtualNetwork, neighbour: Neighbour): readonly Observation[] {
  const { label, block, blamed, isRoute } = neighbour;
  const { name, addressSpace } = virtualNetwork;
  const base = { about: label, ...(blamed === undefined ? {} : { blamed }) };
  return addressSpace.flatMap((own): readonly Observation[] => {
    const open = [own, block].find(isUnknown);
    if (isUnknown(own) || isUnknown(block)) {
      const message = `whether virtual network "${name}" overlaps ${label} is not known: ${open?.unknown ?? ""}`;
      return [{ ...base, outcome: "undecided", message }];
    }
    if (!prefixesOverlap(own, block) || (isRoute && own.length > block.length)) return [];
    const other = isRoute ? label : `${formatPrefix(block)} of ${label}`;
    const message = `${formatPrefix(own)} of virtual network "${name}" overlaps ${other}`;
    return [{ ...base, outcome: "fail", message, remedy: `give virtual network "${name}" other addresses` }];
  });
}
