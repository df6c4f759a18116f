import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
let copy: string;

/** Inside the project, so that zod is found, and ignored by git. */
beforeAll(() => {
  mkdirSync(join(root, ".sandbox"), { recursive: true });
  copy = mkdtempSync(join(root, ".sandbox/catalogue-"));
  cpSync(join(root, "catalogue"), join(copy, "catalogue"), { recursive: true });
  cpSync(join(root, "model"), join(copy, "model"), { recursive: true });
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
});

afterAll(() => rmSync(copy, { recursive: true }));

/** Loads a data file of the copy in a process of its own, and says whether zod was loaded for it. */
function load(name: string): { readonly error: string; readonly zod: boolean } {
  const program = `
    import { loadData } from ${JSON.stringify(join(copy, "catalogue/load-data.ts"))};
    let error = "";
    try { loadData(${JSON.stringify(name)}); } catch (thrown) { error = thrown.message; }
    console.log(JSON.stringify({ error, zod: globalThis.__zod_globalConfig !== undefined }));
  `;
  return JSON.parse(execFileSync("node", ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" }));
}

describe("a data file", () => {
  test("whose digest is recorded is read without loading zod", () => {
    expect(load("regions")).toEqual({ error: "", zod: false });
  });

  test("that was edited to something valid is parsed by its schema", () => {
    edit("roles", (text) => text.replace('"name": "Reader"', '"name": "Reader "'));
    expect(load("roles")).toEqual({ error: "", zod: true });
  });

  test("that was edited to something invalid fails, with every problem and its path", () => {
    edit("regions", (text) =>
      text
        .replace('"id": "eastasia"', '"id": "southafricanorth", "colour": "blue"')
        .replace('"gpu": "yes"', '"gpu": "maybe"'),
    );
    const { error } = load("regions");
    expect(error).toContain('catalogue file "regions.json" is not valid\n');
    expect(error).toContain('Unrecognized key: "colour"\n  → at regions[1]');
    expect(error).toContain("→ at regions[0].gpu");
  });

  test("with an id twice fails", () => {
    edit("features", (text) => text.replace('"id": "store"', '"id": "autopilot"'));
    expect(load("features").error).toContain('id "autopilot" is given twice\n  → at features[4].id');
  });

  test("with host bits in a prefix fails with the correction", () => {
    edit("endpoints-intune", (text) => text.replace('"value": "4.145.74.224/27"', '"value": "4.145.74.225/27"'));
    expect(load("endpoints-intune").error).toContain(
      'prefix "4.145.74.225/27" has host bits set; did you mean "4.145.74.224/27"?',
    );
  });
});

function edit(name: string, change: (text: string) => string): void {
  const file = join(copy, "catalogue", `${name}.json`);
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
}
