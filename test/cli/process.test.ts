import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hubAndSpoke } from "./w365.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-process-"));
afterAll(() => rmSync(folder, { recursive: true }));

const root = resolve(import.meta.dirname, "../..");
const denied = ["explain", ...hubAndSpoke, "--from", "snet-dark", "--to", "198.51.100.99", "--protocol", "tcp"];

function start(entry: string, args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, entry), ...args], { cwd: folder, encoding: "utf8" });
}

describe("the w365 process", () => {
  test.each(["cli/w365.js", "cli/main.ts"])(
    "started as %s from any folder reports on standard output alone",
    (entry) => {
      const run = start(entry, denied);
      expect(run.status).toBe(1);
      expect(run.stdout).toMatch(/^Deny {5}Tcp from vnet-spoke\/snet-dark to 198\.51\.100\.99\n/);
      expect(run.stderr).toBe("note: 1 resource is of a type that the model does not read; --verbose lists them\n");
    },
  );

  test("names files as the person did, relative to where it is started", () => {
    writeFileSync(join(folder, "bad.json"), "{");
    const run = start("cli/w365.js", ["explain", "--arm", "bad.json", "--to", "10.0.0.4", "--protocol", "tcp"]);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(/^error: bad\.json:1: /);
  });

  test("an older Node is refused in one sentence", () => {
    const program = `
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });
      Object.defineProperty(process, "version", { value: "v20.19.0" });
      await import(${JSON.stringify(join(root, "cli/w365.js"))});`;
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    expect(run).toMatchObject({
      status: 2,
      stdout: "",
      stderr:
        'error: w365 needs Node 24 or newer, but "node" on PATH is v20.19.0; run "npx w365" or "npm run w365 -- <command>", which bring their own\n',
    });
  });

  test("takes neither Pulumi nor zod to answer about files", () => {
    const hook = join(folder, "forbid.mjs");
    writeFileSync(
      hook,
      `import { registerHooks } from "node:module";
registerHooks({ resolve(specifier, context, next) {
  if (/^(@pulumi\\/|zod|yaml)/.test(specifier)) throw new Error("loads " + specifier);
  return next(specifier, context);
} });`,
    );
    const run = spawnSync(process.execPath, ["--import", hook, join(root, "cli/w365.js"), ...denied], {
      encoding: "utf8",
    });
    expect(run.stderr).not.toContain("loads ");
    expect(run.status).toBe(1);
  });
});
