import { type Command, Option } from "commander";
import { addInputArguments } from "./arguments/input-arguments.ts";
import { deliverReport } from "./arguments/write-report.ts";
import { type JudgeOptions, judge } from "./check/judge.ts";
import type { CommandIo, ExitCode } from "./command-io.ts";
import { noteInput } from "./input/input-notes.ts";
import type { Registration } from "./lazy-command.ts";
import { plainPaint, terminalPaint } from "./report/paint.ts";
import { type CheckFormat, checkFormats, renderCheck } from "./report/render-check.ts";

interface CheckOptions extends JudgeOptions {
  readonly format: CheckFormat;
  readonly out?: string;
}

/** `w365 check`: whether Cloud PCs will provision on a network. Ends with 0 when it is ready, else with 1. */
export const registerCheck: Registration = (command, io, done) => {
  addJudgeArguments(addInputArguments(command))
    .option("--waivers <file>", "findings that somebody accepts for a while (docs/waivers.md)")
    .addOption(new Option("--format <format>", "form of the report").choices(checkFormats).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action(async (options: CheckOptions) => done(await runCheck(options, io)));
};

/** Adds the options that say what is judged and with what. */
export function addJudgeArguments(command: Command): Command {
  return command
    .option(
      "--subnet <subnet>",
      "only this subnet: vnet/subnet, a unique name or a resource id (default: all Cloud PC subnets)",
    )
    .addOption(
      new Option("--undecided <what>", "whether a result that cannot be decided stands in the way")
        .choices(["fail", "warn"])
        .default("fail"),
    )
    .option("--tenant <file>", "facts read from the tenant (docs/tenant-facts.md)");
}

async function runCheck(options: CheckOptions, io: CommandIo): Promise<ExitCode> {
  const { input, readiness } = await judge(options, io.today());
  const paint = options.out === undefined && io.colour === true ? terminalPaint : plainPaint;
  const report = await renderCheck(readiness, options.format, paint);
  noteInput(input, options, io);
  deliverReport(report, options.out, io);
  return readiness.ready ? 0 : 1;
}
