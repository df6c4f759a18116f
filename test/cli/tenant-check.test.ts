import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fixture, w365 } from "./w365.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-tenant-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Report {
  readonly ready: boolean;
  readonly healthChecks: readonly { readonly id: string; readonly outcome: string; readonly because: string }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly location: { readonly file: string; readonly line: number } | null;
  }[];
}

/** Checks the hybrid example with the facts of the tests, changed. */
async function check(
  from = "",
  to = "",
): Promise<{ readonly code: number; readonly report: Report; readonly file: string }> {
  const file = join(folder, "tenant.json");
  const facts = readFileSync(fixture("tenant.json"), "utf8");
  expect(facts).toContain(from);
  writeFileSync(file, facts.replace(from, to));
  const run = await w365(["check", "--stack", "hybrid", "--tenant", file, "--format", "json"]);
  return { code: run.code, report: JSON.parse(run.out), file };
}

const outcomeOf = ({ healthChecks }: Report, id: string) => healthChecks.find((each) => each.id === id)?.outcome;

describe("w365 check --tenant", () => {
  test("is ready with facts that speak for it, and rules out what only the tenant tells", async () => {
    const { code, report } = await check();
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
    for (const id of ["tenantReady", "deviceSync", "adJoin", "intuneRestrictions", "groupPolicy", "sso"]) {
      expect(`${id} ${outcomeOf(report, id)}`).toBe(`${id} pass`);
    }
  });

  test("fails the health check that a fact speaks against, and names the file of the facts", async () => {
    const { code, report, file } = await check(
      '"serviceConnectionPointConfigured": true',
      '"serviceConnectionPointConfigured": false',
    );
    expect(code).toBe(1);
    expect(outcomeOf(report, "deviceSync")).toBe("fail");
    expect(report.findings).toMatchObject([{ rule: "device-sync-healthy", location: { file, line: 95 } }]);
  });

  test("denies by a policy of a management group what the design would deploy", async () => {
    const { report } = await check('["northeurope", "westeurope"]', '["northeurope"]');
    expect(outcomeOf(report, "tenantReady")).toBe("fail");
    expect(new Set(report.findings.map(({ rule }) => rule))).toEqual(new Set(["azure-policy-denies"]));
  });

  test("refuses a file that is wrong with 2, without a report", async () => {
    const file = join(folder, "wrong.json");
    writeFileSync(file, '{ "schemaVersion": 2, "readOn": "yesterday" }');
    expect(await w365(["check", "--stack", "minimal", "--tenant", file])).toEqual({
      code: 2,
      out: "",
      err: `error: 3 problems\n  ${file}:1: schemaVersion 2 is not known; it must be 1\n  ${file}:1: "yesterday" is not a date such as "2026-11-21"\n  ${file}:1: tenantId is missing; it must be a text\n`,
    });
  });
});
