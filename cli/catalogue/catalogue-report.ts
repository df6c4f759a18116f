import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { InputError } from "../input-error.ts";

/** Where a command of the catalogue reports to. */
export interface CatalogueReportOptions {
  readonly out?: string;
}

/** Adds what every command of `w365` takes: `--out` where it reports a list, and `--verbose`. */
export function withReportOptions(command: Command): Command {
  return withVerbose(command.option("--out <file>", "write the report to a file instead of standard output"));
}

/** The catalogue reads everything it is given, so there is nothing more to tell; the option is taken as everywhere. */
export function withVerbose(command: Command): Command {
  return command.option("--verbose", "taken as by every command; nothing more is told here");
}

/** Writes a report to standard output, or to the file of `--out`. Throws `InputError` where that cannot be written. */
export function reportTo(text: string, { out }: CatalogueReportOptions, io: CommandIo): void {
  if (out === undefined) {
    io.report(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`the report cannot be written to "${out}": ${reason}`);
  }
}
