import { type Command, Option } from "commander";
import { type FoundRow, findRows, similarIds } from "../../catalogue/find-row.ts";
import { sourceOf } from "../../catalogue/sources.ts";
import type { CommandIo, ExitCode } from "../command-io.ts";
import { InputError } from "../input-error.ts";

/** `w365 catalogue show ID`: everything about one row, with its source and link. */
export function registerShow(catalogue: Command, io: CommandIo, done: (code: ExitCode) => void): void {
  catalogue
    .command("show")
    .description("show one row: an endpoint, region, role, error type, limit, rule, contradiction or source")
    .argument("<id>", "id of the row, without regard to case")
    .addOption(new Option("--format <format>", "form of the answer").choices(["text", "json"]).default("text"))
    .action((id: string, { format }: { readonly format: "text" | "json" }) => {
      const rows = findRows(id);
      if (rows.length === 0) throw new InputError(unknownId(id));
      io.report(format === "json" ? asJson(rows) : rows.map(asText).join("\n"));
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
  const lines = Object.entries(row).map(([key, value]) => `  ${key.padEnd(16)}${plain(value)}`);
  const source = sourceOfRow(row);
  const link = source ? [`  ${"read in".padEnd(16)}${source.title}${source.url ? ` <${source.url}>` : ""}`] : [];
  return `${[list, ...lines, ...link].join("\n")}\n`;
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function sourceOfRow({ source }: Readonly<Record<string, unknown>>) {
  return typeof source === "string" ? sourceOf(source) : undefined;
}
