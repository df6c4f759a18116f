import type { WireResource } from "../arm-resources.ts";

/** What one question of an example must be answered. */
export interface WorkedQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: "Tcp" | "Udp" | "Icmp";
  readonly port?: number;
  readonly expect: {
    readonly verdict: "Allow" | "Deny" | "Unknown";
    readonly disposition?: string;
    /** The next hop of the first route, as Network Watcher names it. */
    readonly nextHop?: string;
    /** The rule that decides, where the page names it. */
    readonly rule?: string;
  };
  /** The sentence of the page that this follows from, in short. */
  readonly because: string;
}

/** An example that one of Microsoft's pages works out, or one built word for word on a rule of the page. */
export interface WorkedExample {
  readonly title: string;
  readonly page: string;
  /** The day the page was read. */
  readonly read: string;
  readonly resources: readonly WireResource[];
  readonly serviceTags?: Readonly<Record<string, readonly string[]>>;
  readonly dnsRecords?: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly WorkedQuestion[];
}

/** Microsoft's documentation, without a locale. */
export const learn = "https://learn.microsoft.com/azure";

/** The day these pages were read. */
export const read = "2026-11-21";

/** A question about a TCP connection. */
export const tcp = (from: string, to: string, port: number, expect: WorkedQuestion["expect"], because: string) =>
  ({ from, to, protocol: "Tcp", port, expect, because }) as const;
