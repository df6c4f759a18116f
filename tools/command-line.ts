import { Command, CommanderError } from "commander";
import { InputError } from "../cli/input-error.ts";

/**
 * Runs a tool: parses its arguments, runs its action, and sets the exit code. Wrong usage ends with 2 after one message
 * that names the option and what would be right; `--help` ends with 0; an error of the action prints its message and
 * ends with 1, or with 2 if it is about what the user gave.
 */
export async function runTool(
  command: Command,
  action: (options: Record<string, unknown>, args: readonly string[]) => Promise<number>,
): Promise<void> {
  command.exitOverride().action(async () => {
    process.exitCode = await action(command.opts(), command.args);
  });
  try {
    await command.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof InputError ? 2 : 1;
  }
}

/** A command whose help shows how it is started in a clone: `npm run <name> -- [options]`. */
export function tool(name: string, description: string): Command {
  return new Command(`npm run ${name} --`).description(description).showHelpAfterError("(--help shows the options)");
}
