import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../../tools/pulumi/make-folder.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

test("a folder appears only when it is filled", async () => {
  const folder = join(temporaryFolder(), "deep", "thing");
  await makeFolder(folder, async (partial) => {
    writeFileSync(join(partial, "file"), "whole");
    expect(existsSync(folder)).toBe(false);
  });
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("whole");
});

test("nothing is left when filling fails", async () => {
  const parent = temporaryFolder();
  const failing = makeFolder(join(parent, "thing"), async (partial) => {
    writeFileSync(join(partial, "file"), "half");
    throw new Error("no luck");
  });
  await expect(failing).rejects.toThrow("no luck");
  expect(readdirSync(parent)).toEqual([]);
});

test("what a killed process left is swept, what a living one makes is not", async () => {
  const parent = temporaryFolder();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  mkdirSync(join(parent, `thing.partial-${pid}-0badcafe`, "bin"), { recursive: true });
  mkdirSync(join(parent, `thing.partial-${process.ppid}-0badcafe`));
  await makeFolder(join(parent, "thing"), async () => undefined);
  expect(readdirSync(parent).sort()).toEqual(["thing", `thing.partial-${process.ppid}-0badcafe`]);
});

test("a folder that another process has put in place meanwhile is kept", async () => {
  const folder = join(temporaryFolder(), "thing");
  await makeFolder(folder, async (partial) => {
    writeFileSync(join(partial, "file"), "second");
    mkdirSync(folder);
    writeFileSync(join(folder, "file"), "first");
  });
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("first");
});
