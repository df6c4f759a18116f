import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fixture, w365 } from "./w365.ts";

const base = fixture("hub-and-spoke.json");
const folder = mkdtempSync(join(tmpdir(), "w365-diff-"));

/** The hub and spoke with a change, in a file of its own. */
function changed(name: string, change: (text: string) => string): string {
  const text = readFileSync(base, "utf8");
  const other = change(text);
  if (other === text) throw new Error("the change changes nothing");
  const file = join(folder, name);
  writeFileSync(file, other);
  return file;
}

/** The subnet with a NAT gateway loses it. */
const withoutNat = changed("without-nat.json", (text) => {
  const resources: unknown = JSON.parse(text, (key, value) => (key === "natGateway" ? undefined : value));
  return JSON.stringify(resources, null, 2);
});

const direct = ["--subnet", "snet-direct"];

function plain(text: string): string {
  return text.replaceAll(base, "base.json").replaceAll(withoutNat, "head.json");
}

/** The parts of a comparison that these tests look at. */
interface Comparison {
  readonly worse: boolean;
  readonly base: { readonly ready: boolean; readonly digest: string };
  readonly head: { readonly ready: boolean; readonly digest: string };
  readonly subnets: readonly { readonly change: string }[];
  readonly becameReachable: readonly { readonly endpoint: string }[];
  readonly becameUnreachable: readonly { readonly endpoint: string }[];
  readonly becameUnknown: readonly { readonly endpoint: string }[];
  readonly healthChecks: readonly { readonly id: string; readonly before: string; readonly after: string }[];
  readonly findings: Readonly<Record<"new" | "gone", readonly { readonly rule: string; readonly about: string }[]>>;
}

async function diff(...args: readonly string[]): Promise<Comparison> {
  return JSON.parse((await w365(["diff", ...args, "--format", "json"])).out);
}

describe("a change that takes the way out", () => {
  test("is told: what became unreachable, which checks will fail, what is found", async () => {
    const { worse, becameUnreachable, becameReachable, healthChecks, findings } = await diff(
      base,
      withoutNat,
      ...direct,
    );
    expect(worse).toBe(true);
    expect(becameReachable).toEqual([]);
    expect(becameUnreachable.length).toBeGreaterThan(100);
    expect(healthChecks).toContainEqual(expect.objectContaining({ id: "endpoints", before: "pass", after: "fail" }));
    expect(findings.gone).toEqual([]);
    expect(new Set(findings.new.map(({ rule }) => rule))).toContain("required-endpoints-reachable");
  });

  test("is the same the other way round, as something better", async () => {
    const [there, back] = [await diff(base, withoutNat, ...direct), await diff(withoutNat, base, ...direct)];
    expect(back.worse).toBe(false);
    const lost = [...there.becameUnreachable, ...there.becameUnknown].map(({ endpoint }) => endpoint);
    expect(back.becameReachable.map(({ endpoint }) => endpoint).sort()).toEqual(lost.sort());
    expect(back.findings.gone).toEqual(there.findings.new);
    expect(back.findings.new).toEqual(there.findings.gone);
  });

  test("ends with 1, the other way round with 0", async () => {
    expect((await w365(["diff", base, withoutNat, ...direct])).code).toBe(1);
    expect((await w365(["diff", withoutNat, base, ...direct])).code).toBe(0);
  });

  test.each([
    { format: "text", file: "diff-no-nat.txt" },
    { format: "markdown", file: "diff-no-nat.md" },
  ])("reads well as $format", async ({ format, file }) => {
    const { out } = await w365(["diff", base, withoutNat, ...direct, "--format", format]);
    await expect(plain(out)).toMatchFileSnapshot(`golden/${file}`);
    expect(out.length).toBeLessThan(65_536);
  });
});

describe("no change", () => {
  test("is none, wherever the same network is written", async () => {
    const moved = changed("moved.json", (text) => JSON.stringify(JSON.parse(text)));
    const comparison = await diff(base, moved, ...direct);
    expect(comparison).toMatchObject({ worse: false, subnets: [], becameUnreachable: [], healthChecks: [] });
    expect(comparison.findings).toEqual({ new: [], gone: [] });
    expect(comparison.base.digest).toBe(comparison.head.digest);
  });

  test("is said", async () => {
    const { out, code } = await w365(["diff", base, base, ...direct]);
    expect(out).toContain("nothing that matters to Cloud PCs is different");
    expect(code).toBe(0);
  });
});

describe("two stacks", () => {
  test("are compared with their subnets", async () => {
    const { subnets, worse } = await diff("stack:minimal", "stack:example");
    expect(subnets.map(({ change }) => change).sort()).toEqual(["added", "changed"]);
    expect(worse).toBe(false);
  });
});

describe("the JSON", () => {
  const schema = z.fromJSONSchema(
    JSON.parse(readFileSync(`${import.meta.dirname}/../../docs/schemas/diff.schema.json`, "utf8")),
  );

  test.each([
    { case: "a change", args: [base, withoutNat, ...direct] },
    { case: "a change back", args: [withoutNat, base, ...direct] },
  ])("of $case is as documented", async ({ args }) => {
    expect(schema.safeParse(await diff(...args)).error?.issues).toBeUndefined();
  });
});

describe("usage", () => {
  test.each([
    { case: "a side that is missing", args: [base], error: /missing required argument 'head'/ },
    {
      case: "a file that is not there",
      args: [base, "none.json", ...direct],
      error: /^error: HEAD: none\.json: there is no such file/,
    },
    {
      case: "a stack that is not there",
      args: ["stack:none", base],
      error: /^error: BASE: --stack: there is no stack "none"/,
    },
    {
      case: "a subnet that one side lacks",
      args: [base, "stack:minimal", ...direct],
      error: /^error: HEAD: .*snet-direct/,
    },
  ])("is refused with 2: $case", async ({ args, error }) => {
    const run = await w365(["diff", ...args]);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.err).toMatch(error);
  });
});
