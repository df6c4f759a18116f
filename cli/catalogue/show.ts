import { type Command, Option } from "commander";
import { type FoundRow, findRows, similarIds } from "../../catalogue/find-row.ts";
import { sourceOf } from "../../catalogue/sources.ts";
import type { CommandIo, ExitCode } from "../command-io.ts";
import { InputError } from "../input-error.ts";
import { type CatalogueReportOptions, reportTo, withReportOptions } from "./catalogue-report.ts";

interface ShowOptions extends CatalogueReportOptions {
  readonly format: "text" | "json";
}

/** `w365 catalogue show ID`: everything about one row, with its source and link. */
export function registerShow(catalogue: Command, io: CommandIo, done: (code: ExitCode) => void): void {
  withReportOptions(catalogue.command("show"))
    .description("show one row: an endpoint, region, role, error type, limit, rule, contradiction or source")
    .argument("<id>", "id of the row, without regard to case")
    .addOption(new Option("--format <format>", "form of the answer").choices(["text", "json"]).default("text"))
    .action((id: string, options: ShowOptions) => {
      const rows = findRows(id);
      if (rows.length === 0) throw new InputError(unknownId(id));
      reportTo(options.format === "json" ? asJson(rows) : rows.map(asText).join("\n"), options, io);
      done(0);
    });
}

function unknownId(id: string): string {
  const similar = similarIds(id);
  const hint =
    similar.length > 0
      ? `did you mean ${similar.map((one) => `"${one}"`).join(", ")}?`
      : `"w365 catalogue list" lists endpoints`;
  return `the catalogue has no row "${id}"; ${hint}`;
}

function asJson(rows: readonly FoundRow[]): string {
  const records = rows.map(({ list, row }) => ({ list, row, source: sourceOfRow(row) ?? null }));
  return `${JSON.stringify({ schemaVersion: 1, rows: records }, null, 2)}\n`;
}

function asText({ list, row }: FoundRow): string {
  const source = sourceOfRow(row);
  const fields = [
    ...Object.entries(row).map(([key, value]) => [key, plain(value)] as const),
    ...(source ? [["read in", `${source.title}${source.url ? ` <${source.url}>` : ""}`] as const] : []),
  ];
  const width = Math.max(...fields.map(([key]) => key.length)) + 2;
  const lines = fields.map(([key, text]) => `  ${key.padEnd(width)}${text}`);
  return `${[list, ...lines].join("\n")}\n`;
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function sourceOfRow({ source }: Readonly<Record<string, unknown>>) {
  return typeof source === "string" ? sourceOf(source) : undefined;
}
