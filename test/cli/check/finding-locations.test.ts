import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { findingLocations } from "../../../cli/check/finding-locations.ts";
import { emptyEstate } from "../../../model/estate.ts";
import type { Finding } from "../../../policy-packs/finding.ts";
import { findingOf } from "../../../policy-packs/finding.ts";
import type { PlannedPool } from "../../../policy-packs/plan.ts";
import type { Observation, Rule } from "../../../policy-packs/rule.ts";
import { subjectOf } from "../../../policy-packs/subject.ts";
import { idOf, virtualNetwork } from "../../model/support/build.ts";

const rule: Rule = {
  name: "a-rule",
  pack: "network",
  description: "",
  severity: "low",
  errorTypes: [],
  url: "",
  remediation: "",
  judge: () => [],
};
const vnet = subjectOf(idOf("virtualNetworks", "vnet-w365-weu"));

function found(subject = vnet, observation: Partial<Observation> = {}): Finding {
  return findingOf(rule, subject, { outcome: "fail", about: "it", message: "is wrong", ...observation });
}

describe("of files", () => {
  const estate = {
    ...emptyEstate,
    virtualNetworks: [{ ...virtualNetwork("vnet-w365-weu", "10.0.0.0/16", {}), place: { file: "vnet.json", line: 7 } }],
  };
  const input = { kind: "arm", name: "vnet.json", estate, pools: [] } as const;

  test.each([
    {
      case: "where the rule points to",
      finding: found(vnet, { place: { file: "a.json", line: 3 } }),
      line: "a.json:3",
    },
    { case: "where the resource is that is to blame", finding: found(), line: "vnet.json:7" },
    {
      case: "where the thing is that was judged, if what is to blame is not in the input",
      finding: found(vnet, { blamed: subjectOf(idOf("routeTables", "rt")) }),
      line: "vnet.json:7",
    },
    {
      case: "nowhere, if neither is in the input",
      finding: found(subjectOf(idOf("routeTables", "rt"))),
      line: undefined,
    },
  ])("a finding is $case", ({ finding, line }) => {
    const location = findingLocations(input, [finding]).get(finding);
    expect(location && `${location.file}:${location.line}`).toBe(line);
  });
});

describe("of a stack", () => {
  const folder = join(import.meta.dirname, "../../../config/stacks");
  const file = relative(process.cwd(), join(folder, "Pulumi.example.yaml"));
  const lines = readFileSync(join(folder, "Pulumi.example.yaml"), "utf8").split("\n");
  const kind = { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: [] } as const;
  const pools = ["staff", "developers"].map(
    (name): PlannedPool => ({ subnet: `vnet-w365-weu/snet-w365-weu-${name}`, kind, cloudPcCount: 20, growth: 0 }),
  );
  const input = { kind: "stack", name: "example", estate: emptyEstate, pools } as const;

  test.each([
    {
      case: "the pool of its subnet",
      finding: found(subjectOf(`${vnet.id}/subnets/snet-w365-weu-developers`)),
      text: "name: developers",
    },
    { case: "the region of its virtual network", finding: found(), text: "name: weu" },
    {
      case: "the environment for everything else",
      finding: found(subjectOf(idOf("azureFirewalls", "afw"))),
      text: "environment:",
    },
  ])("a finding is at $case", ({ finding, text }) => {
    const location = findingLocations(input, [finding]).get(finding);
    expect(location?.file).toBe(file);
    expect(lines[(location?.line ?? 0) - 1]).toContain(text);
  });
});
