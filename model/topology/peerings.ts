import type { VirtualNetwork, VirtualNetworkPeering } from "../estate/virtual-network.ts";
import type { Prefix } from "../prefix.ts";
import { isUnknown, type Read, type Unknown, unknown } from "../read.ts";
import { type Network, refersTo } from "./network.ts";

/** A peering as seen from one side, with what the other side says. */
export interface PeeringView {
  readonly peering: VirtualNetworkPeering;
  /** Absent when the other virtual network is not in the input. */
  readonly remote?: VirtualNetwork;
  /** The other direction, where it is in the input. */
  readonly reverse?: VirtualNetworkPeering;
  /** Whether packets can cross: both directions exist and are connected. */
  readonly connected: boolean | Unknown;
  /** Why it is not connected, or what was taken as given. */
  readonly because?: string;
  /** Prefixes that get a route with next hop VNetPeering. */
  readonly addressSpace: readonly Read<Prefix>[];
  readonly name: string;
}

/**
 * The peerings of a virtual network. Both directions must exist and be `Connected`
 * (https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering, read 2026-11-20); a template has no state,
 * so there the existence of both is what counts.
 */
export function peeringsOf(network: Network, virtualNetwork: VirtualNetwork): readonly PeeringView[] {
  return network.memo("peerings", virtualNetwork.id, () =>
    virtualNetwork.virtualNetworkPeerings.map((peering) => viewPeering(network, virtualNetwork, peering)),
  );
}

function viewPeering(network: Network, local: VirtualNetwork, peering: VirtualNetworkPeering): PeeringView {
  const view = { peering, name: peering.name, addressSpace: peering.remoteAddressSpace };
  if (isUnknown(peering.remoteVirtualNetworkId)) {
    return { ...view, connected: unknown(`the remote network of peering "${peering.name}" is not known`) };
  }
  const found = network.virtualNetworks.find(peering.remoteVirtualNetworkId);
  if (peering.peeringState !== undefined && isUnknown(peering.peeringState)) {
    return { ...view, connected: peering.peeringState };
  }
  if (peering.peeringState !== undefined && peering.peeringState !== "Connected") {
    const because = `peering "${peering.name}" is "${peering.peeringState}", not "Connected"`;
    return { ...view, connected: false, because, ...(found === undefined ? {} : { remote: found }) };
  }
  if (found === undefined || found.inInput === false) {
    const because = `peering "${peering.name}" is taken to be connected: "${peering.remoteVirtualNetworkId}" is not in the input`;
    const reason = unknown(`the address space of "${peering.remoteVirtualNetworkId}" is not in the input`);
    return {
      ...view,
      connected: true,
      because,
      addressSpace: view.addressSpace.length > 0 ? view.addressSpace : [reason],
    };
  }
  const reverse = found.virtualNetworkPeerings.find((other) => refersTo(other.remoteVirtualNetworkId, local.id));
  const base = { ...view, remote: found, addressSpace: routedSpace(found, peering), ...(reverse ? { reverse } : {}) };
  if (reverse === undefined) {
    return peering.peeringState === "Connected"
      ? { ...base, connected: true, because: `the other direction of peering "${peering.name}" is not in the input` }
      : { ...base, connected: false, because: `peering "${peering.name}" has no peering back from "${found.name}"` };
  }
  const back = reverse.peeringState;
  if (back !== undefined && isUnknown(back)) return { ...base, connected: back };
  if (back !== undefined && back !== "Connected") {
    return { ...base, connected: false, because: `peering "${reverse.name}" is "${back}", not "Connected"` };
  }
  return { ...base, connected: true };
}

/** A peering that is not in sync routes only what was last synchronised; the rest is not known to be routed. */
function routedSpace(remote: VirtualNetwork, peering: VirtualNetworkPeering): readonly Read<Prefix>[] {
  if (peering.peerCompleteVnets === false) {
    const names = peering.remoteSubnetNames.map((name) => (isUnknown(name) ? name : name.toLowerCase()));
    return names.flatMap((name) =>
      isUnknown(name)
        ? [name]
        : remote.subnets.filter((subnet) => subnet.name.toLowerCase() === name).flatMap((s) => s.addressPrefixes),
    );
  }
  const level = peering.peeringSyncLevel;
  const inSync = level === undefined || level === "FullyInSync";
  if (inSync) return remote.addressSpace;
  if (peering.remoteAddressSpace.length > 0) return peering.remoteAddressSpace;
  return [unknown(`peering "${peering.name}" is not in sync and its last address space is not in the input`)];
}
