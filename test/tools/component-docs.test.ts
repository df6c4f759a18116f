import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { componentPages } from "../../tools/generate-component-docs.ts";

const folder = join(resolve(import.meta.dirname, "../.."), "docs", "components");
const pages = [...componentPages()].map(([file, page]) => ({ file, page }));

describe("pages of components", () => {
  test.each(pages)("docs/components/$file is up to date; npm run generate brings it so", ({ file, page }) => {
    expect(readFileSync(join(folder, file), "utf8")).toBe(page);
  });

  test.each(pages.filter(({ file }) => file !== "README.md"))(
    "$file says what every argument and output means, and the cost",
    ({ page }) => {
      const rows = page.split("\n").filter((line) => line.startsWith("| `"));
      expect(rows.filter((row) => row.includes("|  |"))).toEqual([]);
      expect(page).toMatch(/## What it costs to run\n\n\S/);
    },
  );
});
