import { type Command, InvalidArgumentError, Option } from "commander";
import { type AllowListAudience, type AllowListEntry, allowList } from "../../catalogue/allow-list.ts";
import { catalogueAsOf } from "../../catalogue/catalogue-digest.ts";
import { features } from "../../catalogue/features.ts";
import { pacFile } from "../../catalogue/pac-file.ts";
import type { EndpointSelection } from "../../catalogue/required-endpoints.ts";
import { parseAddress } from "../../model/prefix.ts";
import type { CommandIo, ExitCode } from "../command-io.ts";
import { InputError } from "../input-error.ts";
import { type CatalogueReportOptions, reportTo, withReportOptions } from "./catalogue-report.ts";
import { clientGap, clientGapNote } from "./client-gap.ts";
import { csvTable, markdownTable, type Table } from "./tables.ts";

interface ExportOptions extends CatalogueReportOptions {
  readonly for: AllowListAudience | "pac";
  readonly format?: "csv" | "json" | "markdown" | "pac";
  readonly cloud: "public" | "usGov";
  readonly joinType?: EndpointSelection["joinType"];
  readonly intuneLocation?: EndpointSelection["intuneLocation"];
  readonly feature: readonly string[];
  readonly edition?: "GCC" | "GCCH";
  readonly proxy?: string;
}

/** A host of RFC 2606, so that nobody's proxy is meant until the user names one. */
const placeholderProxy = "proxy.example.com:8080";

/** `w365 catalogue export`: allow-lists for firewalls and proxies of others, and for the users' own networks. */
export function registerExport(catalogue: Command, io: CommandIo, done: (code: ExitCode) => void): void {
  withReportOptions(catalogue.command("export"))
    .description("write an allow-list for somebody else's firewall or proxy, or for the users' own machines")
    .addOption(
      new Option("--for <audience>", "whose list it is")
        .choices(["firewall", "proxy", "pac", "client"])
        .default("firewall"),
    )
    .addOption(
      new Option("--format <format>", 'form of the list (default: "csv"; "pac" with --for pac)').choices([
        "csv",
        "json",
        "markdown",
        "pac",
      ]),
    )
    .addOption(new Option("--cloud <cloud>", "Azure cloud").choices(["public", "usGov"]).default("public"))
    .addOption(
      new Option("--join-type <type>", "how Cloud PCs join (default: both)").choices([
        "azureADJoin",
        "hybridAzureADJoin",
      ]),
    )
    .addOption(
      new Option("--intune-location <location>", "where the Intune tenant is (default: everywhere)").choices([
        "na",
        "eu",
        "ap",
      ]),
    )
    .addOption(
      new Option("--feature <feature...>", "optional features whose endpoints are wanted too")
        .choices(features().map(({ id }) => id))
        .default([], "none"),
    )
    .addOption(
      new Option("--edition <edition>", "government edition, with --cloud usGov (default: both)").choices([
        "GCC",
        "GCCH",
      ]),
    )
    .addOption(new Option("--proxy <host:port>", "the proxy that a PAC file names").argParser(parseProxy))
    .action((options: ExportOptions) => {
      reportTo(render(options, io), options, io);
      done(0);
    });
}

/** A host name or IPv4 address, and a port that there is. */
function parseProxy(text: string): string {
  const [, host = "", port = ""] = /^([^:]+):(\d{1,5})$/.exec(text) ?? [];
  const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
  const isNumeric = /^[\d.]+$/.test(host);
  const hostIsValid = isNumeric ? parseAddress(host).ok : host.split(".").every((part) => label.test(part));
  if (!hostIsValid || Number(port) < 1 || Number(port) > 65_535)
    throw new InvalidArgumentError(`"${text}" is not a host and port such as "${placeholderProxy}"`);
  return text;
}

function render(options: ExportOptions, io: CommandIo): string {
  const format = options.format ?? (options.for === "pac" ? "pac" : "csv");
  const audience = options.for === "pac" ? "proxy" : options.for;
  if (format === "pac" && audience !== "proxy") {
    throw new InputError(
      `a PAC file is for proxies: use --for pac or --for proxy with --format pac, not --for ${options.for}`,
    );
  }
  if (options.proxy !== undefined && format !== "pac") {
    throw new InputError(`--proxy "${options.proxy}" is for PAC files; the form "${format}" names no proxy`);
  }
  if (options.edition !== undefined && options.cloud !== "usGov") {
    throw new InputError(
      `--edition "${options.edition}" goes with --cloud usGov; no row of cloud "${options.cloud}" depends on it`,
    );
  }
  const entries = entriesFor(audience, options);
  const gap = audience === "client" && options.cloud === "usGov" ? clientGap : undefined;
  if (gap !== undefined) io.note(clientGapNote);
  switch (format) {
    case "pac":
      if (options.proxy === undefined) io.note(`note: the file names "${placeholderProxy}"; --proxy names yours\n`);
      return pacFile(entries, `PROXY ${options.proxy ?? placeholderProxy}`);
    case "json":
      return `${JSON.stringify({ schemaVersion: 1, asOf: catalogueAsOf(), for: options.for, ...(gap && { incomplete: gap }), entries: entries.map(record) }, null, 2)}\n`;
    case "csv":
      return csvTable(tableOf(entries));
    case "markdown":
      return `${gap === undefined ? "" : `Incomplete: ${gap}.\n\n`}${markdownTable(tableOf(entries))}`;
  }
}

function entriesFor(
  audience: AllowListAudience,
  { cloud, joinType, intuneLocation, feature, edition }: ExportOptions,
): readonly AllowListEntry[] {
  const unavailable = features().filter(({ id, clouds }) => feature.includes(id) && !clouds.includes(cloud));
  if (unavailable.length > 0) {
    const names = unavailable.map(({ id }) => `"${id}"`).join(", ");
    throw new InputError(`no endpoints are documented in cloud "${cloud}" for ${names}`);
  }
  return allowList({
    audience,
    cloud,
    joinTypes: joinType ? [joinType] : ["azureADJoin", "hybridAzureADJoin"],
    intuneLocations: intuneLocation ? [intuneLocation] : ["na", "eu", "ap"],
    features: feature,
    ...(edition && { edition }),
  });
}

function record(entry: AllowListEntry) {
  return { ...entry, insteadOf: entry.insteadOf ?? null };
}

function tableOf(entries: readonly AllowListEntry[]): Table {
  return {
    heading: [
      "destination",
      "protocol",
      "ports",
      "requirement",
      "must bypass",
      "instead of",
      "purpose",
      "catalogue ids",
      "status",
      "sources",
      "as of",
    ],
    rows: entries.map((entry) => [
      entry.destination,
      entry.protocol.toUpperCase(),
      entry.ports.join(" "),
      entry.requirement,
      entry.mustBypass.join(", "),
      entry.insteadOf ?? "",
      entry.purposes.join("; "),
      entry.endpoints.join(" "),
      entry.status,
      entry.sources.join(" "),
      entry.asOf,
    ]),
  };
}
