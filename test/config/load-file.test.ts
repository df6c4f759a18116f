import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStackFile } from "../../config/load-file.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "w365-config-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, ...lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.join("\n"));
  return file;
}

function problems(file: string) {
  const result = loadStackFile(file);
  return result.ok
    ? []
    : result.problems.map(({ location, message }) => [location.file, location.line, location.column, message]);
}

const shared = [
  "profile: { kind: entra }",
  "intuneLocation: eu",
  "regions:",
  "  - name: weu",
  "    location: westeurope",
  "    network: { mode: create, addressSpace: [10.60.0.0/22] }",
  "    egress: { via: natGateway }",
  "    pools:",
  "      - { name: staff, cloudPcCount: 20 }",
];
const stack = ["config:", "  windows365-network:environment:", ...shared.map((line) => `    ${line}`)];

describe("loadStackFile", () => {
  test("reads a stack by its file name, and says where each part is written", () => {
    const file = write("Pulumi.prod.yaml", ...stack);
    const result = loadStackFile(file);
    expect(result.ok && result.stackName).toBe("prod");
    expect(result.ok && result.locate(["regions", 0, "location"])).toEqual({ file, line: 7, column: 9 });
    expect(result.ok && result.locate(["regions", 0, "notWritten"])).toEqual({ file, line: 6, column: 9 });
  });

  test("every problem has its line: of the key, or of what is around a key that is missing", () => {
    const file = write(
      "Pulumi.bad.yaml",
      ...stack.map((line) =>
        line.replace("10.60.0.0/22", "10.60.0.4/22").replace("intuneLocation: eu", "colour: blue"),
      ),
    );
    expect(problems(file)).toEqual([
      [file, 3, 5, 'intuneLocation is missing; it must be "na", "eu" or "ap"'],
      [file, 8, 49, 'prefix "10.60.0.4/22" has host bits set; did you mean "10.60.0.0/22"?'],
      [file, 4, 5, expect.stringMatching(/^key "colour" is not known/)],
    ]);
  });

  test("a shared file is read beside the stack file, and its problems are located in it", () => {
    const file = write("shared.yaml", ...shared);
    const one = write("Pulumi.one.yaml", "config:", "  windows365-network:environmentFile: shared.yaml");
    expect(loadStackFile(one).ok).toBe(true);
    writeFileSync(file, shared.join("\n").replace("westeurope", "westeurop"));
    expect(problems(one)).toEqual([
      [file, 5, 5, 'location "westeurop" of region "weu" is not a region of Windows 365; did you mean "westeurope"?'],
    ]);
  });

  test.each([
    { case: "encrypted", line: "{ secure: v1:AAAA }", ok: true },
    { case: "not set", line: undefined, ok: true },
    { case: "in clear", line: "hunter2", ok: false },
  ])("a secret that is $case: ok is $ok, because nothing is deployed from here", ({ line, ok }) => {
    const example = loadStackFile(join(import.meta.dirname, "../../config/stacks/Pulumi.hybrid.yaml"));
    expect(example.ok).toBe(true);
    const environment = example.ok ? example.values.get("windows365-network:environment") : {};
    const file = write(
      "Pulumi.secret.yaml",
      "config:",
      `  windows365-network:environment: ${JSON.stringify(environment)}`,
      ...(line === undefined ? [] : [`  windows365-network:sharedKeyBerlin: ${line}`]),
    );
    expect(loadStackFile(file).ok).toBe(ok);
    expect(JSON.stringify(problems(file))).not.toContain("hunter2");
  });

  test("a file that is not there, and one that is not YAML, are problems and not exceptions", () => {
    const missing = join(folder, "Pulumi.missing.yaml");
    expect(problems(missing)).toEqual([[missing, 1, 1, `file "${missing}" does not exist`]]);
    const broken = write("Pulumi.broken.yaml", "config:", "  a: [1");
    expect(problems(broken)).toEqual([[broken, 2, expect.any(Number), expect.stringContaining("is not YAML")]]);
    const twice = write("Pulumi.twice.yaml", "config:", "  a: 1", "  a: 2");
    expect(problems(twice)).toEqual([[twice, 3, 3, `file "${twice}" is not YAML: Map keys must be unique`]]);
    const elsewhere = write("Pulumi.elsewhere.yaml", "config:", "  windows365-network:environmentFile: nowhere.yaml");
    expect(problems(elsewhere)).toEqual([
      [join(folder, "nowhere.yaml"), 1, 1, `file "${join(folder, "nowhere.yaml")}" does not exist`],
    ]);
  });
});

describe("the worked examples", () => {
  test.each(["example", "minimal", "hybrid"])("%s is valid, without a warning, and fits on a page", (name) => {
    const result = loadStackFile(join(import.meta.dirname, `../../config/stacks/Pulumi.${name}.yaml`));
    expect(result.ok ? result.warnings : result.problems).toEqual([]);
    expect(result.ok && result.settings.environment.protect).toBe(false);
    expect(result.ok && result.settings.layer).toEqual({ layer: "all" });
  });
});
