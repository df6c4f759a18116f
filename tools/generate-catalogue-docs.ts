import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { allEndpoints } from "../catalogue/endpoints.ts";
import { recordDigests } from "../catalogue/refresh/write-data.ts";
import { services } from "../catalogue/services.ts";
import { catalogueListSchema } from "../cli/catalogue/list-schema.ts";
import { endpointPage } from "./catalogue-docs/endpoint-page.ts";
import type { Page } from "./catalogue-docs/markdown.ts";
import { referencePages } from "./catalogue-docs/reference-pages.ts";
import { rulesPages } from "./catalogue-docs/rules-pages.ts";

const root = resolve(import.meta.dirname, "..");
const folder = resolve(root, "docs/catalogue");

/** A generated page and what it must hold. */
export interface CataloguePage {
  readonly path: string;
  readonly text: string;
}

/** Every page of the documentation that is made from the catalogue's data. */
export function cataloguePages(): readonly CataloguePage[] {
  const pages = [...services().map(endpointPage), ...rulesPages(), ...referencePages()];
  return [indexPage(pages), ...pages].map(({ file, title, body }) => ({
    path: resolve(folder, file),
    text: `# ${title}\n\n${notice}\n\n${body}`,
  }));
}

const notice = "Made from `catalogue/*.json` by `npm run generate`; edit the data, not this page.";

function indexPage(pages: readonly Page[]): Page {
  const required = allEndpoints().filter(
    ({ requirement, status }) => requirement === "required" && status !== "removed",
  ).length;
  const body = `${allEndpoints().length} endpoint rows, ${required} of them required where their conditions hold. [How to use the catalogue](using.md).\n\n${pages.map(({ file, title }) => `- [${title}](${file})\n`).join("")}`;
  return { file: "README.md", title: "The catalogue", body };
}

/** The JSON Schema of `w365 catalogue list --format json`. */
export function catalogueListSchemaFile(): CataloguePage {
  const schema = { title: "w365 catalogue list --format json", ...z.toJSONSchema(catalogueListSchema) };
  return {
    path: resolve(root, "docs/schemas/catalogue-list.schema.json"),
    text: `${JSON.stringify(schema, null, 2)}\n`,
  };
}

/** Records the digests of the data, which parses all of it, and writes the pages. With --check, says which are out of date. */
function main(check: boolean): void {
  const files = [...cataloguePages(), catalogueListSchemaFile()];
  if (check) {
    const stale = files.filter(({ path, text }) => readFileSync(path, "utf8") !== text);
    for (const { path } of stale) process.stderr.write(`${path} is out of date: npm run generate\n`);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  recordDigests(resolve(root, "catalogue"));
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

if (import.meta.main) main(process.argv.includes("--check"));
