import { z } from "zod";
import type { Immutable } from "./provenance.ts";
import { regionsSchema } from "./regions.ts";
import { rolesSchema } from "./roles.ts";
import { sourcesSchema } from "./sources.ts";

/** The schema of every data file, by the file's name without `.json`. */
export const catalogueSchemas = {
  regions: regionsSchema,
  roles: rolesSchema,
  sources: sourcesSchema,
};

/** What every data file holds once it is parsed. */
export type CatalogueData = {
  readonly [Name in keyof typeof catalogueSchemas]: Immutable<z.output<(typeof catalogueSchemas)[Name]>>;
};

/** Name of a data file. */
export type DataName = keyof CatalogueData;

/** Checks the content of a data file. Throws with every problem and its path. */
export function checkCatalogueData(name: DataName, content: unknown): void {
  const parsed = catalogueSchemas[name].safeParse(content);
  if (!parsed.success) throw new Error(`catalogue file "${name}.json" is not valid\n${z.prettifyError(parsed.error)}`);
}
