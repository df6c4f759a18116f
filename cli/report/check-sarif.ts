import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "../../policy-packs/finding.ts";
import type { Rule, Severity } from "../../policy-packs/rule.ts";
import type { Location } from "../check/finding-locations.ts";
import type { Readiness } from "../check/readiness.ts";
import { remedyText, waiverText } from "./finding-words.ts";
import { printable } from "./printable.ts";

/**
 * A readiness report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), in the form that code scanning of GitHub and
 * of Azure DevOps read.
 */
export function checkSarif(readiness: Readiness, version: string) {
  const { ready, input, catalogue, summary, coverage, result } = readiness;
  const rules = distinctRules(result.runs.map(({ rule }) => rule));
  const indexes = new Map(rules.map(({ name }, index) => [name, index]));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "w365", version, semanticVersion: version, rules: rules.map(ruleSarif) } },
        // Tells the inputs of one pipeline apart; what follows the last slash would tell its runs apart.
        automationDetails: { id: `w365-check/${input.kind}/${encodeURIComponent(input.name)}/` },
        invocations: [{ executionSuccessful: true }],
        results: result.findings.map((finding) =>
          resultSarif(finding, indexes.get(finding.rule.name) ?? -1, readiness),
        ),
        properties: {
          ready,
          summary,
          inputDigest: input.digest,
          catalogueAsOf: catalogue.asOf,
          errorTypeCoverage: coverage,
        },
      },
    ],
  };
}

/** A rule that judges waivers runs once for each pack. */
function distinctRules(rules: readonly Rule[]): readonly Rule[] {
  return [...new Map(rules.map((rule) => [rule.name, rule])).values()];
}

const levels = { critical: "error", high: "error", medium: "warning", low: "note" } as const;

/** GitHub's bands: over 9.0 critical, 7.0 high, 4.0 medium, else low. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

function ruleSarif({ name, pack, description, severity, remediation, url, errorTypes }: Rule) {
  const predicts = errorTypes.length === 0 ? "" : ` It predicts ${errorTypes.join(", ")}.`;
  return {
    id: name,
    name,
    shortDescription: { text: description },
    fullDescription: { text: `${description}${predicts}` },
    help: {
      text: `${description} ${remediation}${predicts} See ${url}`,
      markdown: `${description}\n\n**Fix:** ${remediation}\n\n[What Microsoft says](${url})`,
    },
    helpUri: url,
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ["security", "windows-365", pack],
      precision: "very-high",
      "security-severity": securitySeverities[severity],
      "problem.severity": levels[severity] === "note" ? "recommendation" : levels[severity],
    },
  };
}

function resultSarif(finding: Finding, ruleIndex: number, { fixes, locations }: Readiness) {
  const { id, rule, observed, message, subject, waiver } = finding;
  const remedy = remedyText(finding, fixes.get(finding));
  const location = locations.get(finding);
  return {
    ruleId: rule.name,
    ruleIndex,
    // SARIF has a level only for what certainly fails; "open" is what could not be decided.
    ...(observed === "fail" ? { kind: "fail", level: levels[rule.severity] } : { kind: "open", level: "none" }),
    message: {
      text: printable(
        `${observed === "undecided" ? "undecided: " : ""}${message}${remedy === undefined ? "" : `. Fix: ${remedy}`}`,
      ),
    },
    locations: [
      {
        ...(location && { physicalLocation: physicalLocation(location) }),
        logicalLocations: [
          { name: printable(subject.name), fullyQualifiedName: printable(subject.id), kind: "resource" },
        ],
      },
    ],
    partialFingerprints: { "w365FindingId/v1": id, primaryLocationLineHash: `${id}:1` },
    ...(waiver && {
      suppressions: [{ kind: "external", status: "accepted", justification: printable(waiverText(waiver)) }],
    }),
    properties: { severity: rule.severity, errorTypes: finding.errorTypes ?? [] },
  };
}

function physicalLocation({ file, line }: Location) {
  return {
    artifactLocation: { uri: uriOf(file) },
    ...(line > 0 && { region: { startLine: line } }),
  };
}

function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(/[\\/]/).map(encodeURIComponent).join("/");
}
