import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { waiversJsonSchema } from "../../tools/generate-waivers-schema.ts";
import { fixture, hubAndSpoke, w365 } from "./w365.ts";

/** The parts of a report that these tests look at. */
interface Report {
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly rule: string;
    readonly about: string;
    readonly outcome: string;
    readonly location?: { readonly file: string; readonly line: number };
  }[];
}

const dark = [...hubAndSpoke, "--subnet", "snet-dark"];

describe("a file of waivers", () => {
  test("leaves what it waives in the report, and tells of those that do not hold", async () => {
    const run = await w365(["check", ...dark, "--waivers", fixture("waivers.yaml"), "--format", "json"]);
    const { findings, summary }: Report = JSON.parse(run.out);
    const waived = findings.filter(({ outcome }) => outcome === "waived");
    expect(waived.length).toBeGreaterThan(0);
    for (const finding of waived) {
      expect(finding).toMatchObject({
        rule: "no-lateral-movement",
        waiver: { owner: "workplace team", expires: "2027-01-31", line: 3 },
      });
    }
    expect(summary.waived).toBe(1);
    const own = findings.filter(({ rule }) => rule === "waivers-current");
    expect(own.map(({ about, location }) => [about, location?.line])).toEqual([
      ["unused", 13],
      ["expired", 8],
    ]);
    expect(findings.find(({ rule }) => rule === "udp-for-shortpath")?.outcome).toBe("fail");
  });

  test("is seen in the text", async () => {
    const run = await w365(["check", ...dark, "--waivers", fixture("waivers.yaml")]);
    expect(run.out).toContain("waived  medium  no-lateral-movement");
    expect(run.out).toContain(
      "waived   until 2027-01-31 by workplace team: Remote assistance between Cloud PCs, until the new tool is in place.",
    );
    expect(run.out).toMatch(/\d+ passed, \d+ failed, \d+ undecided, 1 waived;/);
  });

  test("with mistakes is refused, all of them at once, each with its line", async () => {
    const run = await w365(["check", ...dark, "--waivers", fixture("waivers-bad.yaml")]);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.err.replaceAll(fixture(""), "").trimEnd().split("\n")).toEqual([
      "error: 8 problems",
      '  waivers-bad.yaml:2: there is no rule "explicit-egres"; did you mean "explicit-egress"?',
      "  waivers-bad.yaml:5: owner has 0 characters; it must have at least 1",
      '  waivers-bad.yaml:6: expires "2026-02-31" is not a date such as "2027-01-31"',
      '  waivers-bad.yaml:7: rule "waivers-current" cannot be waived: it watches over the waivers',
      "  waivers-bad.yaml:7: subject is missing; it must be a text",
      "  waivers-bad.yaml:9: reason must be a text, not 3",
      '  waivers-bad.yaml:11: expires "tomorrow" is not a date such as "2027-01-31"',
      '  waivers-bad.yaml:8: key "sbject" is not known; did you mean "subject"?',
    ]);
  });

  test("that is not there is refused", async () => {
    const run = await w365(["check", ...dark, "--waivers", fixture("none.yaml")]);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/none\.yaml" does not exist/);
  });
});

describe("the JSON Schema of waivers", () => {
  const file = `${import.meta.dirname}/../../docs/schemas/waivers.schema.json`;

  test("is what the program reads", () => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(waiversJsonSchema());
  });

  test("accepts the example of the page, and refuses a misspelt key", () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));
    const page = readFileSync(`${import.meta.dirname}/../../docs/waivers.md`, "utf8");
    const example: unknown = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
    expect(schema.safeParse(example).error).toBeUndefined();
    expect(schema.safeParse({ waivers: [{ sbject: "a" }] }).success).toBe(false);
  });
});
