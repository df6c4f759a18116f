import type { FirewallView } from "../firewall/firewall-view.ts";
import { headerSpaceOf, subtractFlows } from "../header-space.ts";
import { protocolsWithPorts } from "../protocol.ts";
import { isUnknown, type Read } from "../read.ts";
import type { SubnetPlace } from "../topology/network.ts";
import { ended, judged, narrow, type Packet } from "./packet.ts";
import { checkReturn } from "./return-path.ts";
import type { Walk } from "./walk.ts";

const dns = headerSpaceOf({ protocol: protocolsWithPorts, destinationPort: [53, 54] });

/**
 * Flows to a firewall's own private address: its DNS proxy answers on port 53, and what is left may meet a DNAT rule, which a
 * firewall of tier Basic has for public addresses only. https://learn.microsoft.com/azure/firewall/dns-settings (page of 2025-05-15)
 * and https://learn.microsoft.com/azure/firewall/tutorial-private-ip-dnat (page of 2025-10-13), read 2026-11-21.
 */
export function atFirewall(
  walk: Walk,
  packet: Packet,
  view: FirewallView,
  place: SubnetPlace | undefined,
): { readonly answered: readonly Packet[]; readonly left?: Packet } {
  const { name, id } = view.firewall;
  const base = { kind: "Firewall", at: name, resourceId: id, rule: null, disposition: "DeniedByFirewall" } as const;
  const deliver = (part: Packet) => {
    const arrived = ended(part, "Delivered");
    return place === undefined ? [arrived] : checkReturn(walk, arrived, place);
  };
  if (walk.reachOnly) return { answered: deliver(packet) };
  const proxy = proxyOf(view);
  const query = proxy === false ? undefined : narrow(packet, dns);
  const answered: Packet[] = [];
  if (query !== undefined && isUnknown(proxy)) {
    const because = `whether the DNS proxy of firewall "${name}" answers is not known: ${proxy.unknown}`;
    answered.push(...deliver(judged(query, { ...base, verdict: "Unknown", because })));
  } else if (query !== undefined) {
    const because = `the DNS proxy of firewall "${name}" answers on its own address`;
    answered.push(...deliver(judged(query, { ...base, verdict: "Allow", because })));
  }
  const space = query === undefined ? packet.space : subtractFlows(packet.space, query.space);
  if (space.length === 0) return { answered };
  const left = { ...packet, space };
  if (view.tier === "Basic") {
    const because = `firewall "${name}" of tier Basic answers nothing on its private address`;
    return { answered: [...answered, ended(judged(left, { ...base, verdict: "Deny", because }), "DeniedByFirewall")] };
  }
  if (!isUnknown(view.tier)) return { answered, left };
  const because = `whether firewall "${name}" translates what comes to its private address is not known: ${view.tier.unknown}`;
  return { answered, left: judged(left, { ...base, verdict: "Unknown", because }) };
}

function proxyOf({ dnsProxy, tier }: FirewallView): Read<boolean> {
  if (dnsProxy === false || tier === "Basic") return false;
  return isUnknown(dnsProxy) ? dnsProxy : isUnknown(tier) ? tier : true;
}
