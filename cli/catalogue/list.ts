import { type Command, Option } from "commander";
import { catalogueAsOf } from "../../catalogue/catalogue-digest.ts";
import type { Endpoint } from "../../catalogue/endpoint.ts";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import { services } from "../../catalogue/services.ts";
import type { CommandIo, ExitCode } from "../command-io.ts";
import { type CatalogueReportOptions, reportTo, withReportOptions } from "./catalogue-report.ts";
import { clientGapNote } from "./client-gap.ts";
import { endpointRecord } from "./endpoint-record.ts";
import { csvTable, markdownTable, type Table, textTable } from "./tables.ts";

interface ListOptions extends CatalogueReportOptions {
  readonly cloud?: "public" | "usGov";
  readonly service?: string;
  readonly side?: Endpoint["side"];
  readonly status?: Endpoint["status"];
  readonly requirement?: Endpoint["requirement"];
  readonly format: "text" | "json" | "csv" | "markdown";
}

/** `w365 catalogue list`: every endpoint row, or those that fit the filters. */
export function registerList(catalogue: Command, io: CommandIo, done: (code: ExitCode) => void): void {
  withReportOptions(catalogue.command("list"))
    .description("list the endpoint rows, with service, requirement, status and source")
    .addOption(new Option("--cloud <cloud>", "only rows of this cloud").choices(["public", "usGov"]))
    .addOption(new Option("--service <service>", "only rows of this service").choices(services().map(({ id }) => id)))
    .addOption(
      new Option("--side <side>", "only traffic of the Cloud PC, or of the user's machine").choices([
        "cloudPc",
        "client",
      ]),
    )
    .addOption(
      new Option("--status <status>", "only rows with this status").choices([
        "current",
        "legacy",
        "removed",
        "disputed",
      ]),
    )
    .addOption(
      new Option("--requirement <requirement>", "only required or optional rows").choices(["required", "optional"]),
    )
    .addOption(
      new Option("--format <format>", "form of the list").choices(["text", "json", "csv", "markdown"]).default("text"),
    )
    .action((options: ListOptions) => {
      const rows = allEndpoints().filter((row) => fits(row, options));
      if (options.side !== "cloudPc" && options.cloud === "usGov") io.note(clientGapNote);
      reportTo(render(rows, options.format), options, io);
      done(0);
    });
}

function fits(row: Endpoint, { cloud, service, side, status, requirement }: ListOptions): boolean {
  return (
    (cloud === undefined || row.clouds.includes(cloud)) &&
    (service === undefined || row.service === service) &&
    (side === undefined || row.side === side) &&
    (status === undefined || row.status === status) &&
    (requirement === undefined || row.requirement === requirement)
  );
}

function render(rows: readonly Endpoint[], format: ListOptions["format"]): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ schemaVersion: 1, asOf: catalogueAsOf(), endpoints: rows.map(endpointRecord) }, null, 2)}\n`;
    case "csv":
      return csvTable(tableOf(rows));
    case "markdown":
      return markdownTable(tableOf(rows));
    case "text":
      return `${textTable(tableOf(rows))}\n${rows.length} rows\n`;
  }
}

function tableOf(rows: readonly Endpoint[]): Table {
  return {
    heading: ["id", "side", "clouds", "destination", "protocol", "ports", "requirement", "status", "source", "as of"],
    rows: rows.map((row) => [
      row.id,
      row.side,
      row.clouds.join(" "),
      row.destination.value,
      row.protocol,
      row.ports.join(" "),
      row.requirement,
      row.status,
      row.source,
      row.asOf,
    ]),
  };
}
