import { sourceOf } from "../../catalogue/sources.ts";

/** One page: its file name, its title and what is below. */
export interface Page {
  readonly file: string;
  readonly title: string;
  readonly body: string;
}

/** What a row says of its source. */
export type Citation = { readonly source: string; readonly asOf: string };
/** Cells of a row. */
export type Row = readonly (string | undefined)[];

/** A table of GitHub Markdown. */
export function table(heading: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => escaped(cell ?? "")).join(" | ")} |`;
  return `${[line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

/** A placeholder such as `<domain>` would be taken for HTML and vanish, but for what stands in code. */
export function escaped(text: string): string {
  const parts = text.replaceAll("|", "\\|").split(/(`[^`]*`)/);
  return parts
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "&lt;").replaceAll(">", "&gt;")))
    .join("");
}

/** A name or figure as code. */
export const code = (text: string) => `\`${text}\``;

/** The source with its link and date. */
export function cited({ source, asOf }: Citation): string {
  const { title, url } = sourceOf(source);
  const plain = title.replaceAll(/[[\]]/g, "");
  return `${url ? `[${plain}](${url})` : plain}, ${asOf}`;
}

/** Statements of a file, under a heading of their own. */
export function statementTable(
  statements: readonly (Citation & { readonly id: string; readonly statement: string })[],
): string {
  return `## What else is documented\n\n${table(
    ["statement", "source", "id"],
    statements.map((row) => [row.statement, cited(row), code(row.id)]),
  )}`;
}
