import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants } from "node:os";

/** A Node process to start: its arguments, folder and environment. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The processes that a language host has started, and how they are ended. */
export interface Children {
  /** Starts Node, the same that runs the host (which its launcher took from PATH). */
  start(command: Command, stdio: SpawnOptions["stdio"]): ChildProcess;
  /** Ends one child: asked first, forced after two seconds. Resolves when it is gone. */
  stop(child: ChildProcess): Promise<void>;
  /** Ends all of them, and starts no more. */
  stopAll(): Promise<void>;
}

/** How long a child may take to end by itself. The engine gives its plugins five seconds. */
const GRACE_MS = 2_000;

/** Keeps the children of one language host, so that none of them outlives it. */
export function trackChildren(): Children {
  const running = new Set<ChildProcess>();
  let closed = false;
  const stop = async (child: ChildProcess): Promise<void> => {
    if (!running.has(child)) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await gone;
    clearTimeout(force);
  };
  return {
    start(command, stdio) {
      if (closed) throw new Error("the language host is ending and starts nothing more");
      const child = spawn(process.execPath, command.args, { cwd: command.cwd, env: command.env, stdio });
      running.add(child);
      child.once("exit", () => running.delete(child));
      child.once("error", () => running.delete(child));
      return child;
    },
    stop,
    async stopAll() {
      closed = true;
      await Promise.all([...running].map(stop));
    },
  };
}

/** The exit code of an ended process; a signal becomes 128 plus its number, as in a shell. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}
