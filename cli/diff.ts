import { Option } from "commander";
import { deliverReport } from "./arguments/write-report.ts";
import { compare } from "./check/compare.ts";
import { type JudgeOptions, judge } from "./check/judge.ts";
import { addJudgeArguments } from "./check.ts";
import type { CommandIo, ExitCode } from "./command-io.ts";
import type { InputOptions } from "./input/input-options.ts";
import { inputOfSpec } from "./input/input-spec.ts";
import { InputError } from "./input-error.ts";
import type { Registration } from "./lazy-command.ts";
import { plainPaint, terminalPaint } from "./report/paint.ts";
import { type DiffFormat, diffFormats, diffJson, diffMarkdown, diffText } from "./report/render-diff.ts";

interface DiffOptions extends Omit<JudgeOptions, "waivers"> {
  readonly format: DiffFormat;
  readonly out?: string;
}

/** `w365 diff`: what another network would change for Cloud PCs. Ends with 0 when nothing gets worse, else with 1. */
export const registerDiff: Registration = (command, io, done) => {
  addJudgeArguments(
    command
      .argument(
        "<base>",
        "the network as it is: stack:NAME, an export of a Pulumi stack, or ARM files with commas between",
      )
      .argument("<head>", "the network as it is to be, in the same forms"),
  )
    .option("--service-tags <file>", "Microsoft's Service Tags JSON (default: the table of the catalogue)")
    .option("--attest <file>", "what a person vouches for, such as a third-party appliance")
    .addOption(new Option("--format <format>", "form of the report").choices(diffFormats).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action(async (base: string, head: string, options: DiffOptions) => done(await runDiff(base, head, options, io)));
};

async function runDiff(base: string, head: string, options: DiffOptions, io: CommandIo): Promise<ExitCode> {
  // One after the other: both may evaluate the program, which Pulumi does once at a time.
  const before = await judgeSide("BASE", inputOfSpec(base), options, io);
  const after = await judgeSide("HEAD", inputOfSpec(head), options, io);
  const comparison = compare(before, after);
  const paint = options.out === undefined && io.colour === true ? terminalPaint : plainPaint;
  const renderers: Readonly<Record<DiffFormat, () => string>> = {
    text: () => diffText(comparison, paint),
    markdown: () => diffMarkdown(comparison),
    json: () => `${JSON.stringify(diffJson(comparison), null, 2)}\n`,
  };
  deliverReport(renderers[options.format](), options.out, io);
  return comparison.worse ? 1 : 0;
}

/** A message about one of two inputs has to say which. */
async function judgeSide(side: string, input: InputOptions, { subnet, ...options }: DiffOptions, io: CommandIo) {
  try {
    const { readiness } = await judge({ ...options, ...input, ...(subnet !== undefined && { subnet }) }, io.today());
    return readiness;
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${side}: ${error.message}`);
    throw error;
  }
}
