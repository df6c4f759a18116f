import type { VirtualNetwork } from "../../../model/estate/virtual-network.ts";
import { isUnknown } from "../../../model/read.ts";
import { type Network, refersTo } from "../../../model/topology/network.ts";
import { type PeeringView, peeringsOf } from "../../../model/topology/peerings.ts";
import type { Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { eachVirtualNetwork } from "../each-virtual-network.ts";

/** A peering is two resources, and nothing crosses while one of them is missing: what Azure then shows is only "Initiated". */
export const peeringsComplete: Rule = {
  name: "peerings-complete",
  pack: "network",
  description:
    "Every peering of the Cloud PC virtual networks exists in both directions, and both agree on gateway transit.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering",
  remediation: "Create the missing direction, or make the flags of both directions agree.",
  judge: (design) =>
    eachVirtualNetwork(design, (virtualNetwork) => [
      ...peeringsOf(design.network, virtualNetwork).flatMap(observe),
      ...onlyFromOutside(design.network, virtualNetwork),
    ]),
};

function observe(view: PeeringView): readonly Observation[] {
  const { peering, name, connected, because = "", reverse } = view;
  const notInInput = `the other direction of peering "${name}" is not in the input, so whether it exists is not known`;
  const base = { about: name, blamed: subjectOf(peering.id) } as const;
  if (isUnknown(connected)) {
    return [
      {
        ...base,
        outcome: "undecided",
        message: `whether peering "${name}" is connected is not known: ${connected.unknown}`,
      },
    ];
  }
  if (!connected) return [{ ...base, outcome: "fail", message: because }];
  if (reverse === undefined) return [{ ...base, outcome: "undecided", message: notInInput }];
  const { useRemoteGateways: borrows = false } = peering;
  const { allowGatewayTransit: lends = false } = reverse;
  if (borrows === false || lends === true) return [];
  const open = [borrows, lends].find(isUnknown);
  if (open !== undefined) {
    const message = `whether peering "${name}" and its reverse agree on gateway transit is not known: ${open.unknown}`;
    return [{ ...base, outcome: "undecided", message }];
  }
  const message = `peering "${name}" uses the gateway of the other side, but peering "${reverse.name}" does not allow gateway transit`;
  return [
    { ...base, outcome: "fail", message, remedy: `set allowGatewayTransit of peering "${reverse.name}" to true` },
  ];
}

/** Peerings of other virtual networks that lead here, with none leading back. */
function onlyFromOutside({ estate }: Network, virtualNetwork: VirtualNetwork): readonly Observation[] {
  return estate.virtualNetworks.flatMap((other) =>
    other.virtualNetworkPeerings
      .filter(({ remoteVirtualNetworkId }) => refersTo(remoteVirtualNetworkId, virtualNetwork.id))
      .filter(
        () => !virtualNetwork.virtualNetworkPeerings.some((own) => refersTo(own.remoteVirtualNetworkId, other.id)),
      )
      .map((peering) => ({
        outcome: "fail",
        about: peering.name,
        blamed: subjectOf(peering.id),
        message: `peering "${peering.name}" has no peering back from "${virtualNetwork.name}"`,
        remedy: `create a peering from "${virtualNetwork.name}" to "${other.name}"`,
      })),
  );
}
