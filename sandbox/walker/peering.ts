import type { Estate } from "./estate.ts";
import type { Block } from "./ipv4.ts";
import type { Peering, VirtualNetwork } from "./virtual-network.ts";
import { virtualNetworkById } from "./virtual-network.ts";

/** A peering that carries traffic, and the remote ranges that are routed through it. */
export interface Link {
  readonly peering: Peering;
  readonly remote: VirtualNetwork | undefined;
  readonly prefixes: readonly Block[];
}

/**
 * Peerings of a network that are up. A peering works only when both directions exist and are Connected; a range that was added
 * to the remote network later is routed only after the peering was synchronised.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering (read 2026-11-21)
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview (read 2026-11-21)
 */
export function linksOf(estate: Estate, network: VirtualNetwork): readonly Link[] {
  return estate.remember(`links ${network.id}`, () =>
    network.peerings.flatMap((peering) => {
      const remote = virtualNetworkById(estate, peering.remote);
      return isConnected(peering, remote, network)
        ? [{ peering, remote, prefixes: peering.remoteAddressSpace ?? remote?.addressSpace ?? [] }]
        : [];
    }),
  );
}

function isConnected(peering: Peering, remote: VirtualNetwork | undefined, network: VirtualNetwork): boolean {
  const isUp = peering.state === undefined || peering.state === "Connected";
  if (!isUp || !peering.completeVirtualNetworks) {
    return false;
  }
  const back = remote?.peerings.find((candidate) => candidate.remote === network.id);
  return remote === undefined ? peering.state === "Connected" : back !== undefined && back.state !== "Disconnected";
}

/** The working peering from one network to another. */
export function linkBetween(estate: Estate, from: VirtualNetwork, to: VirtualNetwork): Link | undefined {
  return linksOf(estate, from).find((link) => link.remote?.id === to.id);
}

/** How a crossing of a peering ends. */
export type Crossing =
  | { readonly crosses: true; readonly doubt: string | undefined }
  | { readonly crosses: false; readonly because: string };

/**
 * Whether a new connection may cross from one peered network into another.
 *
 * `allowVirtualNetworkAccess: false` takes the peer out of the VirtualNetwork tag and stops traffic "by default", yet traffic
 * may flow where a security rule allows it explicitly (page of 2023 and later; the page of 2018 said it stops all traffic). Its note
 * says the switch "only changes the definition of the VirtualNetwork service tag", so without such a rule the page leaves it open.
 * `allowForwardedTraffic` of the receiving side is needed for what an appliance forwards and did not originate in its network,
 * but not for what comes through a virtual network gateway.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering#create-a-peering (read 2026-11-21)
 */
export function cross(
  estate: Estate,
  from: VirtualNetwork,
  to: VirtualNetwork,
  how: { readonly forwarded: boolean; readonly explicitlyAllowed: boolean },
): Crossing {
  const out = linkBetween(estate, from, to);
  const back = linkBetween(estate, to, from);
  if (out === undefined || back === undefined) {
    return { crosses: false, because: `no connected peering between "${from.name}" and "${to.name}"` };
  }
  if (how.forwarded && !back.peering.allowForwardedTraffic) {
    return {
      crosses: false,
      because: `peering "${back.peering.name}" of "${to.name}" has allowForwardedTraffic false, so forwarded traffic does not enter`,
    };
  }
  return { crosses: true, doubt: how.explicitlyAllowed ? undefined : closedLink(estate, from, to) };
}

/** Why a peering may stop what no security rule of the user allows; undefined where both sides give access. */
export function closedLink(estate: Estate, from: VirtualNetwork, to: VirtualNetwork): string | undefined {
  const closed = [linkBetween(estate, from, to), linkBetween(estate, to, from)].find(
    (link) => link?.peering.allowVirtualNetworkAccess === false,
  );
  return closed === undefined
    ? undefined
    : `peering "${closed.peering.name}" has allowVirtualNetworkAccess false and no security rule of the user allows the traffic`;
}
