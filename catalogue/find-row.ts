import { allEndpoints } from "./endpoints.ts";
import { loadData } from "./load-data.ts";
import type { CatalogueData, DataName } from "./schemas/catalogue-data.ts";

/** A row of any data file. */
export interface FoundRow {
  readonly id: string;
  /** The data file, without `.json`. */
  readonly file: DataName;
  /** The list of the file that holds it, such as `errorTypes`. */
  readonly list: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Files whose lists hold rows with an id of their own. */
const files: readonly DataName[] = [
  "agents",
  "anc",
  "azure-limits",
  "azure-policies",
  "contradictions",
  "dns",
  "domain-controllers",
  "features",
  "fqdn-tags",
  "health-checks",
  "hybrid-connectivity",
  "identity",
  "network-semantics",
  "regions",
  "roles",
  "service-tags",
  "sources",
  "subnet-requirements",
  "virtual-wan",
];

/** Every row that has this id, without regard to case: endpoints first, then the other files. */
export function findRows(id: string): readonly FoundRow[] {
  const wanted = id.toLowerCase();
  return allRows().filter((row) => row.id.toLowerCase() === wanted);
}

/** Ids that contain every part of what was asked for, else those spelt nearly the same; at most ten. */
export function similarIds(id: string): readonly string[] {
  const wanted = id.toLowerCase();
  const ids = [...new Set(allRows().map((row) => row.id))];
  const parts = wanted.split(/[^a-z0-9]+/).filter((part) => part.length > 1);
  const containing = ids.filter((one) => parts.length > 0 && parts.every((part) => one.toLowerCase().includes(part)));
  return (containing.length > 0 ? containing : nearIds(wanted, ids)).slice(0, 10);
}

/** Ids that a few wrong letters lead to, nearest first: one wrong letter in four. */
function nearIds(wanted: string, ids: readonly string[]): readonly string[] {
  return ids
    .map((id) => ({ id, distance: editDistance(wanted, id.toLowerCase()) }))
    .filter(({ id, distance }) => distance <= Math.max(1, Math.min(wanted.length, id.length) / 4))
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** Letters to insert, delete or replace (Levenshtein), a row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Every row with an id. */
export function allRows(): readonly FoundRow[] {
  const endpoints = allEndpoints().map(
    (row): FoundRow => ({ id: row.id, file: "endpoints-windows365", list: "endpoints", row: { ...row } }),
  );
  return [...endpoints, ...files.flatMap((file) => rowsOfFile(file, loadData(file)))];
}

function rowsOfFile(file: DataName, content: CatalogueData[DataName]): readonly FoundRow[] {
  return Object.entries(content).flatMap(([list, value]) =>
    Array.isArray(value) ? value.flatMap((row) => foundRow(file, list, row)) : [],
  );
}

function foundRow(file: DataName, list: string, row: unknown): readonly FoundRow[] {
  if (typeof row !== "object" || row === null || !("id" in row) || typeof row.id !== "string") return [];
  return [{ id: row.id, file, list, row: { ...row } }];
}
