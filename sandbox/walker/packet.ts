/** Protocols that Azure's rules can name. */
export type Protocol = "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah";

/** The first packet of a connection. */
export interface Packet {
  readonly source: number;
  readonly destination: number;
  readonly protocol: Protocol;
  readonly sourcePort: number;
  /** 0 for protocols without ports. */
  readonly destinationPort: number;
  /** The name the client asked for: what TLS SNI or the HTTP Host header carries. */
  readonly name?: string;
}

/** What the walker is asked: concrete addresses, or a name as the destination. */
export interface Question {
  /** An IPv4 address in a subnet, on premises or on the Internet. */
  readonly from: string;
  /** The subnet `from` lies in (resource id or "vnet/subnet"), needed only where two networks use the same addresses. */
  readonly fromSubnet?: string;
  /** An IPv4 address or a fully qualified domain name. */
  readonly to: string;
  readonly protocol: Protocol;
  /** Destination port; not needed for protocols without ports. */
  readonly port?: number;
  /** @default 50000, an ephemeral port */
  readonly sourcePort?: number;
}

/** The source port of a client that does not care. */
export const ephemeralPort = 50_000;
