import type { Membership } from "./membership.ts";
import { certainly } from "./membership.ts";
import type { Packet } from "./packet.ts";

/** Whether a port lies in any of the ranges "443", "1024-65535" or "*". */
export function inPorts(ranges: readonly string[], port: number): boolean {
  return ranges.some((range) => {
    const [from = "", to = from] = range.split("-");
    return range === "*" || (Number(from) <= port && port <= Number(to));
  });
}

/** Whether a rule's protocol and ports take a packet. Rules with single ports and packets without ports are left open by the pages. */
export function protocolAndPorts(
  rule: {
    readonly protocol: string;
    readonly sourcePorts: readonly string[];
    readonly destinationPorts: readonly string[];
  },
  packet: Packet,
): Membership {
  const protocol = rule.protocol.toLowerCase();
  if (protocol !== "*" && protocol !== "any" && protocol !== packet.protocol.toLowerCase()) {
    return "no";
  }
  if (packet.protocol === "Tcp" || packet.protocol === "Udp") {
    return certainly(
      inPorts(rule.sourcePorts, packet.sourcePort) && inPorts(rule.destinationPorts, packet.destinationPort),
    );
  }
  const anyPort = [...rule.sourcePorts, ...rule.destinationPorts].every(
    (range) => range === "*" || range === "0-65535",
  );
  return anyPort
    ? "yes"
    : { maybe: `no page says whether a rule with single ports takes ${packet.protocol}, which has none` };
}
