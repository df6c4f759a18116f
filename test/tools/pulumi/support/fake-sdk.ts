import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a stand-in for `@pulumi/pulumi/cmd/...` saw of the process that ran it. */
export interface Seen {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A program's folder with a stand-in for `@pulumi/pulumi`, whose `cmd` scripts write down how they were started and do
 * what their last argument (or the environment variable BEHAVIOUR) says: `exit=N`, `kill` themselves, or `hang`.
 */
export function fakeProgram(folder: string): { readonly folder: string; readonly seen: () => Seen | undefined } {
  const sdk = join(folder, "node_modules", "@pulumi", "pulumi");
  const seenFile = join(folder, "seen.json");
  const script = `
    const fs = require("node:fs");
    const { pid, execArgv, env } = process;
    fs.writeFileSync(${JSON.stringify(`${seenFile}.tmp`)}, JSON.stringify({ pid, argv: process.argv.slice(1), execArgv, cwd: process.cwd(), env }));
    fs.renameSync(${JSON.stringify(`${seenFile}.tmp`)}, ${JSON.stringify(seenFile)});
    console.log("to stdout");
    console.error("to stderr");
    const behaviour = env.BEHAVIOUR ?? process.argv.at(-1);
    if (behaviour === "hang") { process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); }
    else if (behaviour === "kill") process.kill(pid, "SIGKILL");
    else process.exitCode = Number(behaviour.split("=")[1]);
  `;
  for (const command of ["run", "run-policy-pack", "run-plugin"]) {
    mkdirSync(join(sdk, "cmd", command), { recursive: true });
    writeFileSync(join(sdk, "cmd", command, "index.js"), script);
  }
  writeFileSync(join(sdk, "package.json"), JSON.stringify({ name: "@pulumi/pulumi", version: "3.270.0" }));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ type: "module", dependencies: { "@pulumi/pulumi": "^3.0.0", "not-installed": "1.0.0" } }),
  );
  return {
    folder,
    seen: () => (existsSync(seenFile) ? JSON.parse(readFileSync(seenFile, "utf8")) : undefined),
  };
}
