import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fixture, hubAndSpoke, w365 } from "../w365.ts";
import { evilInput } from "./evil-input.ts";

/** The schema of OASIS as schemastore and Microsoft's tools publish it. */
const schemaFile = join(
  dirname(createRequire(import.meta.url).resolve("@microsoft/jest-sarif")),
  "schemas/sarif-2.1.0-rtm.5.json",
);
const schema = z.fromJSONSchema(JSON.parse(readFileSync(schemaFile, "utf8")));

/** The parts of a log that these tests look at. */
interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string }[] };
      };
      readonly results: readonly Result[];
    },
  ];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: { readonly startLine: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly justification: string }[];
}

async function sarif(...args: readonly string[]): Promise<Log> {
  return JSON.parse((await w365(["check", ...args, "--format", "sarif"])).out);
}

const dark = [...hubAndSpoke, "--subnet", "snet-dark"];

describe("SARIF", () => {
  test.each([
    { case: "a network that is ready", args: ["--stack", "minimal"] },
    { case: "findings with waivers", args: [...dark, "--waivers", fixture("waivers.yaml")] },
    { case: "names that look like HTML", args: evilInput(mkdtempSync(join(tmpdir(), "w365-sarif-"))) },
  ])("of $case is as the official schema wants it", async ({ args }) => {
    expect(schema.safeParse(await sarif(...args)).error?.issues).toBeUndefined();
  });

  test("would be refused by the schema without what it needs", async () => {
    const log = await sarif(...dark);
    expect(schema.safeParse({ ...log, version: "2.0.0" }).success).toBe(false);
    expect(schema.safeParse({ ...log, runs: [{ ...log.runs[0], tool: {} }] }).success).toBe(false);
  });

  test("has one object for each rule, with its page, and every result points to its own", async () => {
    const [{ tool, results }] = (await sarif(...dark, "--waivers", fixture("waivers.yaml"))).runs;
    const { rules } = tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.filter(({ helpUri }) => !helpUri.startsWith("https://learn.microsoft.com/"))).toEqual([]);
    expect(results.filter(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId)).toEqual([]);
  });

  test("has a result for each finding, told apart by the finding's id", async () => {
    const [{ results }] = (await sarif(...dark)).runs;
    const json = JSON.parse((await w365(["check", ...dark, "--format", "json"])).out);
    const ids = json.findings.map(({ id }: { id: string }) => id);
    expect(results.map(({ partialFingerprints }) => partialFingerprints["w365FindingId/v1"])).toEqual(ids);
  });

  test("gives what is undecided no level, and suppresses what is waived", async () => {
    const [{ results }] = (await sarif(...dark, "--waivers", fixture("waivers.yaml"))).runs;
    for (const { kind, level, message } of results) {
      expect(kind === "fail" ? level : message.text).toMatch(
        kind === "fail" ? /^(error|warning|note)$/ : /^undecided: /,
      );
      if (kind !== "fail") expect(level).toBe("none");
    }
    const suppressed = results.filter(({ suppressions }) => suppressions !== undefined);
    expect(new Set(suppressed.map(({ ruleId }) => ruleId))).toEqual(new Set(["no-lateral-movement"]));
    expect(suppressed[0]?.suppressions?.[0]?.justification).toMatch(/^until 2027-01-31 by workplace team: /);
  });

  test("names the line of the file that is to blame", async () => {
    const [{ results }] = (await sarif(...dark)).runs;
    const unreachable = results.find(({ ruleId }) => ruleId === "required-endpoints-reachable");
    const { physicalLocation } = unreachable?.locations[0] ?? {};
    const file = fixture("hub-and-spoke.json");
    expect(physicalLocation?.artifactLocation.uri.endsWith("test/cli/fixtures/hub-and-spoke.json")).toBe(true);
    const line = readFileSync(file, "utf8").split("\n")[(physicalLocation?.region?.startLine ?? 0) - 1];
    expect(line).toMatch(/snet-dark|\{/);
  });
});
