#!/usr/bin/env node
import * as nodeModule from "node:module";

// The entry is JavaScript: Node would load its reader of TypeScript for any other, which alone takes longer than most answers,
// and a Node that cannot run TypeScript gets as far as saying so.
const wanted = 24;
const [major = 0] = process.versions.node.split(".").map(Number);

if (major < wanted) {
  process.stderr.write(
    `error: w365 needs Node ${wanted} or newer, but "node" on PATH is ${process.version}; run "npx w365" or "npm run w365 -- <command>", which bring their own\n`,
  );
  process.exitCode = 2;
} else {
  // Node's compile cache keeps every module as it was stripped, so only the first start reads TypeScript.
  nodeModule.enableCompileCache();
  await import("./main.ts");
}
