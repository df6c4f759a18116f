import { endpointById } from "../../catalogue/endpoints.ts";
import { bases } from "../../model/basis.ts";
import type { Fix } from "../../model/fix/smallest-fix.ts";
import type { Verdict } from "../../model/path/step.ts";
import { knownOr, splitKnown } from "../../model/read.ts";
import { cloudPcCountMax, usableAddresses } from "../../model/subnet-size.ts";
import { subnetLabel } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { RunResult } from "../../policy-packs/run-rules.ts";
import type { Waiver } from "../../policy-packs/waiver.ts";
import { endpointRows } from "../check/endpoint-rows.ts";
import type { Readiness } from "../check/readiness.ts";
import { changeJson } from "./change-json.ts";
import { explainJson } from "./explain-json.ts";
import { remedyText } from "./finding-words.ts";

/** A readiness report in the form that `docs/check.md` describes. */
export function checkJson(readiness: Readiness, version: string) {
  const { ready, input, catalogue, summary, assumptions, design, result, healthChecks, coverage } = readiness;
  return {
    schemaVersion: 1,
    tool: { version },
    input: {
      ...input,
      catalogueAsOf: catalogue.asOf,
      catalogueDigest: `sha256:${catalogue.digest.replace(/^sha256:/, "")}`,
    },
    ready,
    summary,
    assumptions,
    subnets: design.cloudPcSubnets.map((subnet) => subnetJson(subnet, result)),
    healthChecks: healthChecks.map(({ check, ...rest }) => ({ id: check.id, name: check.name, ...rest })),
    errorTypeCoverage: coverage,
    findings: result.findings.map((finding) => findingJson(finding, readiness)),
  };
}

function subnetJson(subnet: CloudPcSubnet, result: RunResult) {
  const { place } = subnet;
  const blocks = splitKnown(place.subnet.addressPrefixes).known;
  const rows = endpointRows(subnet, result);
  const required = rows.filter(({ endpoint }) => endpointById(endpoint)?.requirement === "required");
  const count = (wanted: Verdict) => required.filter(({ verdict }) => verdict === wanted).length;
  const byBasis = Object.fromEntries(
    bases
      .map((basis) => [basis, required.filter((row) => row.basis === basis).length] as const)
      .filter(([, number]) => number > 0),
  );
  return {
    subnet: subnetLabel(place),
    location: knownOr(place.virtualNetwork.location, null),
    usableAddresses: blocks.reduce((sum, block) => sum + usableAddresses(block), 0),
    cloudPcCountMax: blocks.reduce((sum, block) => sum + cloudPcCountMax(block), 0),
    endpoints: {
      required: required.length,
      allowed: count("Allow"),
      denied: count("Deny"),
      unknown: count("Unknown"),
      byBasis,
    },
    rows,
  };
}

function findingJson(finding: Finding, { fixes, locations }: Readiness) {
  const fix = fixes.get(finding);
  const location = locations.get(finding);
  const { id, rule, outcome, about, subject, checked, message, errorTypes = [], evidence, waiver } = finding;
  return {
    id,
    rule: rule.name,
    pack: rule.pack,
    outcome,
    severity: rule.severity,
    about,
    subject,
    checked,
    ...(location && { location }),
    message,
    errorTypes,
    ...(evidence === undefined ? {} : { trace: explainJson({ answer: evidence.answer, ...(fix && { fix }) }, []) }),
    fix: fixJson(fix, remedyText(finding, undefined)),
    url: rule.url,
    waiver: waiverJson(waiver),
  };
}

function waiverJson(waiver: Waiver | undefined) {
  if (waiver === undefined) return null;
  const { reason, owner, expires, place } = waiver;
  return { reason, owner, expires, ...(place?.file !== undefined && { file: place.file, line: place.line ?? 0 }) };
}

/** The change that was verified to be enough, else what the rule names or advises; null for what is only undecided. */
function fixJson(fix: Fix | undefined, remedy: string | undefined) {
  if (fix !== undefined) return { summary: fix.summary, change: changeJson(fix.change) };
  return remedy === undefined ? null : { summary: remedy };
}
