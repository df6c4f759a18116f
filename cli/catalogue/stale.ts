import { type Command, InvalidArgumentError, Option } from "commander";
import { ageInDays, lastConfirmed } from "../../catalogue/age.ts";
import type { Endpoint } from "../../catalogue/endpoint.ts";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import type { CommandIo, ExitCode } from "../command-io.ts";
import { type CatalogueReportOptions, reportTo, withReportOptions } from "./catalogue-report.ts";
import { endpointRecord } from "./endpoint-record.ts";
import { textTable } from "./tables.ts";

interface StaleOptions extends CatalogueReportOptions {
  readonly days: number;
  readonly format: "text" | "json";
}

interface StaleRow {
  readonly row: Endpoint;
  readonly days: number;
}

/** `w365 catalogue stale`: rows that no source is known to have listed lately. Exits with 1 if a required one is among them. */
export function registerStale(catalogue: Command, io: CommandIo, done: (code: ExitCode) => void): void {
  withReportOptions(catalogue.command("stale"))
    .description("list rows whose newest source is older than a number of days; exits with 1 if a required row is")
    .addOption(
      new Option("--days <number>", "age in days above which a row is stale").argParser(parseDays).default(180),
    )
    .addOption(new Option("--format <format>", "form of the list").choices(["text", "json"]).default("text"))
    .action((options: StaleOptions) => {
      const { days, format } = options;
      const stale = staleRows(days, io.today());
      const required = stale.filter(({ row }) => row.requirement === "required").length;
      reportTo(format === "json" ? asJson(stale, days) : asText(stale, required, days), options, io);
      done(required > 0 ? 1 : 0);
    });
}

function parseDays(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a number of days such as "180"`);
  return Number(text);
}

/** Removed rows and mere spellings are left out: nothing is compiled from them. Oldest first. */
function staleRows(days: number, today: string): readonly StaleRow[] {
  return allEndpoints()
    .filter(
      ({ status, addressesOf, requirement }) => status !== "removed" && !(addressesOf && requirement === "optional"),
    )
    .map((row) => ({ row, days: ageInDays(lastConfirmed(row), today) }))
    .filter((stale) => stale.days > days)
    .sort((a, b) => b.days - a.days || (a.row.id < b.row.id ? -1 : 1));
}

function asJson(stale: readonly StaleRow[], days: number): string {
  const endpoints = stale.map(({ row, days: age }) => ({ ...endpointRecord(row), ageInDays: age }));
  return `${JSON.stringify({ schemaVersion: 1, olderThanDays: days, endpoints }, null, 2)}\n`;
}

function asText(stale: readonly StaleRow[], required: number, days: number): string {
  if (stale.length === 0) return `no row is older than ${days} days\n`;
  const table = textTable({
    heading: ["id", "requirement", "days", "last confirmed", "source"],
    rows: stale.map(({ row, days: age }) => [row.id, row.requirement, String(age), lastConfirmed(row), row.source]),
  });
  return `${table}\n${stale.length} rows are older than ${days} days, ${required} of them required\n`;
}
