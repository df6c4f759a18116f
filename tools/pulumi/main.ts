import { spawn } from "node:child_process";
import { constants } from "node:os";
import { ensureCli } from "./ensure-cli.ts";

/** Signals that arrive within this time are one: a terminal and npm both pass the same Ctrl-C on. */
const SAME_SIGNAL_MS = 300;

/** Runs the Pulumi CLI that was found with this process's terminal, and resolves with its exit code. */
async function runPulumi(args: readonly string[]): Promise<number> {
  // stdout belongs to Pulumi: `npm run --silent pulumi -- stack output --json` must stay JSON.
  const cli = await ensureCli({ log: (line) => console.error(line) });
  if (args[0] === "--which") {
    console.log(`${cli.pulumi}\nversion ${cli.version}, from ${cli.source}`);
    return 0;
  }
  const terminal = process.stdin.isTTY;
  const child = spawn(cli.pulumi, args, {
    env: { ...process.env, ...cli.env },
    stdio: "inherit",
    // In a terminal Pulumi must stay in the foreground group to be able to ask. Elsewhere it gets a group of its own, so
    // that a signal sent to the whole group does not reach it twice: a second interrupt makes Pulumi abandon its work.
    detached: !terminal && process.platform !== "win32",
  });
  forwardSignals((signal) => {
    // The terminal has sent Ctrl-C to Pulumi already.
    if (!(terminal && signal === "SIGINT")) child.kill(signal);
  });
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

function forwardSignals(forward: (signal: NodeJS.Signals) => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    let last = Number.NEGATIVE_INFINITY;
    process.on(signal, () => {
      if (performance.now() - last > SAME_SIGNAL_MS) forward(signal);
      last = performance.now();
    });
  }
}

try {
  process.exitCode = await runPulumi(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
