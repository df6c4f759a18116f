import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { catalogueDigest } from "../../catalogue/catalogue-digest.ts";
import { contradictions } from "../../catalogue/contradictions.ts";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import { features } from "../../catalogue/features.ts";
import { allRows } from "../../catalogue/find-row.ts";
import { errorTypes } from "../../catalogue/health-checks.ts";
import { digestOf, loadData } from "../../catalogue/load-data.ts";
import { dataFilesIn, formatData } from "../../catalogue/refresh/write-data.ts";
import { catalogueSchemas, checkCatalogueData } from "../../catalogue/schemas/catalogue-data.ts";
import { serviceTag } from "../../catalogue/service-tags.ts";
import { services } from "../../catalogue/services.ts";
import { sourceOf } from "../../catalogue/sources.ts";

const directory = fileURLToPath(new URL("../../catalogue/", import.meta.url));
const names = Object.keys(catalogueSchemas).sort() as (keyof typeof catalogueSchemas)[];
const textOf = (name: string) => readFileSync(`${directory}${name}.json`, "utf8");

describe("every data file", () => {
  test("has a schema, and every schema a file", () => {
    expect(dataFilesIn(directory)).toEqual(names);
  });

  test.each(names)("%s.json is valid, one row a line, and recorded in digests.json", (name) => {
    const text = textOf(name);
    const content: unknown = JSON.parse(text);
    expect(() => checkCatalogueData(name, content)).not.toThrow();
    expect(formatData(content)).toBe(text);
    const recorded: Record<string, string> = JSON.parse(textOf("digests"));
    expect(recorded[name]).toBe(digestOf(text));
  });
});

test("the digest of the catalogue is one of all its files", () => {
  const recorded: Record<string, string> = JSON.parse(textOf("digests"));
  expect(Object.keys(recorded)).toEqual(names);
  expect(catalogueDigest()).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(catalogueDigest()).not.toBe(recorded.regions);
});

describe("every row", () => {
  test("has a source of the catalogue and a date", () => {
    const cited = names.flatMap((name) => citationsIn(JSON.parse(textOf(name)), name));
    expect(cited.length).toBeGreaterThan(1200);
    for (const { source, asOf, where } of cited) {
      expect(asOf, where).toMatch(/^20\d\d/);
      expect(() => sourceOf(source), where).not.toThrow();
    }
  });

  test("that lists something has a status or a date of its own", () => {
    const bare = allRows().filter(({ file, row }) => file !== "sources" && !("asOf" in row) && !("comparedOn" in row));
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test("that is disputed says what is used and why, in an entry on the page of contradictions", () => {
    const known = new Set(contradictions().map(({ id }) => id));
    const unexplained = allRows().filter(({ row }) => row.status === "disputed" && row.choice === undefined);
    expect(unexplained.map(({ id }) => id)).toEqual([]);
    const texts = names.map(textOf).join("\n");
    const referred = [...texts.matchAll(/"contradiction": "([^"]+)"/g)].map(([, id = ""]) => id);
    expect(referred.length).toBeGreaterThan(50);
    expect(referred.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe("endpoint rows", () => {
  const rows = allEndpoints();

  test("have different ids", () => {
    const seen = new Map<string, number>();
    for (const { id } of rows) seen.set(id, (seen.get(id) ?? 0) + 1);
    expect([...seen].filter(([, count]) => count > 1)).toEqual([]);
  });

  test("name only services, features, service tags, FQDN tags, error types and rows that exist", () => {
    const ids = new Set(rows.map(({ id }) => id));
    const known = {
      service: new Set(services().map(({ id }) => id)),
      feature: new Set(features().map(({ id }) => id)),
      errorType: new Map(errorTypes().map(({ id, check }) => [id, check])),
      fqdnTag: new Set(loadData("fqdn-tags").fqdnTags.map(({ id }) => id)),
    };
    for (const row of rows) {
      expect(known.service.has(row.service), row.id).toBe(true);
      expect(
        (row.when.features ?? []).filter((id) => !known.feature.has(id)),
        row.id,
      ).toEqual([]);
      expect(
        (row.serviceTags ?? []).filter((name) => serviceTag(name) === undefined),
        row.id,
      ).toEqual([]);
      expect(
        (row.fqdnTags ?? []).filter((name) => !known.fqdnTag.has(name)),
        row.id,
      ).toEqual([]);
      if (row.addressesOf !== undefined) expect(ids.has(row.addressesOf), row.id).toBe(true);
      if (row.errorType !== undefined) expect(known.errorType.get(row.errorType), row.id).toBe(row.healthCheck);
    }
  });

  test("are never of Android or Apple", () => {
    expect(rows.filter(({ destination }) => /apple|icloud|android|intunecdnpeasd/i.test(destination.value))).toEqual(
      [],
    );
  });

  test("that are legacy are compiled only when a feature asks for them", () => {
    expect(rows.filter(({ status, when }) => status === "legacy" && when.features === undefined)).toEqual([]);
  });
});

test("every contradiction has at least two claims", () => {
  expect(contradictions().filter(({ claims }) => new Set(claims.map(({ claim }) => claim)).size < 2)).toEqual([]);
});

describe("what traffic must not pass", () => {
  test.each([
    "language-delivery",
    "language-windows-update",
    "language-software-download",
    "language-download",
    "gpu-download",
    "gpu-links",
  ])("%s keeps clear of TLS inspection and proxies", (id) => {
    expect(allEndpoints().find((row) => row.id === id)).toMatchObject({
      tlsInspection: "forbidden",
      proxy: "forbidden",
    });
  });

  test("nothing under *.manage.microsoft.com is inspected", () => {
    const rows = allEndpoints().filter(({ destination }) => /(?:^|\.)manage\.microsoft\.com$/i.test(destination.value));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ tlsInspection }) => tlsInspection !== "forbidden").map(({ id }) => id)).toEqual([]);
  });
});

interface Citation {
  readonly source: string;
  readonly asOf: string;
  readonly where: string;
}

/** Every object at any depth that names a source, with the date beside it. */
function citationsIn(value: unknown, where: string): readonly Citation[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => citationsIn(one, `${where}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, one]) => citationsIn(one, `${where}.${key}`));
  if (!("source" in value) || typeof value.source !== "string") return inside;
  return [{ source: value.source, asOf: "asOf" in value ? String(value.asOf) : "", where }, ...inside];
}
