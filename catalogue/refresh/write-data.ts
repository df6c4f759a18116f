import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../load-data.ts";
import { catalogueSchemas, checkCatalogueData, type DataName } from "../schemas/catalogue-data.ts";

/**
 * Writes data files and the record of digests, all or none.
 *
 * Everything is checked by its schema and written beside its place first, and only then renamed into place; what was replaced is
 * put back when a later file cannot be. Throws what the file system said. Should the machine stop in between, the digests no
 * longer fit, and the files are parsed by their schemas when they are next read.
 */
export function writeData(directory: string, contents: ReadonlyMap<DataName, unknown>): void {
  const texts = new Map([...contents].map(([name, content]) => [name, formatData(content)]));
  const files = [...texts].map(([name, text]) => ({ path: join(directory, `${name}.json`), text }));
  replaceAll([...files, { path: join(directory, "digests.json"), text: digestsOf(directory, texts) }]);
}

/** Parses every data file by its schema and records the digests. Throws, recording nothing, if one is not valid. */
export function recordDigests(directory: string): void {
  writeData(directory, new Map());
}

function digestsOf(directory: string, fresh: ReadonlyMap<DataName, string>): string {
  const names = Object.keys(catalogueSchemas).filter(isDataName).sort();
  const digests = names.map((name) => {
    const text = fresh.get(name) ?? readFileSync(join(directory, `${name}.json`), "utf8");
    checkCatalogueData(name, JSON.parse(text));
    return [name, digestOf(text)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`;
}

interface FileText {
  readonly path: string;
  readonly text: string;
}

function replaceAll(files: readonly FileText[]): void {
  const before = files.map(({ path }): FileText => ({ path, text: readFileSync(path, "utf8") }));
  const staged = (path: string) => `${path}.new`;
  const replaced = new Set<string>();
  try {
    for (const { path, text } of files) writeFileSync(staged(path), text);
    for (const { path } of files) {
      renameSync(staged(path), path);
      replaced.add(path);
    }
  } catch (error) {
    for (const { path, text } of before) if (replaced.has(path)) writeFileSync(path, text);
    throw error;
  } finally {
    for (const { path } of files) if (!isDirectory(staged(path))) rmSync(staged(path), { force: true });
  }
}

/** A folder in the way is somebody else's: it made the writing fail, and stays. */
function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
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
