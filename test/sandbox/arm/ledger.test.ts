import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../../sandbox/arm");

/** Codes in the source: what is handed to a refusal, with interpolations written as `<name>`. */
function codesInSource(): ReadonlySet<string> {
  const calls = /(?:badRequest|conflict|notFound)\(\s*["`]([\w${}]+)["`]|code: "(\w+)"/g;
  const files = globSync(join(folder, "**/*.ts"));
  const found = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(calls)].map(([, call, field]) => call ?? field ?? ""),
  );
  // The default of a name rule is the only code that is not written at a call.
  return new Set([...found.map((code) => code.replace(/\$\{(\w+)\}/g, "<$1>")), "InvalidResourceName"]);
}

/** Codes in the second column of the ledger's tables of refusals. */
function codesInLedger(): readonly string[] {
  const text = readFileSync(join(folder, "README.md"), "utf8");
  const refused = text.slice(text.indexOf("## What is refused"), text.indexOf("## What is computed"));
  return refused
    .split("\n")
    .flatMap((line) => [...(line.split(" | ")[1] ?? "").matchAll(/`([\w<>]+)`/g)].map(([, code]) => code ?? ""));
}

test("every code that can be answered stands in the ledger", () => {
  const ledger = new Set(codesInLedger());
  expect([...codesInSource()].filter((code) => !ledger.has(code))).toEqual([]);
});

test("every code that can be answered is met in a test", () => {
  const tests = globSync(join(import.meta.dirname, "*.test.ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join();
  const plain = [...codesInSource()].filter((code) => !code.includes("<"));
  expect(plain.filter((code) => !tests.includes(code))).toEqual([]);
});

test("every code in the ledger can be answered", () => {
  const source = codesInSource();
  expect(codesInLedger().filter((code) => !source.has(code))).toEqual([]);
  expect(codesInLedger().length).toBeGreaterThan(150);
});
