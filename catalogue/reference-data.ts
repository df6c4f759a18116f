import { hostMatches, noReferenceData, type ReferenceData } from "../model/reference-data.ts";
import type { Endpoint } from "./endpoint.ts";
import { allEndpoints } from "./endpoints.ts";
import { pinnedPrefixes } from "./service-tags.ts";

/**
 * What the catalogue knows of tags and names, in the form in which the network model asks for it.
 *
 * Service tags: the pinned table. FQDN tags: the names that the catalogue's rows document for a tag, since Microsoft does not
 * publish a tag's contents. Names: the service tags that rows document for them. Names resolved, attestations and directories
 * are not the catalogue's to know.
 */
export function catalogueReferenceData(): ReferenceData {
  return { ...noReferenceData, serviceTag: pinnedPrefixes, fqdnTag: hostsOfFqdnTag, serviceTagsOf, isPublicName };
}

/** Names that rows say an FQDN tag covers, sorted; absent for a tag that no row names. Compares without case. */
export function hostsOfFqdnTag(tag: string): readonly string[] | undefined {
  hostsByTag ??= hostsOfFqdnTags();
  return hostsByTag.get(tag.toLowerCase());
}

/** Service tags that rows document for a name, sorted. Compares without case. */
export function serviceTagsOf(fqdn: string): readonly string[] {
  return [...new Set(rowsOf(fqdn).flatMap(({ serviceTags }) => serviceTags ?? []))].sort();
}

/** Whether rows list a name: what Microsoft lists for Cloud PCs and clients is public. Compares without case. */
export function isPublicName(fqdn: string): boolean {
  return rowsOf(fqdn).length > 0;
}

function rowsOf(fqdn: string): readonly Endpoint[] {
  const known = rowsByName.get(fqdn);
  if (known !== undefined) return known;
  const rows = allEndpoints().filter(
    ({ destination, status }) =>
      status !== "removed" &&
      (destination.kind === "fqdn" || destination.kind === "wildcardFqdn") &&
      hostMatches(destination.value, fqdn),
  );
  rowsByName.set(fqdn, rows);
  return rows;
}

/** The same names are asked about for every subnet. */
const rowsByName = new Map<string, readonly Endpoint[]>();

function hostsOfFqdnTags(): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, Set<string>>();
  for (const { fqdnTags = [], destination, status } of allEndpoints()) {
    if (status === "removed" || (destination.kind !== "fqdn" && destination.kind !== "wildcardFqdn")) continue;
    for (const tag of fqdnTags) {
      const known = hosts.get(tag.toLowerCase()) ?? new Set();
      hosts.set(tag.toLowerCase(), known.add(destination.value));
    }
  }
  return new Map([...hosts].map(([tag, values]) => [tag, [...values].sort()]));
}

let hostsByTag: ReadonlyMap<string, readonly string[]> | undefined;
