#!/usr/bin/env node
import { processIo } from "./command-io.ts";
import { runCommandLine } from "./run-command-line.ts";

// A reader such as `head` may close the pipe early; that is no fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Not process.exit: output to a pipe may still be on its way.
process.exitCode = await runCommandLine(process.argv.slice(2), processIo);
