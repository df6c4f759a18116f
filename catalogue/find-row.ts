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

/** Ids that contain every part of what was asked for, at most ten. */
export function similarIds(id: string): readonly string[] {
  const parts = id
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part.length > 1);
  const similar = allRows().filter(
    (row) => parts.length > 0 && parts.every((part) => row.id.toLowerCase().includes(part)),
  );
  return [...new Set(similar.map((row) => row.id))].slice(0, 10);
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
