import { lastConfirmed } from "./age.ts";
import { sortPorts } from "./domain-controllers.ts";
import type { Endpoint } from "./endpoint.ts";
import { hasWebPort } from "./endpoint.ts";
import { addressesBesideNames, allowedEndpoints, type EndpointSelection } from "./required-endpoints.ts";

/** Whose list it is: a firewall or a proxy that Cloud PCs cross, or whatever the users' own machines cross. */
export type AllowListAudience = "firewall" | "proxy" | "client";

/** What a list is made for. Where something is left open, rows of every value are in it. */
export interface AllowListArgs {
  readonly audience: AllowListAudience;
  readonly cloud: "public" | "usGov";
  readonly joinTypes: readonly EndpointSelection["joinType"][];
  readonly intuneLocations: readonly EndpointSelection["intuneLocation"][];
  readonly features: readonly string[];
  /**
   * Government edition.
   * @default - the rows of every edition
   */
  readonly edition?: "GCC" | "GCCH";
}

/** One destination to allow. */
export interface AllowListEntry {
  readonly destination: string;
  readonly protocol: "Tcp" | "Udp";
  /** Ascending, once each. */
  readonly ports: readonly string[];
  readonly requirement: Endpoint["requirement"];
  /** What this traffic must not pass: "TLS inspection", "proxy", "VPN". */
  readonly mustBypass: readonly string[];
  readonly purposes: readonly string[];
  /** The name whose addresses these are: allow either, whichever the device understands. */
  readonly insteadOf: string | undefined;
  /** Ids of the rows it stands for. */
  readonly endpoints: readonly string[];
  /** "disputed" where sources disagree on any of the rows, "legacy" where all are superseded, else "current". */
  readonly status: "current" | "legacy" | "disputed";
  /** Who says so: ids of the rows' sources. */
  readonly sources: readonly string[];
  /** The oldest of the days up to which a source is known to list each row: as old as the list may be here. */
  readonly asOf: string;
}

/**
 * The destinations that somebody else's device must let through, sorted by destination, each protocol of it once.
 *
 * A proxy carries HTTP and HTTPS to names only, so every name with such a port is listed for it, with all of its ports: what must
 * bypass a proxy must do so on 443 whatever else it opens. It must leave the platform addresses alone, so they are listed too.
 * Throws for an unknown feature.
 */
export function allowList(args: AllowListArgs): readonly AllowListEntry[] {
  const entries = Map.groupBy(
    rowsFor(args),
    ({ destination, protocol }) => `${destination.value.toLowerCase()} ${protocol}`,
  );
  return [...entries.values()].map(toEntry).sort(compareEntries);
}

function rowsFor(args: AllowListArgs): readonly Endpoint[] {
  const { audience, cloud, features, edition } = args;
  const side = audience === "client" ? "client" : "cloudPc";
  const selections = args.joinTypes.flatMap((joinType) =>
    args.intuneLocations.map(
      (intuneLocation): EndpointSelection => ({
        cloud,
        joinType,
        intuneLocation,
        features,
        side,
        ...(edition && { edition }),
      }),
    ),
  );
  const rows = selections.flatMap((selection) => [...allowedEndpoints(selection), ...addressesBesideNames(selection)]);
  return [...new Set(rows)].filter((row) => concerns(audience, row));
}

function concerns(audience: AllowListAudience, row: Endpoint): boolean {
  const { kind } = row.destination;
  if (kind === "fqdnTag" || kind === "serviceTag")
    return kind === "serviceTag" && row.destination.value === "Internet" && audience === "firewall";
  if (audience === "proxy") return row.routable === false || (hasWebPort(row) && kind !== "prefix");
  return row.routable !== false;
}

function toEntry(rows: readonly Endpoint[]): AllowListEntry {
  const [first] = rows;
  if (first === undefined) throw new Error("an entry stands for at least one row");
  const own = rows.filter(({ addressesOf, requirement }) => addressesOf === undefined || requirement === "required");
  return {
    destination: first.destination.value,
    protocol: first.protocol,
    ports: sortPorts(rows.flatMap(({ ports }) => ports)),
    requirement: rows.some(({ requirement }) => requirement === "required") ? "required" : "optional",
    mustBypass: bypasses(rows),
    purposes: [...new Set(rows.map(({ purpose }) => purpose))].sort(),
    insteadOf: own.length > 0 ? undefined : first.addressesOf,
    endpoints: rows.map(({ id }) => id).sort(),
    status: statusOf(rows),
    sources: [...new Set(rows.map(({ source }) => source))].sort(),
    asOf: rows.map(lastConfirmed).sort()[0] ?? lastConfirmed(first),
  };
}

function statusOf(rows: readonly Endpoint[]): AllowListEntry["status"] {
  if (rows.some(({ status }) => status === "disputed")) return "disputed";
  return rows.every(({ status }) => status === "legacy") ? "legacy" : "current";
}

function bypasses(rows: readonly Endpoint[]): readonly string[] {
  return [
    ...(rows.some(({ tlsInspection }) => tlsInspection === "forbidden") ? ["TLS inspection"] : []),
    ...(rows.some(({ proxy }) => proxy === "forbidden") ? ["proxy"] : []),
    ...(rows.some(({ vpn }) => vpn === "forbidden") ? ["VPN"] : []),
  ];
}

/** Names by their domain, so that hosts of one domain stand together; addresses after them, by number. */
function compareEntries(a: AllowListEntry, b: AllowListEntry): number {
  return compareText(sortKey(a.destination), sortKey(b.destination)) || compareText(a.protocol, b.protocol);
}

function sortKey(destination: string): string {
  if (/^[0-9a-f.:]+\/\d+$/.test(destination)) {
    return `~${destination
      .split(/[./]/)
      .map((part) => part.padStart(3, "0"))
      .join(".")}`;
  }
  return destination.toLowerCase().split(".").reverse().join(".");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
