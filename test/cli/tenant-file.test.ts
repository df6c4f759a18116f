import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readTenantFile } from "../../cli/input/tenant-file.ts";
import { tenantJsonSchema } from "../../cli/input/tenant-schema.ts";
import { type Problem, renderProblem } from "../../readers/problem.ts";
import { fixture } from "./w365.ts";

const complete = readFileSync(fixture("tenant.json"), "utf8");
const today = "2026-11-21";

/** What reading a text finds wrong, with lines but without the place of the file. */
function problemsOf(text: string): readonly string[] {
  const file = join(tmpdir(), `w365-tenant-${process.pid}.json`);
  writeFileSync(file, text);
  const problems: Problem[] = [];
  readTenantFile(file, today, problems);
  return problems.map((problem) => renderProblem(problem).replace(file, "tenant.json"));
}

describe("a file of facts of a tenant", () => {
  test("gives every part that it holds, policies and assignments as the estate has them", () => {
    const problems: Problem[] = [];
    const facts = readTenantFile(fixture("tenant.json"), today, problems);
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({
      readOn: "2026-11-20",
      ageDays: 1,
      tenantId: "11111111-1111-1111-1111-111111111111",
      policies: {
        assignments: [{ name: "allowed-locations", scope: "/providers/Microsoft.Management/managementGroups/mg-root" }],
        definitions: [{ name: "e56962a6-4747-49cd-b67b-bf8b01975c4c", mode: "Indexed" }],
      },
      roleAssignments: [{ principalId: "33333333-3333-3333-3333-333333333333" }],
      locks: [],
    });
  });

  test("says nothing of the parts that it does not hold", () => {
    const problems: Problem[] = [];
    const facts = readTenantFile(fixture("tenant-minimal.json"), today, problems);
    expect(problems).toEqual([]);
    expect(Object.keys(facts ?? {}).sort()).toEqual(["ageDays", "partPlaces", "place", "readOn", "tenantId"]);
  });

  test.each([
    {
      case: "a misspelt part",
      from: '"intune"',
      to: '"intunes"',
      says: [/:91: key "intunes" is not known; did you mean "intune"\?$/],
    },
    {
      case: "a state that ARM does not have",
      from: '"Enabled"',
      to: '"Active"',
      says: [
        /:9: subscriptions\[0\]\.state: state "Active" is not known; it must be "Enabled", "Warned", "PastDue", "Disabled", "Deleted" or "NotFound"$/,
      ],
    },
    {
      case: "an id that is no GUID",
      from: '"tenantId": "11111111-1111-1111-1111-111111111111",\n  "subscriptions"',
      to: '"tenantId": "contoso",\n  "subscriptions"',
      says: [/:5: "contoso" is not a GUID such as "00000000-0000-0000-0000-000000000000"$/],
    },
    {
      case: "a day that no calendar has",
      from: '"2026-11-20"',
      to: '"2026-02-31"',
      says: [/:4: readOn "2026-02-31" is not a day of the calendar$/],
    },
    {
      case: "a day to come",
      from: '"2026-11-20"',
      to: '"2026-12-01"',
      says: [/:4: readOn "2026-12-01" is after today, "2026-11-21"$/],
    },
    {
      case: "a resource in the wrong list",
      from: '"locks": []',
      to: '"locks": [{ "id": "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/a" }]',
      says: [
        /: locks holds resources of type "Microsoft.Authorization\/locks", not "Microsoft.Authorization\/roleAssignments"$/,
      ],
    },
    {
      case: "two things at once",
      from: '"state": "Enabled",\n      "tenantId": "11111111-1111-1111-1111-111111111111"',
      to: '"state": "on", "tenantId": "mine"',
      says: [/state "on" is not known/, /subscriptions\[0\]\.tenantId: "mine" is not a GUID/],
    },
  ])("is refused for $case, with the line", ({ from, to, says }) => {
    expect(complete).toContain(from);
    const problems = problemsOf(complete.replace(from, to));
    expect(problems).toHaveLength(says.length);
    for (const [index, pattern] of says.entries()) expect(problems[index]).toMatch(pattern);
  });

  test("is what its JSON Schema documents", async () => {
    await expect(`${JSON.stringify(tenantJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      "../../docs/schemas/tenant-facts.schema.json",
    );
    expect(z.fromJSONSchema(tenantJsonSchema()).safeParse(JSON.parse(complete)).success).toBe(true);
    const misspelt: unknown = JSON.parse(complete.replace('"readOn"', '"readon"'));
    expect(z.fromJSONSchema(tenantJsonSchema()).safeParse(misspelt).success).toBe(false);
  });
});
