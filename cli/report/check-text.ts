import type { Fix } from "../../model/fix/smallest-fix.ts";
import { formatPrefix } from "../../model/prefix.ts";
import { knownOr, splitKnown } from "../../model/read.ts";
import { cloudPcCountMax } from "../../model/subnet-size.ts";
import { subnetLabel } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { Waiver } from "../../policy-packs/waiver.ts";
import type { HealthOutcome } from "../check/health-outcomes.ts";
import { groupFindings, type Readiness } from "../check/readiness.ts";
import { alignColumns } from "./columns.ts";
import { explainText } from "./explain-text.ts";
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
    [...countLines(readiness), ...assumptions.map((text) => `${paint.faint("assumed")}  ${printable(text)}`)],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function subnetLine({ place }: CloudPcSubnet): string {
  const blocks = splitKnown(place.subnet.addressPrefixes).known;
  const room = blocks.reduce((sum, block) => sum + cloudPcCountMax(block), 0);
  const where = knownOr(place.virtualNetwork.location, "an unknown region");
  return `${subnetLabel(place)} (${blocks.map(formatPrefix).join(", ")}, ${where}): room for ${room} Cloud PCs`;
}

const outcomeWords: Readonly<Record<HealthOutcome["outcome"], string>> = {
  pass: "will pass",
  fail: "will fail",
  undecided: "undecided",
  runtime: "at run time",
  notApplicable: "not run",
};

function healthLines(outcomes: readonly HealthOutcome[], paint: Paint): readonly string[] {
  const colours = {
    pass: paint.allow,
    fail: paint.deny,
    undecided: paint.unknown,
    runtime: paint.faint,
    notApplicable: paint.faint,
  };
  const rows = outcomes.map(({ check, outcome, because }) =>
    [outcomeWords[outcome], check.name, because].map(printable),
  );
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
  const { rule, outcome, observed, message, evidence, remedy, waiver } = first;
  const fix = fixes.get(first);
  // The trace ends with the fix that was looked for; what is only undecided has none.
  const remedyText = remedy ?? (fix === undefined && observed === "fail" ? rule.remediation : undefined);
  const mark = outcome === "fail" ? paint.deny(outcome) : paint.unknown(outcome);
  const lines = [
    ...(evidence === undefined
      ? []
      : explainText({ answer: { ...evidence.answer, assumptions: [] }, ...(fix && { fix }) }, [], paint)
          .trimEnd()
          .split("\n")),
    ...(remedyText === undefined ? [] : [labelled("fix", remedyText, paint)]),
    ...(others.length === 0 ? [] : [labelled("also", alsoText(others), paint)]),
    ...(waiver === undefined ? [] : [labelled("waived", waiverText(waiver), paint)]),
    labelled("see", rule.url, paint),
  ];
  return [`${mark}  ${rule.severity}  ${rule.name}`, `  ${printable(message)}`, ...lines.map((line) => `    ${line}`)];
}

/** Who accepts a finding, why and until when, in one line. */
export function waiverText({ owner, reason, expires }: Waiver): string {
  return `until ${expires} by ${owner}: ${reason}`;
}

function labelled(label: string, text: string, paint: Paint): string {
  return `${paint.faint(label.padEnd(9))}${printable(text)}`;
}

/** How many names of findings with the same cause are listed; JSON has them all. */
const listedMax = 6;

function alsoText(others: readonly Finding[]): string {
  const listed = others.slice(0, listedMax).map(({ about }) => about);
  const rest = others.length - listed.length;
  return `${others.length} more for the same reason: ${listed.join(", ")}${rest === 0 ? "" : ` and ${rest} others`}`;
}

function countLines({ summary, coverage, catalogue }: Readiness): readonly string[] {
  const { pass, fail, undecided, waived, notApplicable } = summary;
  const { causes, fromDesign, withTenantFacts, atRunTimeOnly } = coverage;
  return [
    `${pass} passed, ${fail} failed, ${undecided} undecided, ${waived} waived; ${notApplicable} rules do not apply`,
    `${causes} causes can fail a health check: ${fromDesign} are predicted from the design, ${withTenantFacts} more with facts of the tenant, ${atRunTimeOnly} show only at run time; catalogue of ${catalogue.asOf}`,
  ];
}
