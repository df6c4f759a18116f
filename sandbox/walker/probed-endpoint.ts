import type { WalkerInput } from "./estate.ts";
import { formatAddress, parseBlock } from "./ipv4.ts";
import list from "./probed-endpoints.json" with { type: "json" };

/** One endpoint that a health check probes. */
export interface ProbedEndpoint {
  readonly id: string;
  /** The host probed: a name, or an address. */
  readonly host: string;
  /** What Microsoft documents, where the host is only one of many. */
  readonly standsFor?: string;
  /** The address, for endpoints that are documented as addresses. */
  readonly address?: string;
  readonly protocol: string;
  readonly port: number;
  /** The check that fails with it. */
  readonly check: string;
  /** The Graph error type that the check then reports. */
  readonly errorType: string;
  /** The service tag that holds the endpoint, as the page names it. */
  readonly serviceTag?: string;
  /** Whether the connection survives a firewall that terminates TLS. */
  readonly tlsInspection: string;
  readonly source: string;
}

/** The endpoints that are probed, from the sandbox's own file. */
export const probedEndpoints: readonly ProbedEndpoint[] = list.endpoints;

/**
 * The input with public DNS records for every probed name it lacks, so that the probes resolve. An address is taken from the
 * endpoint's service tag where the input holds that tag, else from RFC 5737: somewhere on the Internet that no tag covers.
 */
export function withProbeRecords(input: WalkerInput): WalkerInput {
  const tags = new Map(Object.entries(input.serviceTags).map(([name, prefixes]) => [name.toLowerCase(), prefixes]));
  const names = probedEndpoints.filter((endpoint) => endpoint.address === undefined);
  const records = names.map((endpoint, index) => {
    const prefixes = tags.get(endpoint.serviceTag?.toLowerCase() ?? "") ?? [];
    const [inTag] = prefixes.flatMap((prefix) => parseBlock(prefix) ?? []);
    const address = inTag === undefined ? `203.0.113.${(index % 254) + 1}` : formatAddress(inTag.first + 1);
    return [endpoint.host, [address]] as const;
  });
  return { ...input, dnsRecords: { ...Object.fromEntries(records), ...input.dnsRecords } };
}
