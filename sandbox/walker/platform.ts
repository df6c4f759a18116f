import type { Answer, Hop } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { nameOf, oneOrMany, record, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { formatAddress, metadataServer, wireServer } from "./ipv4.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Packet } from "./packet.ts";
import { inPorts } from "./port-match.ts";
import type { Subnet } from "./virtual-network.ts";

/** Whether an address is one of the host's own: 168.63.129.16 and 169.254.169.254. */
export function isPlatformAddress(address: number): boolean {
  return address === wireServer || address === metadataServer;
}

/**
 * Platform addresses are answered by the host. Neither NSGs nor user routes apply to them, except a rule that denies the tag
 * AzurePlatformDNS or AzurePlatformIMDS.
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#azure-platform-considerations (page of 2025-07-15)
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 (page of 2023-03-30)
 */
export function reachPlatform(estate: Estate, subnet: Subnet, packet: Packet): Answer {
  const at = formatAddress(packet.destination);
  const tag = tagFor(packet);
  const rule = tag === undefined ? undefined : denyOf(estate, subnet, packet, tag);
  const hop: Hop = {
    step: "Platform",
    at,
    verdict: rule === undefined ? "Allow" : "Deny",
    because:
      rule === undefined
        ? "the host answers; security groups and routes do not apply"
        : `rule "${rule}" denies the tag ${tag}`,
  };
  if (rule === undefined && !isDocumented(packet)) {
    return unknown(`whether the host answers ${packet.protocol} ${packet.destinationPort} at ${at} is not documented`, [
      hop,
    ]);
  }
  return rule === undefined
    ? allowed("Delivered", `${at} is a platform address`, [hop])
    : denied("DeniedOutbound", hop.because, [hop]);
}

/** What the page names for 168.63.129.16: DNS, DHCP, and TCP 80 and 32526 of its agents. */
function isDocumented({ destination, destinationPort, protocol }: Packet): boolean {
  if (destination === metadataServer) {
    return true;
  }
  const ports: Readonly<Record<string, readonly number[]>> = { Tcp: [53, 80, 32_526], Udp: [53, 67] };
  return ports[protocol]?.includes(destinationPort) ?? false;
}

function tagFor(packet: Packet): string | undefined {
  if (packet.destination === metadataServer) {
    return "AzurePlatformIMDS";
  }
  return packet.destinationPort === 53 ? "AzurePlatformDNS" : undefined;
}

/** The first rule of an NSG in force here that names the tag and the packet's port, if it denies. */
function denyOf(estate: Estate, subnet: Subnet, packet: Packet, tag: string): string | undefined {
  const ofInterface = attachmentAt(estate, subnet.id, packet.source)?.networkInterface.networkSecurityGroup;
  return [ofInterface, subnet.networkSecurityGroup]
    .flatMap((id) => (id === undefined ? [] : (estate.find(id) ?? [])))
    .map(
      (group) =>
        estate
          .children(group, "securityRules")
          .map((rule) => ({ name: nameOf(rule.id), properties: record(rule.properties) }))
          .filter(({ properties }) => names(properties, tag) && takes(properties, packet))
          .sort((a, b) => Number(a.properties.priority) - Number(b.properties.priority))[0],
    )
    .filter((first) => text(first?.properties.access)?.toLowerCase() === "deny")
    .map((first) => first?.name)[0];
}

function names(properties: Readonly<Record<string, unknown>>, tag: string): boolean {
  const wanted = tag.toLowerCase();
  return (
    text(properties.direction)?.toLowerCase() === "outbound" &&
    oneOrMany(properties, "destinationAddressPrefix", "destinationAddressPrefixes").some(
      (one) => one.toLowerCase() === wanted,
    )
  );
}

function takes(properties: Readonly<Record<string, unknown>>, packet: Packet): boolean {
  const protocol = (text(properties.protocol) ?? "*").toLowerCase();
  return (
    (protocol === "*" || protocol === packet.protocol.toLowerCase()) &&
    inPorts(oneOrMany(properties, "destinationPortRange", "destinationPortRanges"), packet.destinationPort)
  );
}
