import { covers } from "../intervals.ts";
import { isUnknown } from "../read.ts";
import { type SubnetPlace, virtualNetworkSpace } from "../topology/network.ts";
import type { PeeringView } from "../topology/peerings.ts";
import { assuming, currentSpace, judged, type Packet } from "./packet.ts";

/**
 * The step of crossing a peering. Without virtual network access the peer leaves the tag VirtualNetwork, and only traffic that a user's
 * rule allows still flows; Microsoft does not say whether that holds for a gateway's traffic. Flags: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering, read 2026-11-20.
 */
export function crossPeering(
  packet: Packet,
  place: SubnetPlace,
  view: PeeringView,
  way: "plain" | "fromGateway" | "toGateway" = "plain",
): Packet {
  const [there, back] = [view.peering, view.reverse];
  const base = { kind: "Peering", at: view.name, disposition: "NoRoute" } as const;
  const sources = currentSpace(packet).map((box) => box.source);
  const own = virtualNetworkSpace(place.virtualNetwork);
  const foreign = sources.some((source) => !covers(own, source));
  if (
    way === "fromGateway" &&
    foreign &&
    back !== undefined &&
    (back.useRemoteGateways !== true || there.allowGatewayTransit !== true)
  ) {
    const because = `"${view.remote?.name ?? ""}" does not use the gateway through peering "${view.name}"`;
    return judged(packet, { ...base, verdict: "Deny", because });
  }
  const forwarded = foreign && way === "plain";
  const access = [there.allowVirtualNetworkAccess, back?.allowVirtualNetworkAccess];
  const closed = access.includes(false);
  const open = [...access, forwarded ? (back?.allowForwardedTraffic ?? false) : true].find(
    (each) => each !== undefined && isUnknown(each),
  );
  if (forwarded && back !== undefined && (back.allowForwardedTraffic ?? false) === false) {
    const because = `peering "${back.name}" of "${view.remote?.name ?? ""}" does not allow forwarded traffic`;
    return judged(packet, { ...base, verdict: "Deny", because });
  }
  const explicit = packet.steps.some(
    (step) => step.kind === "SecurityRules" && step.verdict === "Allow" && step.rule?.default === false,
  );
  if (closed && !(explicit && way === "plain")) {
    const because = `peering "${view.name}" does not allow virtual network access; traffic may still flow where a security rule names it`;
    return judged(packet, { ...base, verdict: "Unknown", because });
  }
  if (open !== undefined && isUnknown(open))
    return judged(packet, { ...base, verdict: "Unknown", because: open.unknown });
  const step = judged(packet, { ...base, verdict: "Allow", because: `peering "${view.name}" is connected` });
  return assuming(step, view.because);
}
