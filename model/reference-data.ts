import type { Ipv4Address } from "./estate/resource.ts";
import type { Prefix } from "./prefix.ts";

/**
 * What the model must be told because no resource says it: the published contents of tags, and what people vouch for.
 * Plain data, handed in; names compare without case.
 */
export interface ReferenceData {
  /** Prefixes of a service tag by name (`Storage.WestEurope`), with the date of the table. Absent: not published, symbolic. */
  readonly serviceTag: (name: string) => TagPrefixes | undefined;
  /** Host names of an Azure Firewall FQDN tag: exact or with a leading `*`. Absent: the tag is not known. */
  readonly fqdnTag: (name: string) => readonly string[] | undefined;
  /** Service tags that, as Microsoft documents, cover this host name; empty when none is documented. */
  readonly serviceTagsOf: (fqdn: string) => readonly string[];
  /** Addresses that a dated DNS snapshot gives for a public name. Absent: not looked up. */
  readonly publicName: (fqdn: string) => NameSnapshot | undefined;
  /** Whether a host name is known to be served by public DNS, whatever its addresses. */
  readonly isPublicName: (fqdn: string) => boolean;
  /** What people vouch for. */
  readonly attestations: readonly Attestation[];
  /** Directory domains whose names only their own DNS servers know, with what is known of them. */
  readonly directories: readonly Directory[];
}

/** The contents of a service tag on a date. */
export interface TagPrefixes {
  readonly prefixes: readonly Prefix[];
  /** `2026-06-14` */
  readonly asOf: string;
}

/** The addresses of a name on a date. */
export interface NameSnapshot {
  readonly addresses: readonly Ipv4Address[];
  readonly asOf: string;
}

/** A person vouches that the appliance at an address passes some destinations, untranslated and in both directions. */
export interface Attestation {
  /** The address user routes name as their next hop. */
  readonly applianceIp: Ipv4Address;
  /** Host names (exact or `*.suffix`), prefixes or service tags; empty vouches for every destination. */
  readonly destinations: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** ISO date. The caller drops what has expired, since the model has no clock. */
  readonly expires: string;
}

/** An Active Directory domain. */
export interface Directory {
  readonly domainName: string;
  /** Addresses of servers that answer for the domain. */
  readonly dnsServers: readonly Ipv4Address[];
}

/** Nothing is known: every tag is symbolic. */
export const noReferenceData: ReferenceData = {
  serviceTag: () => undefined,
  fqdnTag: () => undefined,
  serviceTagsOf: () => [],
  publicName: () => undefined,
  isPublicName: () => false,
  attestations: [],
  directories: [],
};

/** Whether anything told says that public DNS has a name. */
export function isKnownPublic(reference: ReferenceData, fqdn: string): boolean {
  return (
    reference.isPublicName(fqdn) || reference.publicName(fqdn) !== undefined || reference.serviceTagsOf(fqdn).length > 0
  );
}

/** Whether a name such as `a.b.example` is covered by `a.b.example`, `*.b.example` or `*`, without case. */
export function hostMatches(pattern: string, host: string): boolean {
  const [wanted, name] = [withoutRoot(pattern.toLowerCase()), withoutRoot(host.toLowerCase())];
  if (wanted === "*") return true;
  if (!wanted.startsWith("*")) return wanted === name;
  return name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1;
}

/** Without the dot of the root. No regular expression, since every name is compared with every name of every rule. */
function withoutRoot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

/** Whether the tag `outer` holds the whole of `inner`: itself, or its regional form (`Storage` holds `Storage.WestEurope`). */
export function tagIncludes(outer: string, inner: string): boolean {
  const [big, small] = [outer.toLowerCase(), inner.toLowerCase()];
  return small === big || small.startsWith(`${big}.`);
}
