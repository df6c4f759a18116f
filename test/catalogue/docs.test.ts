import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { catalogueListSchemaFile, cataloguePages } from "../../tools/generate-catalogue-docs.ts";

const folder = resolve(import.meta.dirname, "../../docs/catalogue");

test("the pages are what the data makes them (npm run generate)", () => {
  for (const { path, text } of [...cataloguePages(), catalogueListSchemaFile()])
    expect(readFileSync(path, "utf8"), basename(path)).toBe(text);
});

test("no page is left over from data that is gone", () => {
  const made = cataloguePages().map(({ path }) => basename(path));
  expect(readdirSync(folder).sort()).toEqual([...made, "using.md"].sort());
});

test("links between the pages lead somewhere, also into the page of contradictions", () => {
  const pages = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  const links = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, target = "", anchor]) => ({
      file,
      target,
      anchor,
    })),
  );
  expect(links.length).toBeGreaterThan(60);
  const broken = links.filter(({ file, target, anchor }) => {
    const path = join(dirname(join(folder, file)), target);
    return (
      !existsSync(path) || (anchor !== undefined && !readFileSync(path, "utf8").includes(`<a id="${anchor}"></a>`))
    );
  });
  expect(broken).toEqual([]);
});

test("no placeholder in angle brackets is taken for HTML", () => {
  for (const { path, text } of cataloguePages()) {
    const outsideCode = text.replaceAll(/`[^`]*`/g, "").replaceAll(/<a id="[^"]+"><\/a>/g, "");
    expect(outsideCode, basename(path)).not.toMatch(/<[A-Za-z/]/);
  }
});
