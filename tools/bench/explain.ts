import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BenchResult, benchResult } from "./result.ts";

const root = resolve(import.meta.dirname, "../..");
const runs = 15;

const explain = (subnet: string, to: string) => [
  ...["cli/w365.js", "explain", "--arm", "test/cli/fixtures/hub-and-spoke.json"],
  ...["--from", subnet, "--to", to, "--protocol", "tcp", "--port", "443"],
];

/**
 * What one question costs from start to end beside starting Node for nothing, in turns.
 *
 * The clock, because starting is waiting for files as well; and with the compile cache filled, as it is after the first start.
 */
export async function measure(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "w365-bench-"));
  try {
    return [
      compare("explain-address", "one question about an address", explain("snet-cloudpc", "203.0.113.10"), folder),
      compare("explain-name", "one question about a name", explain("snet-direct", "login.microsoftonline.com"), folder),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(name: string, question: string, args: readonly string[], folder: string): BenchResult {
  milliseconds(args, folder);
  const pairs = Array.from(
    { length: runs },
    () => [milliseconds(args, folder), milliseconds(["-e", "0"], folder)] as const,
  );
  const what = `w365 explain --arm FILE with ${question}, start to end / node -e 0`;
  return benchResult({ name, what, goal: 6 }, pairs);
}

function milliseconds(args: readonly string[], folder: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    // The command keeps its compile cache in the folder for temporary files.
    env: { ...process.env, TMPDIR: folder, TEMP: folder },
  });
  const passed = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return passed;
}
