import type { SecurityRuleProtocol } from "./estate/security-group.ts";
import { type Intervals, interval, unite } from "./intervals.ts";

/** The protocols a flow may have, in ARM's spelling. `Other` stands for every IP protocol that has no name in Azure's rules. */
export const protocols = ["Tcp", "Udp", "Icmp", "Esp", "Ah", "Other"] as const;

/** One protocol. */
export type Protocol = (typeof protocols)[number];

/** A set of protocols: the members are positions in `protocols`. */
export type ProtocolSpace = Intervals;

/** Every protocol. */
export const allProtocols: ProtocolSpace = interval(0, protocols.length - 1);

/** The protocols that have ports. */
export const protocolsWithPorts: ProtocolSpace = unite(protocolSpace("Tcp"), protocolSpace("Udp"));

/** The set of one protocol, or of all for ARM's `*`. */
export function protocolSpace(protocol: SecurityRuleProtocol | Protocol): ProtocolSpace {
  if (protocol === "*") return allProtocols;
  const index = protocols.indexOf(protocol);
  return interval(index, index);
}

/** Whether packets of this protocol carry ports. */
export function hasPorts(protocol: Protocol): boolean {
  return protocol === "Tcp" || protocol === "Udp";
}
