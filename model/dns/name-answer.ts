import type { Basis } from "../basis.ts";
import type { Ipv4Address } from "../estate/resource.ts";
import type { Verdict } from "../path/step.ts";
import type { InterfacePlace, SubnetPlace } from "../topology/network.ts";

/** What asking for a name comes to. */
export interface NameAnswer {
  readonly verdict: Verdict;
  readonly because: string;
  /** Private addresses from a zone, or a dated snapshot of public ones; absent when the name is public and not looked up. */
  readonly addresses?: readonly Ipv4Address[];
  /** Without `addresses`: the name may have any address, not only public ones. @default false */
  readonly mayBePrivate?: boolean;
  readonly basis: Basis;
  readonly assumptions: readonly string[];
}

/** Who asks a DNS server: a machine whose traffic is filtered, or a service of its subnet that is not. */
export interface DnsClient {
  readonly place: SubnetPlace;
  readonly networkInterface?: InterfacePlace | undefined;
  readonly filtered: boolean;
}

/** Whether a client can ask a DNS server: the path of UDP 53 there and back. */
export type CanReach = (
  client: DnsClient,
  server: Ipv4Address,
) => { readonly verdict: Verdict; readonly because: string };

/** An answer that the name resolves. */
export function resolves(because: string, more: Partial<NameAnswer> = {}): NameAnswer {
  return { verdict: "Allow", because, basis: "geometry", assumptions: [], ...more };
}

/** An answer that it does not. */
export function fails(because: string): NameAnswer {
  return { verdict: "Deny", because, basis: "geometry", assumptions: [] };
}

/** An answer that it is not known. */
export function unsure(because: string): NameAnswer {
  return { verdict: "Unknown", because, basis: "geometry", assumptions: [], mayBePrivate: true };
}
