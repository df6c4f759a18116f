import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureCli, type PulumiCli } from "../../../tools/pulumi/ensure-cli.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const root = join(import.meta.dirname, "..", "..", "..");
let cli: PulumiCli;

// On a machine without a CLI this downloads or builds one, which may take minutes.
beforeAll(async () => {
  cli = await ensureCli({ log: (line) => console.error(line) });
});

/** A copy of the fixture program with a state of its own, and the environment to run the CLI in it. */
function project() {
  const home = temporaryFolder();
  const folder = join(home, "project");
  cpSync(join(import.meta.dirname, "fixtures", "program"), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(home, "state"));
  const env: Record<string, string> = {
    ...cli.env,
    PULUMI_HOME: join(home, "home"),
    PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NO_COLOR: "1",
  };
  const pulumi = (...args: readonly string[]) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(cli.pulumi, [...args, "--non-interactive"], options);
    return { status, output: `${stdout}${stderr}` };
  };
  return { folder, env, pulumi };
}

describe("the real CLI with a program and a policy pack in TypeScript", { timeout: 300_000 }, () => {
  test("previews, deploys, deploys again with no change, and destroys", () => {
    const { pulumi } = project();
    expect(pulumi("stack", "init", "dev").status).toBe(0);
    pulumi("config", "set", "shelf", "sturdy");
    pulumi("config", "set", "--secret", "token", "tr0ub4dor");

    const preview = pulumi("preview", "--policy-pack", "policy");
    expect(preview.output).toContain("the program speaks");
    expect(preview.output).toContain("+ 3 to create");
    expect(preview.output).toContain("✅ shelves@v0.0.1");
    expect(preview.status).toBe(0);

    const up = pulumi("up", "--yes", "--skip-preview", "--policy-pack", "policy");
    expect(up.output).toContain("+ 3 created");
    expect(up.output).toContain('bookId      : "isbn"');
    expect(up.output).not.toContain("tr0ub4dor");
    expect(up.output).not.toContain("warning");
    expect(up.status).toBe(0);

    const again = pulumi("up", "--yes", "--skip-preview");
    expect(again.output).toContain("3 unchanged");
    expect(again.status).toBe(0);

    const destroy = pulumi("destroy", "--yes", "--skip-preview");
    expect(destroy.output).toContain("- 3 deleted");
    expect(destroy.status).toBe(0);
  });

  test("a mandatory policy and a failing program stop an update, each with its own words", () => {
    const { pulumi } = project();
    pulumi("stack", "init", "dev");
    const failing = pulumi("up", "--yes", "--skip-preview");
    expect(failing.output).toContain("Missing required configuration variable 'program:shelf'");
    // The program has told the user itself (exit code 32), so the engine adds nothing.
    expect(failing.output).not.toContain("an unhandled error occurred");
    expect(failing.status).not.toBe(0);

    pulumi("config", "set", "shelf", "wobbly");
    pulumi("config", "set", "--secret", "token", "tr0ub4dor");
    const refused = pulumi("up", "--yes", "--skip-preview", "--policy-pack", "policy");
    expect(refused.output).toContain("this shelf wobbles");
    expect(refused.output).toContain("[mandatory]  no-wobbly-shelf");
    expect(refused.status).not.toBe(0);
  });

  test("the Automation API drives it", async () => {
    const { folder, env } = project();
    // The Automation API wants its CLI in a folder named bin.
    const bin = join(folder, "..", "cli", "bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync(cli.pulumi, join(bin, "pulumi"));
    const pulumiCommand = await PulumiCommand.get({ root: dirname(bin) });
    const stack: Stack = await LocalWorkspace.createStack(
      { stackName: "dev", workDir: folder },
      { pulumiCommand, envVars: env },
    );
    await stack.setAllConfig({ shelf: { value: "sturdy" }, token: { value: "tr0ub4dor", secret: true } });
    const { outputs, summary } = await stack.up({ policyPacks: [join(folder, "policy")] });
    expect(summary.resourceChanges).toEqual({ create: 3 });
    expect(outputs.bookId).toEqual({ value: "isbn", secret: false });
    expect(outputs.secretLength).toEqual({ value: 9, secret: true });
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: 3 });
    expect((await stack.destroy()).summary.resourceChanges).toEqual({ delete: 3 });
  });
});
