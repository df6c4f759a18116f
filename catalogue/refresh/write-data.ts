import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../load-data.ts";
import { catalogueSchemas, checkCatalogueData, type DataName } from "../schemas/catalogue-data.ts";

/**
 * Writes data files and then the record of digests, each whole or not at all.
 *
 * Everything is written beside its place and checked by its schema first, and only then renamed into place, so that a failure
 * leaves the catalogue as it was.
 */
export function writeData(directory: string, contents: ReadonlyMap<DataName, unknown>): void {
  const staged: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const [name, content] of contents) {
      checkCatalogueData(name, content);
      staged.push(stage(join(directory, `${name}.json`), formatData(content)));
    }
    for (const { from, to } of staged) renameSync(from, to);
  } finally {
    for (const { from } of staged) rmSync(from, { force: true });
  }
  recordDigests(directory);
}

/** Parses every data file by its schema and records the digests. Throws, recording nothing, if one is not valid. */
export function recordDigests(directory: string): void {
  const names = Object.keys(catalogueSchemas).filter(isDataName).sort();
  const digests = names.map((name) => {
    const text = readFileSync(join(directory, `${name}.json`), "utf8");
    checkCatalogueData(name, JSON.parse(text));
    return [name, digestOf(text)] as const;
  });
  const { from, to } = stage(
    join(directory, "digests.json"),
    `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`,
  );
  renameSync(from, to);
}

/** Names of the data files in a directory, without `.json`, but for the digests. */
export function dataFilesIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json") && file !== "digests.json")
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** JSON with one row a line, so that a change of a row is a change of a line. */
export function formatData(content: unknown): string {
  if (typeof content !== "object" || content === null) throw new Error("a data file holds an object");
  const fields = Object.entries(content).map(([name, value]) => `  ${JSON.stringify(name)}: ${formatField(value)}`);
  return `{\n${fields.join(",\n")}\n}\n`;
}

function formatField(value: unknown): string {
  if (!Array.isArray(value) || typeof value[0] !== "object") return spaced(value);
  return `[\n${value.map((row) => `    ${spaced(row)}`).join(",\n")}\n  ]`;
}

/** JSON in one line with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, field]) => `${JSON.stringify(name)}: ${spaced(field)}`)
    .join(", ")}}`;
}

function isDataName(name: string): name is DataName {
  return name in catalogueSchemas;
}

function stage(to: string, text: string): { readonly from: string; readonly to: string } {
  const from = `${to}.new`;
  writeFileSync(from, text);
  return { from, to };
}
