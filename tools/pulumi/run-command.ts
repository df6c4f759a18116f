import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a command ended, with what it printed. */
export interface CommandResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderrLines: readonly string[];
}

/** What `runCommand` may be told besides the command. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** @default - the current folder */
  readonly cwd?: string;
  /** Called with each line of stderr as it comes. @default - none */
  readonly onStderr?: (line: string) => void;
}

/** Runs a program to its end. One that cannot be started is a failed result, not an exception. */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { env, cwd, onStderr } = options;
  // Windows starts a .cmd only through its shell; the arguments here are our own and hold nothing to quote.
  const shell = file.endsWith(".cmd");
  const child = spawn(file, args, { env, cwd, shell, stdio: ["ignore", "pipe", "pipe"] });
  const stdout: Buffer[] = [];
  const stderrLines: string[] = [];
  child.stdout.on("data", (data: Buffer) => stdout.push(data));
  const stderr = createInterface({ input: child.stderr });
  stderr.on("line", (line) => {
    stderrLines.push(line);
    onStderr?.(line);
  });
  return await new Promise((resolve) => {
    const end = (ok: boolean) => resolve({ ok, stdout: Buffer.concat(stdout).toString(), stderrLines });
    child.once("error", (error) => {
      stderrLines.push(error.message);
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}
