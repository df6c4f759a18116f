import { viewFirewall } from "../firewall/firewall-view.ts";
import { isUnknown } from "../read.ts";
import type { Network } from "../topology/network.ts";
import { privateAddressOf } from "./appliance.ts";
import { ended, judged, type Packet } from "./packet.ts";
import { addressesOf, publicSpaceOf } from "./way-out.ts";

/**
 * Leaves for the Internet by a firewall's own public addresses. A firewall that keeps the source, as `snat.privateRanges` may tell
 * it to, "can't route traffic directly to the Internet": nothing there answers a private address.
 * https://learn.microsoft.com/azure/firewall/snat-private-range (page of 2026-08-31, read 2026-11-21)
 */
export function firewallEgress(network: Network, packet: Packet, firewallId: string): Packet {
  const found = network.find("azureFirewalls", firewallId);
  const firewall = found.kind === "found" ? found.resource : undefined;
  const name = firewall?.name ?? firewallId;
  const ids = (firewall?.ipConfigurations ?? []).flatMap((each) =>
    each.publicIpAddressId === undefined ? [] : [each.publicIpAddressId],
  );
  const refused = (because: string): Packet =>
    ended(
      judged(packet, {
        kind: "Egress",
        at: name,
        disposition: "NoEgress",
        verdict: "Deny",
        because,
        egress: { via: "none", publicIpAddresses: [] },
      }),
      "NoEgress",
    );
  if (ids.length === 0) return refused(`firewall "${name}" has no public IP address`);
  const undecided = firewall !== undefined && isUnknown(viewFirewall(network, firewall).untranslated);
  const translated =
    firewall !== undefined && packet.source !== undefined && packet.source === privateAddressOf(network, firewall);
  if (!translated && !undecided) {
    return refused(`firewall "${name}" keeps the source, and the Internet does not answer private addresses`);
  }
  const egress = { via: "firewall", publicIpAddresses: addressesOf(network, ids) };
  const because = `leaves by a public IP address of firewall "${name}"`;
  const sources = publicSpaceOf(network, ids);
  const gone = sources === undefined ? packet : { ...packet, leftBy: sources };
  return ended(
    judged(gone, { kind: "Egress", at: name, disposition: "NoEgress", verdict: "Allow", because, egress }),
    "ExitsNetwork",
  );
}
