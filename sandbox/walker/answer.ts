/** What the walker says of a packet. */
export type Verdict = "Allow" | "Deny" | "Unknown";

/** How the packet's journey ends. */
export type Disposition =
  | "Delivered"
  | "ExitsNetwork"
  | "NameNotResolvable"
  | "DeniedOutbound"
  | "DeniedInbound"
  | "DeniedByFirewall"
  | "NoRoute"
  | "NullRouted"
  | "NoEgress"
  | "Loop"
  | "AsymmetricReturn"
  | "InsufficientInfo";

/** One thing that happened to the packet, in the order in which it happened. */
export interface Hop {
  readonly step:
    | "Dns"
    | "Platform"
    | "SecurityAdminRules"
    | "SecurityRules"
    | "ServiceEndpointPolicy"
    | "Route"
    | "Peering"
    | "Gateway"
    | "Firewall"
    | "Egress"
    | "Arrival"
    | "Return";
  /** The resource where it happened, by name. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly because: string;
  /** The rule that decided, where one did. */
  readonly rule?: string;
  /** For `Route`: where the packet goes next. */
  readonly nextHop?: string;
  /** For `Firewall`: the rule terminates TLS, so the peer sees the firewall's certificate. */
  readonly tlsInspection?: boolean;
}

/** The walker's whole answer. */
export interface Answer {
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  /** One sentence that names what decided. */
  readonly because: string;
  readonly hops: readonly Hop[];
}

/** The answer for a packet that arrives. */
export function allowed(disposition: "Delivered" | "ExitsNetwork", because: string, hops: readonly Hop[]): Answer {
  return { verdict: "Allow", disposition, because, hops };
}

/** The answer for a packet that is dropped. */
export function denied(
  disposition: Exclude<Disposition, "Delivered" | "ExitsNetwork" | "InsufficientInfo">,
  because: string,
  hops: readonly Hop[],
): Answer {
  return { verdict: "Deny", disposition, because, hops };
}

/** The answer where the input or Microsoft's pages leave it open. */
export function unknown(because: string, hops: readonly Hop[]): Answer {
  return { verdict: "Unknown", disposition: "InsufficientInfo", because, hops };
}

/** Where something can be read in several ways: the common answer if every reading ends alike, else Unknown for the given reason. */
export function everyReading(readings: readonly Answer[], because: string): Answer {
  const [first] = readings;
  if (first === undefined) {
    throw new Error("a question has at least one reading");
  }
  return readings.every((one) => one.verdict === first.verdict) ? first : unknown(because, first.hops);
}
