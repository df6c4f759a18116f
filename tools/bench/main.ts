import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { InputError } from "../../cli/input-error.ts";
import { runTool, tool } from "../command-line.ts";
import type { BenchResult } from "./result.ts";

const command = tool(
  "bench",
  "Measures what performance is promised, as ratios of two things measured side by side in this run. Exits 1 if one does not hold.",
)
  .option("--json", "print the results as JSON", false)
  .option("--only <name>", "measure only the files whose name contains this");

await runTool(command, async ({ json, only }) => {
  const results: BenchResult[] = [];
  const files = benchFiles(typeof only === "string" ? only : "");
  if (files.length === 0) {
    const names = benchFiles("").map((file) => `"${basename(file, ".ts")}"`);
    throw new InputError(`nothing to measure is named "${only}"; there are ${names.join(", ")}`);
  }
  for (const file of files) {
    console.error(`measuring ${basename(file, ".ts")}`);
    const { measure }: { readonly measure: () => Promise<BenchResult[]> } = await import(pathToFileURL(file).href);
    results.push(...(await measure()));
  }
  console.log(json === true ? JSON.stringify(results, null, 2) : results.map(line).join("\n"));
  return results.every(({ holds }) => holds) ? 0 : 1;
});

/** Every file beside this one that measures something. */
function benchFiles(only: string): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter(
      (file) =>
        file.endsWith(".ts") && !["environment-of.ts", "main.ts", "result.ts"].includes(file) && file.includes(only),
    )
    .sort()
    .map((file) => join(import.meta.dirname, file));
}

function line({ name, what, ratio, goal, holds, runs, min, max, details }: BenchResult): string {
  const verdict = holds ? "holds" : "MISSED";
  const extra = details === undefined ? "" : `\n  ${details}`;
  return `${verdict}  ${name}: ${ratio} (goal ${goal}; ${runs} pairs, ${min} to ${max})\n  ${what}${extra}`;
}
