import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const main = join(import.meta.dirname, "../../sandbox/main.ts");

/** Runs the sandbox's own process; sends SIGINT as soon as it says what to set. */
async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  let told = false;
  child.stderr.on("data", (data) => {
    stderr += String(data);
  });
  child.stdout.on("data", (data) => {
    stdout += String(data);
    if (!told && /PULUMI_DEBUG_PROVIDERS=\S+\n/.test(stdout)) told = child.kill("SIGINT");
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { exitCode, stdout, stderr };
}

describe("the sandbox as a process", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-main-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("says that it is a sandbox and what to set, and writes state and export at the end", async () => {
    const [state, template] = [join(folder, "azure.json"), join(folder, "template.json")];
    const { exitCode, stdout } = await run("--state", state, "--export", template);
    expect(stdout).toContain("This is a sandbox, not Azure: 0 make-believe resources.");
    expect(stdout).toMatch(/^PULUMI_DEBUG_PROVIDERS=azure-native:\d+,azuread:\d+$/m);
    expect(exitCode).toBe(0);
    expect(JSON.parse(readFileSync(state, "utf8"))).toMatchObject({
      format: "windows365-network sandbox, version 1",
      subscriptions: [],
      resources: [],
    });
    expect(JSON.parse(readFileSync(template, "utf8"))).toMatchObject({ contentVersion: "1.0.0.0", resources: [] });
  });

  test.each([
    { case: "an unknown option", args: ["--stat", "x"], message: "sandbox: Unknown option '--stat'" },
    {
      case: "a scenario that is not there",
      args: ["--scenario", "/no/such.json"],
      message: 'sandbox: there is no scenario file "/no/such.json"',
    },
    {
      case: "a time scale that is no number",
      args: ["--time-scale", "fast"],
      message: 'sandbox: --time-scale is "fast"; expected a number from 0 on',
    },
  ])("refuses $case", async ({ args, message }) => {
    const { exitCode, stderr } = await run(...args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  test("refuses a scenario that is not valid, without a stack trace", async () => {
    const scenario = join(folder, "scenario.json");
    writeFileSync(scenario, '{ "fault": [] }');
    const { exitCode, stderr } = await run("--scenario", scenario);
    expect(stderr).toBe('sandbox: the scenario is not valid\n✖ Unrecognized key: "fault"\n');
    expect(exitCode).toBe(1);
  });
});
