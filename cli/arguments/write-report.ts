import { writeFileSync } from "node:fs";
import type { CommandIo } from "../command-io.ts";
import { InputError } from "../input-error.ts";
import { type Paint, plainPaint, terminalPaint } from "../report/paint.ts";
import type { ReportOptions } from "./report-options.ts";

/**
 * Writes a report to standard output or to the file of `--out`; only what is asked for is rendered.
 *
 * @param render - the report as text, with marks for where it goes to, and as a value for JSON
 */
export function writeReport(
  { format, out }: ReportOptions,
  io: CommandIo,
  render: { readonly text: (paint: Paint) => string; readonly json: () => unknown },
): void {
  const toTerminal = out === undefined && io.colour === true;
  const report =
    format === "json"
      ? `${JSON.stringify(render.json(), null, 2)}\n`
      : render.text(toTerminal ? terminalPaint : plainPaint);
  deliverReport(report, out, io);
}

/** Puts a report onto standard output or into the file of `--out`. Throws an `InputError` if the file cannot be written. */
export function deliverReport(report: string, out: string | undefined, io: CommandIo): void {
  if (out === undefined) {
    io.report(report);
    return;
  }
  try {
    writeFileSync(out, report);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`the report cannot be written to "${out}": ${reason}`);
  }
}
