import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { policyPackArguments } from "../../tools/sandbox/policy-pack-arguments.ts";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";
import { changedProduct, type PlantedFault, plantedFaults } from "../support/planted-faults.ts";
import { violationsIn } from "../support/policy-output.ts";

const product = changedProduct();
const workspace = await testWorkspace({ programRoot: product.root });
await workspace.prepareStack("minimal");
afterAll(product.remove);

/** A preview of a fault in `minimal` with pack `network` and a configuration of it. */
async function preview(fault: string, configuration: object) {
  product.change(planted(fault));
  const file = join(workspace.folder, "packs.json");
  writeFileSync(file, JSON.stringify(configuration));
  return workspace.pulumi([...commands.preview("minimal"), ...policyPackArguments(["network"], file)]);
}

function planted(fault: string): PlantedFault {
  const found = plantedFaults.find((each) => each.fault === fault);
  if (found?.stack !== "minimal") throw new Error(`no fault "${fault}" in minimal`);
  return found;
}

const small = "a subnet too small for its Cloud PCs";
const unknownAppliance = "a default route to an address that nobody has";
const waiver = {
  subject: "vnet-w365-weu/snet-w365-weu-staff",
  reason: "half of the pool is retired next week",
  owner: "network@example.com",
};

describe("the configuration of a pack", () => {
  test("makes a rule advisory", async () => {
    const run = await preview(small, { "subnet-large-enough": "advisory" });
    expectSuccess(run);
    expect(violationsIn(run).map(({ level, policy }) => [level, policy])).toEqual([
      ["advisory", "subnet-large-enough"],
    ]);
  });

  test("lets what is undecided pass with a warning", async () => {
    const warn = { undecided: "warn" };
    const rules = ["required-endpoints-reachable", "language-packs-reachable", "udp-for-shortpath"];
    const configuration = Object.fromEntries(rules.map((rule) => [rule, warn]));
    const run = await preview(unknownAppliance, { ...configuration, "rdp-takes-a-direct-path": "advisory" });
    expectSuccess(run);
    const warned = violationsIn(run);
    expect(new Set(warned.map(({ level }) => level))).toEqual(new Set(["advisory"]));
    expect(new Set(warned.map(({ policy }) => policy))).toEqual(new Set([...rules, "rdp-takes-a-direct-path"]));
  });

  test("accepts a finding for a while", async () => {
    const run = await preview(small, { "subnet-large-enough": { waivers: [{ ...waiver, expires: "9999-12-31" }] } });
    expectSuccess(run);
    const said = violationsIn(run);
    expect(said.map(({ level, policy }) => [level, policy])).toEqual([["advisory", "subnet-large-enough"]]);
    expect(said[0]?.text).toContain(
      "waived until 9999-12-31 by network@example.com: half of the pool is retired next week",
    );
  });

  test("accepts nothing once the waiver has expired, and says so", async () => {
    const run = await preview(small, { "subnet-large-enough": { waivers: [{ ...waiver, expires: "2026-01-31" }] } });
    expect(run.exitCode).not.toBe(0);
    const said = violationsIn(run);
    expect(said.filter(({ level }) => level === "mandatory").map(({ policy }) => policy)).toEqual([
      "subnet-large-enough",
    ]);
    expect(
      said
        .filter(({ level }) => level === "advisory")
        .map(({ text }) => text)
        .join("\n"),
    ).toContain('the waiver of "subnet-large-enough" for "vnet-w365-weu/snet-w365-weu-staff" expired on 2026-01-31');
  });

  test("cannot blind the rules by disabling what shows them the program", async () => {
    const run = await preview(small, { "program-understood": "disabled" });
    expect(run.exitCode).not.toBe(0);
    const said = violationsIn(run);
    expect(said.map(({ policy }) => policy)).toContain("subnet-large-enough");
    for (const { level, text } of said) {
      expect(level).toBe("mandatory");
      expect(text).toContain('nothing is known of the program, because policy "program-understood" is disabled');
    }
  });

  test.each<{ mistake: string; configuration: object; says: RegExp }>([
    { mistake: "a word", configuration: { "subnet-large-enough": { undecided: "ignore" } }, says: /undecided/ },
    {
      mistake: "a waiver without an owner",
      configuration: { "subnet-large-enough": { waivers: [{ ...waiver, owner: undefined, expires: "2027-01-31" }] } },
      says: /owner/,
    },
    {
      mistake: "a date",
      configuration: { "subnet-large-enough": { waivers: [{ ...waiver, expires: "2026-13-45" }] } },
      says: /expires.*date/,
    },
    {
      mistake: "a blank reason",
      configuration: { "subnet-large-enough": { waivers: [{ ...waiver, reason: " ", expires: "2027-01-31" }] } },
      says: /reason/,
    },
    {
      mistake: "a name",
      configuration: { "subnet-large-enough": { undecide: "warn" } },
      says: /the configuration of policy "subnet-large-enough" has "undecide", which is not known/,
    },
  ])("is refused for $mistake that it does not know", async ({ configuration, says }) => {
    const run = await preview(small, configuration);
    expect(run.exitCode).not.toBe(0);
    expect(run.output).toMatch(says);
  });
});
