import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadData } from "../../../catalogue/load-data.ts";
import { recordDigests, writeData } from "../../../catalogue/refresh/write-data.ts";

/** How many more renames succeed. */
const renames = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (importOriginal) => {
  const actual = await importOriginal<typeof import("node:fs")>();
  const renameSync: typeof actual.renameSync = (from, to) => {
    if (renames.left-- <= 0) throw new Error("the disk is gone");
    actual.renameSync(from, to);
  };
  return { ...actual, renameSync };
});

const catalogue = fileURLToPath(new URL("../../../catalogue/", import.meta.url));
let folder = "";

beforeEach(() => {
  renames.left = Number.POSITIVE_INFINITY;
  folder = fs.mkdtempSync(join(tmpdir(), "w365-write-data-"));
  for (const file of fs.readdirSync(catalogue).filter((name) => name.endsWith(".json")))
    fs.cpSync(join(catalogue, file), join(folder, file));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

const contents = () =>
  Object.fromEntries(fs.readdirSync(folder).map((file) => [file, fs.readFileSync(join(folder, file), "utf8")]));

const changed = () =>
  new Map([
    ["roles", { ...loadData("roles"), wrongIdentifiers: [] }],
    ["features", { features: [] }],
  ] as const);

describe("all files or none", () => {
  test.each([{ renamed: 0 }, { renamed: 1 }, { renamed: 2 }])(
    "a disk that fails after $renamed files have been replaced leaves every file as it was",
    ({ renamed }) => {
      const before = contents();
      renames.left = renamed;
      expect(() => writeData(folder, changed())).toThrow("the disk is gone");
      expect(contents()).toEqual(before);
    },
  );

  test("both files and the digests are replaced, and nothing is left beside them", () => {
    const before = contents();
    writeData(folder, changed());
    const after = contents();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((file) => after[file] !== before[file])).toEqual([
      "digests.json",
      "features.json",
      "roles.json",
    ]);
  });

  test("content that its schema refuses is not written", () => {
    const before = contents();
    expect(() => writeData(folder, new Map([["features", { features: [{}] }]]))).toThrow(
      /^catalogue file "features.json" is not valid/,
    );
    expect(contents()).toEqual(before);
  });

  test("digests are recorded only of a folder whose files are all valid", () => {
    fs.writeFileSync(join(folder, "roles.json"), "{}");
    const before = contents();
    expect(() => recordDigests(folder)).toThrow(/^catalogue file "roles.json" is not valid/);
    expect(contents()).toEqual(before);
  });
});
