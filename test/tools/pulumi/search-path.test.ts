import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findOnPath, prependToPath } from "../../../tools/pulumi/search-path.ts";
import { writeProgram } from "./support/fake-programs.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

describe.skipIf(process.platform === "win32")("findOnPath", () => {
  test("takes the first program, past folders, plain files, empty entries and folders that are not there", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "a", "tool"), { recursive: true });
    mkdirSync(join(root, "b"));
    writeFileSync(join(root, "b", "tool"), "not executable");
    const first = writeProgram(join(root, "c"), "tool", "exit 0");
    writeProgram(join(root, "d"), "tool", "exit 0");
    const path = ["", "nowhere", "a", "b", "c", "d"].map((name) => (name ? join(root, name) : "")).join(delimiter);
    expect(findOnPath("tool", { PATH: path })).toBe(first);
    expect(findOnPath("other", { PATH: path })).toBeUndefined();
    expect(findOnPath("tool", {})).toBeUndefined();
  });
});

describe("prependToPath", () => {
  test.each([
    { case: "PATH", env: { PATH: "old" }, expected: { PATH: `new${delimiter}old` } },
    { case: "Path, as Windows writes it", env: { Path: "old" }, expected: { Path: `new${delimiter}old` } },
    { case: "no PATH at all", env: {}, expected: { PATH: "new" } },
  ])("puts folders in front of $case", ({ env, expected }) => {
    expect(prependToPath(["new"], env)).toEqual(expected);
  });
});
