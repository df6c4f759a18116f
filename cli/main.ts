#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Compiled modules are kept in Node's cache, so only the first start pays for it; hence also no other static import here.
enableCompileCache();
const [{ processIo }, { runCommandLine }] = await Promise.all([
  import("./command-io.ts"),
  import("./run-command-line.ts"),
]);

// A reader such as `head` may close the pipe early; that is no fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Not process.exit: output to a pipe may still be on its way.
process.exitCode = await runCommandLine(process.argv.slice(2), processIo);
