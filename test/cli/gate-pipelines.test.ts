import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { w365 } from "./w365.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/gate-in-pull-requests.md"), "utf8");
const [github = "", azure = ""] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = ""]) => yaml);

/** A step, of whichever pipeline. */
type Step = Readonly<Record<string, unknown>>;

const pipelines = [
  { name: "GitHub Actions", yaml: github, scripts: () => scriptsOf(github, ["run"]) },
  { name: "Azure DevOps", yaml: azure, scripts: () => scriptsOf(azure, ["script", "inlineScript"]) },
];

/** Every text under one of these keys. */
function scriptsOf(yaml: string, keys: readonly string[]): readonly string[] {
  const found: string[] = [];
  JSON.stringify(parseDocument(yaml).toJS(), (key, value) => {
    if (keys.includes(key) && typeof value === "string") found.push(value);
    return value;
  });
  return found;
}

describe.each(pipelines)("the pipeline for $name", ({ yaml, scripts }) => {
  test("is YAML without doubled keys", () => {
    const { errors, warnings } = parseDocument(yaml, { uniqueKeys: true });
    expect([...errors, ...warnings].map(({ message }) => message)).toEqual([]);
    expect(scripts().length).toBeGreaterThan(4);
  });

  test("holds no secret, and signs in by OpenID Connect", () => {
    expect(yaml).not.toMatch(
      /secrets\.|client-secret|ARM_CLIENT_SECRET|password|PULUMI_CONFIG_PASSPHRASE|PULUMI_ACCESS_TOKEN/i,
    );
    expect(yaml).toContain("ARM_USE_OIDC");
  });

  test("calls w365 with options and values that exist", async () => {
    const calls = scripts().flatMap((script) => [...script.matchAll(/\bw365 (\w+)((?: (?!\|\||>)\S+)*)/g)]);
    expect(calls.length).toBeGreaterThan(3);
    for (const [, command = "", rest = ""] of calls) {
      const { out } = await w365([command, "--help"]);
      const options = rest.match(/--[\w-]+/g) ?? [];
      expect(options.filter((option) => !out.includes(`${option} `))).toEqual([]);
    }
    const formats = scripts().flatMap((script) => /for format in ([\w ]+);/.exec(script)?.[1]?.split(" ") ?? []);
    expect(formats).toEqual(["sarif", "markdown", "html"]);
  });

  test("previews with both policy packs, which are there", () => {
    const packs = scripts().flatMap((script) =>
      [...script.matchAll(/--policy-pack (\S+)/g)].map(([, pack = ""]) => pack),
    );
    expect(packs).toEqual(["policy-packs/network", "policy-packs/identity"]);
    expect(packs.filter((pack) => !existsSync(join(root, pack, "PulumiPolicy.yaml")))).toEqual([]);
  });

  test("gives the verdict last, so that reports are published also when it is bad", () => {
    const own = scripts().filter((script) => script.includes("w365 check"));
    expect(own.length).toBe(2);
    expect(own[0]).toContain("|| [ $? -eq 1 ]");
    expect(own[1]?.trim()).toMatch(/^npx w365 check [^|]*$/);
  });
});

test("the workflow of GitHub gives each job only the rights that it needs", () => {
  const workflow: {
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, { readonly permissions: object; readonly steps: readonly Step[] }>>;
  } = parseDocument(github).toJS();
  expect(workflow.permissions).toEqual({});
  expect(workflow.jobs.check?.permissions).toEqual({
    contents: "read",
    "security-events": "write",
    "pull-requests": "write",
  });
  expect(workflow.jobs.preview?.permissions).toEqual({ contents: "read", "id-token": "write" });
  // What somebody else wrote never becomes part of a script.
  const expressions = scriptsOf(github, ["run"]).flatMap((script) => script.match(/\$\{\{.*?\}\}/g) ?? []);
  expect(expressions).toEqual([]);
});
