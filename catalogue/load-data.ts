import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { CatalogueData, DataName } from "./schemas/catalogue-data.ts";

/**
 * The content of one data file of the catalogue, read on first use.
 *
 * A file whose digest is recorded in `digests.json` was parsed by its schema when it was recorded (a test holds this);
 * any other content is parsed by the schema here and now. So a program that only reads does not pay for zod.
 * Throws with every problem and its path when the content is not valid.
 */
export function loadData<Name extends DataName>(name: Name): CatalogueData[Name] {
  const known: CatalogueData[Name] | undefined = loaded[name];
  if (known !== undefined) return known;
  const text = readFileSync(dataFile(name), "utf8");
  const content: CatalogueData[Name] = JSON.parse(text);
  if (recordedDigests()[name] !== digestOf(text)) checkWithSchema(name, content);
  Object.assign(loaded, { [name]: content });
  return content;
}

/** Where a data file is. */
export function dataFile(name: DataName | "digests"): URL {
  return new URL(`./${name}.json`, import.meta.url);
}

/** The digest of a data file's text, as `digests.json` records it. */
export function digestOf(text: string): string {
  return `sha256:${hash("sha256", text)}`;
}

/** The recorded digests by file name; empty where the record is missing, so that everything is parsed. */
export function recordedDigests(): Partial<Record<DataName, string>> {
  digests ??= JSON.parse(readFileSync(dataFile("digests"), "utf8"));
  return digests ?? {};
}

const loaded: Partial<CatalogueData> = {};
let digests: Partial<Record<DataName, string>> | undefined;

/** Loads the schemas, and zod with them, only when they are needed; `require` because loading is synchronous. */
function checkWithSchema(name: DataName, content: unknown): void {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const schemas: typeof import("./schemas/catalogue-data.ts") = createRequire(import.meta.url)(
    `./schemas/catalogue-data${extension}`,
  );
  schemas.checkCatalogueData(name, content);
}
