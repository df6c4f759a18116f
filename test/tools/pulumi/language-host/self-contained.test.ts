import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..", "..", "..", "..", "tools", "pulumi", "language-host");
const files = globSync("**/*.{ts,mjs}", { cwd: folder });

// The folder is copied beside the CLI, where there is neither the repository nor a node_modules.
test.each(files)("%s loads only Node's modules and its neighbours", (file) => {
  const source = readFileSync(join(folder, file), "utf8");
  const loaded = [...source.matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from\s+"([^"]+)"/gm)].map(([, from]) => from);
  expect(loaded.filter((from) => !/^(?:node:|\.\/[^/]+$)/.test(from ?? ""))).toEqual([]);
});

test("the search for modules to load is not empty", () => {
  expect(files.map((file) => basename(file))).toEqual(expect.arrayContaining(["start.mjs", "main.ts", "sdk.ts"]));
});
