import type { Fix } from "../../model/fix/smallest-fix.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import { groupFindings } from "../../policy-packs/group-findings.ts";
import type { HealthOutcome } from "../check/health-outcomes.ts";
import type { Readiness } from "../check/readiness.ts";
import { alignColumns } from "./columns.ts";
import { explainText } from "./explain-text.ts";
import {
  alsoText,
  coverageText,
  healthWord,
  remedyText,
  subnetWords,
  summaryText,
  waiverText,
} from "./finding-words.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/**
 * A readiness report as a person reads it: whether the network is ready, what each health check of Windows 365 will say, each
 * finding with its trace and fix, and the counts.
 */
export function checkText(readiness: Readiness, paint: Paint): string {
  const { ready, input, design, healthChecks, result, assumptions, fixes } = readiness;
  const verdict = ready ? paint.allow("ready") : paint.deny("not ready");
  const blocks = [
    [
      `${printable(input.name)}: ${verdict}`,
      ...design.cloudPcSubnets.map((subnet) => `  ${printable(subnetLine(subnet))}`),
    ],
    ["health checks of Windows 365", ...healthLines(healthChecks, paint)],
    ...groupFindings(result.findings).map((group) => findingLines(group, fixes, paint)),
    [
      summaryText(readiness),
      coverageText(readiness),
      ...assumptions.map((text) => `${paint.faint("assumed")}  ${printable(text)}`),
    ],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function subnetLine(subnet: CloudPcSubnet): string {
  const { label, addressPrefixes, location, cloudPcCountMax } = subnetWords(subnet);
  return `${label} (${addressPrefixes}, ${location}): room for ${cloudPcCountMax} Cloud PCs`;
}

function healthLines(outcomes: readonly HealthOutcome[], paint: Paint): readonly string[] {
  const colours = {
    pass: paint.allow,
    fail: paint.deny,
    undecided: paint.unknown,
    runtime: paint.faint,
    notApplicable: paint.faint,
  };
  const rows = outcomes.map((each) => [healthWord(each), each.check.name, each.because].map(printable));
  return alignColumns(rows, (text, row, column) => {
    const outcome = outcomes[row]?.outcome;
    return column === 0 && outcome !== undefined ? colours[outcome](text) : text;
  }).map((line) => `  ${line}`);
}

function findingLines(
  [first, ...others]: readonly [Finding, ...Finding[]],
  fixes: ReadonlyMap<Finding, Fix>,
  paint: Paint,
): readonly string[] {
  const { rule, outcome, message, evidence, waiver } = first;
  const fix = fixes.get(first);
  // The trace ends with the fix that was looked for.
  const remedy = fix === undefined ? remedyText(first, undefined) : undefined;
  const mark = outcome === "fail" ? paint.deny(outcome) : paint.unknown(outcome);
  const lines = [
    ...(evidence === undefined
      ? []
      : explainText({ answer: { ...evidence.answer, assumptions: [] }, ...(fix && { fix }) }, [], paint)
          .trimEnd()
          .split("\n")),
    ...(remedy === undefined ? [] : [labelled("fix", remedy, paint)]),
    ...(others.length === 0 ? [] : [labelled("also", alsoText(others), paint)]),
    ...(waiver === undefined ? [] : [labelled("waived", waiverText(waiver), paint)]),
    labelled("see", rule.url, paint),
  ];
  return [`${mark}  ${rule.severity}  ${rule.name}`, `  ${printable(message)}`, ...lines.map((line) => `    ${line}`)];
}

function labelled(label: string, text: string, paint: Paint): string {
  return `${paint.faint(label.padEnd(9))}${printable(text)}`;
}
