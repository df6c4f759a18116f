import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { endpointById } from "../../catalogue/endpoints.ts";
import { errorTypes } from "../../catalogue/health-checks.ts";
import { predictedErrorTypes } from "../../cli/check/error-type-coverage.ts";
import { notPredictable } from "../../cli/check/not-predictable.ts";
import { readinessOf } from "../../cli/check/readiness.ts";
import { unknown } from "../../model/read.ts";
import { allRules } from "../../policy-packs/all-rules.ts";
import { securityGroupAttached } from "../../policy-packs/network/rules/security-group-attached.ts";
import { runRules } from "../../policy-packs/run-rules.ts";
import { design } from "../policy-packs/design.ts";
import { fixture, hubAndSpoke, w365 } from "./w365.ts";

/** The parts of a report that these tests look at. */
interface Report {
  readonly ready: boolean;
  readonly summary: Readonly<Record<string, number>>;
  readonly assumptions: readonly string[];
  readonly subnets: readonly {
    readonly subnet: string;
    readonly endpoints: Readonly<Record<"required" | "allowed" | "denied" | "unknown", number>>;
    readonly rows: readonly { readonly endpoint: string; readonly verdict: string; readonly basis: string | null }[];
  }[];
  readonly healthChecks: readonly { readonly id: string; readonly outcome: string; readonly because: string }[];
  readonly errorTypeCoverage: object;
  readonly findings: readonly {
    readonly id: string;
    readonly rule: string;
    readonly outcome: string;
    readonly fix: { readonly summary: string; readonly change?: object } | null;
    readonly trace?: { readonly verdict: string };
  }[];
}

/** A newer catalogue, or a clone in another folder, is no other answer. */
function undated(text: string): string {
  return text.replace(/catalogue of [\d-]+/, "catalogue of DATE").replaceAll(/\S*\/(?=test\/cli\/fixtures\/)/g, "");
}

async function report(...args: readonly string[]): Promise<Report> {
  return JSON.parse((await w365(["check", ...args, "--format", "json"])).out);
}

describe("the examples", () => {
  test.each(["example", "hybrid", "minimal"])("%s is ready", async (stack) => {
    const run = await w365(["check", "--stack", stack]);
    await expect(undated(run.out)).toMatchFileSnapshot(`golden/check-${stack}.txt`);
    expect(run.code).toBe(0);
  });

  test("are judged by every rule that concerns them, and every required endpoint is allowed", async () => {
    const { summary, subnets } = await report("--stack", "minimal");
    expect(summary).toMatchObject({ fail: 0, undecided: 0, waived: 0 });
    expect(summary.pass).toBeGreaterThan(20);
    const [{ endpoints, rows } = { endpoints: undefined, rows: [] }] = subnets;
    expect(endpoints?.required).toBeGreaterThan(100);
    expect(endpoints).toMatchObject({ allowed: endpoints?.required, denied: 0, unknown: 0 });
    expect(rows.filter(({ endpoint }) => endpointById(endpoint) === undefined)).toEqual([]);
  });
});

describe("a network that somebody else built", () => {
  test("is told as a person reads it", async () => {
    const run = await w365(["check", ...hubAndSpoke, "--subnet", "snet-dark"]);
    await expect(undated(run.out)).toMatchFileSnapshot("golden/check-no-egress.txt");
    expect(run.code).toBe(1);
  });

  test("has the same findings in JSON, each with its trace, and the fix once for each cause", async () => {
    const { ready, findings, healthChecks } = await report(...hubAndSpoke, "--subnet", "snet-dark");
    expect(ready).toBe(false);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    const unreachable = findings.filter(({ rule }) => rule === "required-endpoints-reachable");
    expect(unreachable.length).toBeGreaterThan(100);
    expect(unreachable.every(({ trace }) => trace !== undefined && trace.verdict !== "Allow")).toBe(true);
    const verified = unreachable.filter(({ fix }) => fix?.change !== undefined);
    expect(verified.map(({ fix }) => fix?.summary)).toEqual([
      'attach NAT gateway "ng-direct" to subnet "snet-dark", by which all leaves that its rules and routes send to the Internet',
    ]);
    const failed = findings.filter(({ outcome }) => outcome === "fail");
    expect(failed.filter(({ fix }) => fix === null).map(({ rule }) => rule)).toEqual([]);
    expect(healthChecks.find(({ id }) => id === "endpoints")?.outcome).toBe("fail");
    expect(healthChecks.find(({ id }) => id === "udp")?.outcome).toBe("fail");
    expect(healthChecks.find(({ id }) => id === "subnetIp")?.outcome).toBe("pass");
    expect(healthChecks.find(({ id }) => id === "permSub")?.outcome).toBe("undecided");
    expect(healthChecks.find(({ id }) => id === "environment")?.outcome).toBe("runtime");
  });
});

describe("the JSON", () => {
  // Every object of the schema is closed, so a field that nobody documented is seen.
  const schema = z.fromJSONSchema(
    JSON.parse(readFileSync(`${import.meta.dirname}/../../docs/schemas/check.schema.json`, "utf8")),
  );

  test.each([
    { case: "a network that is ready", args: ["--stack", "minimal"] },
    { case: "fails with a NAT gateway as fix", args: [...hubAndSpoke, "--subnet", "snet-dark"] },
    { case: "fails behind a firewall, and undecided ones", args: [...hubAndSpoke, "--subnet", "snet-cloudpc"] },
  ])("of $case is as documented", async ({ args }) => {
    expect(schema.safeParse(await report(...args)).error?.issues).toBeUndefined();
  });
});

describe("what is undecided", () => {
  // The tests' appliance is unknown to all but its attestation, which vouches for every destination.
  const appliance = [...hubAndSpoke, "--subnet", "snet-appliance"];

  test("keeps a health check undecided and fails by default", async () => {
    const { ready, summary, healthChecks } = await report(...appliance);
    expect(ready).toBe(false);
    expect(summary.undecided).toBeGreaterThan(0);
    expect(healthChecks.find(({ id }) => id === "endpoints")?.outcome).toBe("undecided");
  });

  test("does not lift what fails with --undecided warn", async () => {
    const { ready, findings } = await report(...appliance, "--undecided", "warn");
    expect(findings.some(({ outcome }) => outcome === "fail")).toBe(true);
    expect(ready).toBe(false);
  });

  test.each([
    { undecided: "fail", ready: false },
    { undecided: "warn", ready: true },
  ] as const)("alone, with --undecided $undecided, makes ready $ready", ({ undecided, ready }) => {
    const words = { cpc: { networkSecurityGroupId: unknown('parameter "nsg" has no default') } };
    const judged = design(words);
    const result = runRules([securityGroupAttached], judged);
    expect(result.findings.map(({ outcome }) => outcome)).toEqual(["undecided"]);
    const [input, fixes, locations] = [{ kind: "arm", name: "a", digest: "" } as const, new Map(), new Map()];
    expect(readinessOf({ input, design: judged, result, assumptions: [], fixes, locations, undecided }).ready).toBe(
      ready,
    );
  });
});

describe("usage", () => {
  test.each([
    {
      because: "a form that does not exist",
      args: ["--format", "pdf"],
      error: /argument 'pdf' is invalid. Allowed choices are text, markdown, json, sarif, html/,
    },
    { because: "another word for undecided", args: ["--undecided", "ignore"], error: /Allowed choices are fail, warn/ },
    { because: "several candidates", args: hubAndSpoke, error: /name one with --subnet: vnet-spoke\/snet-cloudpc, / },
    {
      because: "a subnet that is not there",
      args: [...hubAndSpoke, "--subnet", "snet-none"],
      error: /subnet "snet-none" is not in the input/,
    },
    { because: "a file that is not there", args: ["--arm", fixture("none.json")], error: /none\.json/ },
  ])("is refused with 2 and no report: $because", async ({ args, error }) => {
    const run = await w365(["check", ...args]);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.err).toMatch(error);
  });
});

describe("what is predicted", () => {
  test("is each of the 53 causes: 30 from the design alone, the others with facts of the tenant", async () => {
    const { errorTypeCoverage } = await report("--stack", "minimal");
    expect(errorTypeCoverage).toEqual({ causes: 53, fromDesign: 30, withTenantFacts: 23, atRunTimeOnly: 0 });
  });

  test("is said in the text, too", async () => {
    const { out } = await w365(["check", "--stack", "minimal"]);
    expect(out).toContain(
      "53 causes can fail a health check: 30 are predicted from the design, 23 more with facts of the tenant, 0 only at run time",
    );
  });

  test("is, of all that Graph names, everything but what is listed with a reason in docs/check.md", () => {
    const predicted = predictedErrorTypes(allRules, true);
    const listed = notPredictable();
    const all = errorTypes().map(({ id }) => id);
    expect(all.filter((id) => predicted.has(id) === listed.has(id))).toEqual([]);
    const page = readFileSync(`${import.meta.dirname}/../../docs/check.md`, "utf8");
    expect([...listed].filter(([id, reason]) => !page.includes(`| \`${id}\` | ${reason} |`))).toEqual([]);
  });

  test("is named as Graph names it", () => {
    const known = new Set(errorTypes().map(({ id }) => id));
    expect([...predictedErrorTypes(allRules, true)].filter((id) => !known.has(id))).toEqual([]);
  });
});
