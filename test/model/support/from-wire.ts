import { parseAddress, parsePrefix } from "../../../model/prefix.ts";
import { noReferenceData, type ReferenceData } from "../../../model/reference-data.ts";
import { type Network, networkOf } from "../../../model/topology/network.ts";
import { readArmInput } from "../../../readers/arm-input.ts";
import type { WireResource } from "../../support/arm-resources.ts";

/** Tables that a test hands to the model and to the packet walker alike. */
export interface WireTables {
  readonly serviceTags?: Readonly<Record<string, readonly string[]>>;
  readonly fqdnTags?: Readonly<Record<string, readonly string[]>>;
  readonly dnsRecords?: Readonly<Record<string, readonly string[]>>;
}

/** The model's view of ARM resources as the REST API returns them. */
export function networkFromWire(resources: readonly WireResource[], tables: WireTables = {}): Network {
  const reading = readArmInput([{ name: "estate.json", text: JSON.stringify({ value: withParents(resources) }) }]);
  if (!("estate" in reading)) throw new Error(JSON.stringify(reading));
  return networkOf(reading.estate, referenceOf(tables));
}

function referenceOf({ serviceTags = {}, fqdnTags = {}, dnsRecords = {} }: WireTables): ReferenceData {
  const entry = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.entries(table).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return {
    ...noReferenceData,
    serviceTag: (name) => {
      const found = entry(serviceTags, name);
      const prefixes = found?.flatMap((text) => {
        const parsed = parsePrefix(text);
        return parsed.ok ? [parsed.value] : [];
      });
      return prefixes === undefined ? undefined : { prefixes, asOf: "2026-11-20" };
    },
    fqdnTag: (name) => entry(fqdnTags, name),
    publicName: (fqdn) => {
      const addresses = entry(dnsRecords, fqdn)?.flatMap((text) => {
        const parsed = parseAddress(text);
        return parsed.ok ? [parsed.value] : [];
      });
      return addresses === undefined ? undefined : { addresses, asOf: "2026-11-20" };
    },
  };
}

/** A child that stands alone needs the resources above it in the same input. */
function withParents(resources: readonly WireResource[]): readonly WireResource[] {
  const byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
  for (const { id, type, location } of resources) {
    const [segments, types] = [id.split("/"), type.split("/")];
    for (let depth = types.length - 1; depth > 1; depth--) {
      const above = segments.slice(0, segments.length - 2 * (types.length - depth)).join("/");
      if (byId.has(above.toLowerCase())) continue;
      const name = above.split("/").at(-1) ?? "";
      byId.set(above.toLowerCase(), {
        id: above,
        type: types.slice(0, depth).join("/"),
        name,
        location,
        properties: {},
      });
    }
  }
  return [...byId.values()];
}
