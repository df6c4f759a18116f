import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { changedProduct, plantedFaults } from "../support/planted-faults.ts";

const product = changedProduct();
afterAll(product.remove);

/** The report of `w365 check --format json` of the changed product, whatever the verdict. */
function check(stack: string): Promise<{ readonly exitCode: number; readonly report: Report }> {
  const args = [join(product.root, "cli", "w365.js"), "check", "--stack", stack, "--format", "json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: product.root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code);
      if (exitCode > 1) reject(new Error(stderr));
      else resolve({ exitCode, report: JSON.parse(stdout) });
    });
  });
}

interface Report {
  readonly findings: readonly { readonly rule: string; readonly outcome: string }[];
}

test.each(["example", "minimal", "hybrid"])("w365 check finds %s ready", async (stack) => {
  product.change();
  expect(await check(stack)).toMatchObject({ exitCode: 0, report: { findings: [] } });
});

// The same as with the engine, in `test/engine/gate.test.ts`.
test.each(plantedFaults)("w365 check finds $fault, by $rule", async ({ undecided, ...fault }) => {
  product.change(fault);
  const { exitCode, report } = await check(fault.stack);
  expect(exitCode).toBe(1);
  const outcomes = report.findings.filter(({ rule }) => rule === fault.rule).map(({ outcome }) => outcome);
  expect(outcomes).toContain(undecided ? "undecided" : "fail");
});
