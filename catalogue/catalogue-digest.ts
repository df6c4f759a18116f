import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { allEndpoints } from "./endpoints.ts";
import { dataFile, digestOf, recordedDigests } from "./load-data.ts";
import { sourceOf } from "./sources.ts";

/** The digest of all data: two catalogues with the same digest give the same rules and answers. */
export function catalogueDigest(): string {
  const names = Object.keys(recordedDigests()).sort();
  const digests = names.map(
    (name) => `${name} ${digestOf(readFileSync(new URL(`./${name}.json`, dataFile("digests")), "utf8"))}`,
  );
  return `sha256:${hash("sha256", digests.join("\n"))}`;
}

/** The newest day on which a source of any endpoint row was read or dated: how current the catalogue claims to be. */
export function catalogueAsOf(): string {
  const citations = allEndpoints().flatMap((row) => [row, ...(row.confirmedBy ?? [])]);
  const read = [...new Set(citations.map(({ source }) => source))].map((id) => sourceOf(id).read);
  return [...read, ...citations.map(({ asOf }) => asOf)].sort().at(-1) ?? "";
}
