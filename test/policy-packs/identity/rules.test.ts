import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { identityRules } from "../../../policy-packs/identity/rules.ts";

const pack = join(import.meta.dirname, "../../../policy-packs/identity");
const namesIn = (folder: string, ending: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();

describe("the rules of pack identity", () => {
  test("are all in the pack, each in a file and on a page of its name, in alphabetical order", () => {
    const names = identityRules.map(({ name }) => name);
    expect(names).toEqual(namesIn(join(pack, "rules"), ".ts"));
    expect(names).toEqual(namesIn(join(pack, "docs"), ".md"));
  });

  test.each(identityRules)("$name has a test, a permanent kind of name and a link without locale", ({ name, url }) => {
    expect(existsSync(join(import.meta.dirname, `${name}.test.ts`))).toBe(true);
    expect(name).toMatch(/^[a-z0-9-]{1,60}$/);
    expect(url).toMatch(/^https:\/\/learn\.microsoft\.com\/(?![a-z]{2}-[a-z]{2}\/)/);
  });

  test.each(identityRules)("$name says the same in the rule and on its page", (rule) => {
    const page = readFileSync(join(pack, "docs", `${rule.name}.md`), "utf8");
    expect(rule.pack).toBe("identity");
    expect(page.startsWith(`# ${rule.name}\n\n${rule.description}\n\nSeverity: ${rule.severity}\n`)).toBe(true);
    expect(page.match(/^## .+$/gm)).toEqual([
      "## What it checks",
      "## Why",
      "## How to fix",
      "## Example that passes",
      "## Exceptions",
      "## Links",
    ]);
    expect(page).toContain(`](${rule.url})`);
  });
});
