import { type Prefix, prefix } from "../model/prefix.ts";
import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** A service tag that rows of the catalogue name. */
export type ServiceTag = CatalogueData["service-tags"]["serviceTags"][number];

/** Where Azure lets a service tag be used: security rules, user-defined routes, firewall rules. */
export type ServiceTagUse = "NSG" | "UDR" | "FW";

/** The service tag of this name, without regard to case. */
export function serviceTag(name: string): ServiceTag | undefined {
  byName ??= new Map(loadData("service-tags").serviceTags.map((tag) => [tag.id.toLowerCase(), tag]));
  return byName.get(name.toLowerCase());
}

/** Whether Azure takes the tag there; a tag that the catalogue does not know is not taken. */
export function isUsableIn(name: string, use: ServiceTagUse): boolean {
  return serviceTag(name)?.usableIn.includes(use) ?? false;
}

/** The contents of a service tag on a date. */
export interface PinnedPrefixes {
  readonly prefixes: readonly Prefix[];
  /** Date of the table, such as `2025-07-25`. */
  readonly asOf: string;
}

/**
 * The pinned IPv4 prefixes of a service tag, also a regional one such as `WindowsVirtualDesktop.WestEurope`, without regard
 * to case. Absent where the catalogue holds no prefixes for it: the tag is symbolic then, not empty.
 *
 * Source: https://www.microsoft.com/download/details.aspx?id=56519 (change number 363 of 2025-07-25, read 2026-11-20).
 */
export function pinnedPrefixes(name: string): PinnedPrefixes | undefined {
  pinned ??= new Map(loadData("service-tag-prefixes").tags.map((tag) => [tag.name.toLowerCase(), tag]));
  const key = name.toLowerCase();
  const known = parsed.get(key);
  if (known) return known;
  const tag = pinned.get(key);
  if (tag === undefined) return undefined;
  const ipv4 = tag.prefixes.filter((text) => !text.includes(":")).map(prefix);
  const contents: PinnedPrefixes = { prefixes: ipv4, asOf: tag.asOf };
  parsed.set(key, contents);
  return contents;
}

/** Names of the service tags whose prefixes are pinned. */
export function pinnedServiceTags(): readonly string[] {
  return loadData("service-tag-prefixes").tags.map(({ name }) => name);
}

let byName: ReadonlyMap<string, ServiceTag> | undefined;
const parsed = new Map<string, PinnedPrefixes>();
let pinned: ReadonlyMap<string, CatalogueData["service-tag-prefixes"]["tags"][number]> | undefined;
