import type { Command } from "commander";
import type { CommandIo, ExitCode } from "./command-io.ts";

/** Adds options and an action to the command. The action tells how it ended by calling `done`. */
export type Registration = (command: Command, io: CommandIo, done: (code: ExitCode) => void) => void;

/** A command whose modules are loaded only when it runs. */
export interface LazyCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Registration>;
}
