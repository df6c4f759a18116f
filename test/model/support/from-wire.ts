import { ipSpaceOf } from "../../../model/ip-space.ts";
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
  const reading = readArmInput([{ name: "estate.json", text: JSON.stringify({ value: resources }) }]);
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

/** Whether tables of a test hold only canonical prefixes: a typo would make a tag empty without a word. */
export function tableSpace(prefixes: readonly string[]) {
  return ipSpaceOf(
    prefixes.map((text) => {
      const parsed = parsePrefix(text);
      if (!parsed.ok) throw new Error(parsed.message);
      return parsed.value;
    }),
  );
}
