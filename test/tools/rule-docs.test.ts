import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorTypes } from "../../catalogue/health-checks.ts";
import { allRules } from "../../policy-packs/all-rules.ts";
import { rulesPage } from "../../tools/generate-rule-docs.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/rules.md"), "utf8");

test("docs/rules.md is up to date; npm run generate brings it so", () => {
  expect(page).toBe(rulesPage());
});

test.each(allRules)("docs/rules.md has a row for $name with a link to its page", ({ name, pack, severity }) => {
  expect(page).toContain(`\n| [${name}](../policy-packs/${pack}/docs/${name}.md) | ${severity} | `);
});

test("every error type that a rule predicts is one that Windows 365 reports", () => {
  const known = errorTypes().map(({ id }) => id);
  const predicted = allRules.flatMap((rule) => [...rule.errorTypes, ...(rule.tenantErrorTypes ?? [])]);
  expect(predicted.filter((type) => !known.includes(type))).toEqual([]);
});
