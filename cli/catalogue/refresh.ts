import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CommandIo, ExitCode } from "../command-io.ts";
import { withVerbose } from "./catalogue-report.ts";
import type { RefreshOptions } from "./refresh-options.ts";

/** `w365 catalogue refresh`: read Microsoft's public sources, print what changed and what it means, and write it. */
export function registerRefresh(catalogue: Command, io: CommandIo, done: (code: ExitCode) => void): void {
  withVerbose(catalogue.command("refresh"))
    .description(
      "read Microsoft's public sources, print what changed, then write it; without a source named, all are read from the Internet",
    )
    .option("--microsoft365 <file or url>", "answer of the Microsoft 365 endpoints web service, worldwide")
    .option("--service-tags <file or url>", "Service Tags file of the public cloud")
    .option(
      "--roles <file or url>",
      "built-in roles: the documentation page's Markdown, or JSON of az or of the REST API",
    )
    .addOption(
      new Option(
        "--as-of <date>",
        "day on which the files were saved, where they do not tell (what is fetched is of today)",
      ).argParser(parseDay),
    )
    .option("--dry-run", "print what changed and write nothing")
    .option(
      "--directory <path>",
      "folder of the data files",
      fileURLToPath(new URL("../../catalogue/", import.meta.url)),
    )
    .action(async (options: RefreshOptions) => {
      const { refreshCatalogue } = await import("./refresh-catalogue.ts");
      await refreshCatalogue(options, io);
      done(0);
    });
}

function parseDay(text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError(`"${text}" is not a day such as "2026-08-22"`);
  return text;
}
