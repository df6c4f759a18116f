import { Command, CommanderError } from "commander";
import type { CommandIo, ExitCode } from "./command-io.ts";
import { commands } from "./commands.ts";
import { InputError } from "./input-error.ts";
import type { LazyCommand } from "./lazy-command.ts";
import { version } from "./version.ts";

/**
 * Runs one command of `w365` and says how it ended.
 *
 * Never throws: wrong usage and bad input end with 2, a fault of the program with 3 and how to report it.
 */
export async function runCommandLine(args: readonly string[], io: CommandIo, known = commands): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    const program = await buildProgram(args, io, known, (ended) => {
      code = ended;
    });
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return failed(error, args, io);
  }
}

async function buildProgram(
  args: readonly string[],
  io: CommandIo,
  known: readonly LazyCommand[],
  done: (code: ExitCode) => void,
): Promise<Command> {
  const program = withoutExit(new Command("w365"), io)
    .description(
      "Proves that Windows 365 Cloud PCs will provision on an Azure network, and says what stands in the way.",
    )
    .version(version())
    // Wherever it stands, before or behind the name of a command; a command that leaves nothing out has no more to list.
    .option("--verbose", "list also what was left out, where a command leaves something out")
    .hook("preAction", (root, action) => {
      if (root.opts().verbose === true) action.setOptionValue("verbose", true);
    });
  for (const { name, summary, load } of known) {
    const command = withoutExit(program.command(name), io).description(summary);
    if (args.includes(name)) (await load())(command, io, done);
  }
  return program;
}

/** Commander neither exits nor writes by itself; nested commands inherit both. */
function withoutExit(command: Command, io: CommandIo): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: io.report, writeErr: io.note })
    .showHelpAfterError("(--help says how it is used)");
}

function failed(error: unknown, args: readonly string[], io: CommandIo): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InputError) {
    io.note(`error: ${error.message}\n`);
    return 2;
  }
  io.note(`w365 itself broke: this is a bug. Please report what follows and how to repeat it.\n`);
  io.note(`  w365 ${version()}, Node ${process.versions.node}, arguments: ${JSON.stringify(args)}\n`);
  io.note(`${faultText(error, io.debug === true)}\n`);
  return 3;
}

/** A stack trace helps who mends the fault, not who met it. */
function faultText(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return withStack ? (error.stack ?? String(error)) : `${error}\n(W365_DEBUG=1 adds where in the program it happened)`;
}
