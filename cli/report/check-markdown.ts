import type { Finding } from "../../policy-packs/finding.ts";
import { groupFindings } from "../../policy-packs/group-findings.ts";
import type { Readiness } from "../check/readiness.ts";
import { codeBlock, markdownText as text } from "./escape.ts";
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
import { plainPaint } from "./paint.ts";

/**
 * GitHub refuses a comment of more characters. Read 2026-11-21 in
 * https://docs.github.com/rest/issues/comments (validation "body is too long (maximum is 65536 characters)").
 */
const commentCharactersMax = 65_536;

/** Kept free for what says that something was left out. */
const reservedCharacters = 300;

/** The first line: a pipeline finds its comment of the last run by it. */
export const markdownMarker = "<!-- w365-check -->";

type Group = readonly [Finding, ...Finding[]];

/** A readiness report that fits a comment of a pull request: details folded, the most severe findings first, the rest counted. */
export function checkMarkdown(readiness: Readiness): string {
  const { ready, input, result } = readiness;
  const head = [
    markdownMarker,
    `## ${ready ? "✅" : "❌"} Windows 365 network: ${text(input.name)} is ${ready ? "ready" : "not ready"}`,
    subnetTable(readiness),
    healthTable(readiness),
  ].join("\n\n");
  const foot = footer(readiness);
  const room = commentCharactersMax - reservedCharacters - head.length - foot.length;
  const findings = findingBlocks(groupFindings(result.findings), readiness, room);
  return `${[head, ...findings, foot].join("\n\n")}\n`;
}

function subnetTable({ design }: Readiness): string {
  const rows = design.cloudPcSubnets.map((subnet) => {
    const { label, addressPrefixes, location, cloudPcCountMax } = subnetWords(subnet);
    return `| ${[label, addressPrefixes, location].map(text).join(" | ")} | ${cloudPcCountMax} |`;
  });
  return ["| Cloud PC subnet | addresses | region | room for Cloud PCs |", "|---|---|---|--:|", ...rows].join("\n");
}

const healthMarks = { fail: "❌", undecided: "❔", pass: "✅", runtime: "⏳", notApplicable: "➖" } as const;
const worstFirst = ["fail", "undecided", "pass", "runtime", "notApplicable"] as const;

function healthTable({ healthChecks }: Readiness): string {
  const byWord = Map.groupBy(
    worstFirst.flatMap((outcome) => healthChecks.filter((each) => each.outcome === outcome)),
    healthWord,
  );
  const counts = [...byWord].map(([word, those]) => `${those.length} ${word}`);
  const rows = healthChecks.map(
    (each) =>
      `| ${healthMarks[each.outcome]} ${healthWord(each)} | ${text(each.check.name)} | ${text(shortened(each.because))} |`,
  );
  const table = ["| | health check | because |", "|---|---|---|", ...rows].join("\n");
  return details(`Health checks of Windows 365: ${counts.join(", ")}`, table);
}

/** Findings as folded blocks while they fit, then as lines while these fit, then only counted. */
function findingBlocks(groups: readonly Group[], readiness: Readiness, room: number): readonly string[] {
  if (groups.length === 0) return [];
  const blocks = ["### Findings"];
  let [left, leftOut] = [room - blocks.join("\n\n").length, 0];
  for (const group of groups) {
    const fitting = [findingBlock(group, readiness), findingLine(group)].find((block) => block.length + 2 <= left);
    // What is less severe never takes the place of what is more severe.
    if (fitting === undefined || leftOut > 0) {
      leftOut += 1;
      continue;
    }
    blocks.push(fitting);
    left -= fitting.length + 2;
  }
  if (leftOut === 0) return blocks;
  const what = leftOut === 1 ? "1 finding is" : `${leftOut} findings are`;
  return [
    ...blocks,
    `**${what} left out**: a comment has room for ${commentCharactersMax} characters. The other formats have them all.`,
  ];
}

const outcomeMarks = { fail: "❌", undecided: "❔", waived: "☑️" } as const;

function headline([{ rule, outcome, message }]: Group): string {
  return `${outcomeMarks[outcome]} ${outcome === "fail" ? "" : `${outcome}, `}${rule.severity}: <b>${rule.name}</b>: ${text(shortened(message))}`;
}

function findingLine(group: Group): string {
  return `- ${headline(group)}`;
}

function findingBlock(group: Group, { fixes, locations }: Readiness): string {
  const [first, ...others] = group;
  const { rule, message, evidence, waiver } = first;
  const fix = fixes.get(first);
  const location = locations.get(first);
  const remedy = remedyText(first, fix);
  const answer = evidence === undefined ? undefined : { ...evidence.answer, assumptions: [] };
  const paragraphs = [
    ...(message === shortened(message) ? [] : [text(message)]),
    ...(remedy === undefined ? [] : [`**Fix:** ${text(remedy)}`]),
    ...(waiver === undefined ? [] : [`**Waived** ${text(waiverText(waiver))}`]),
    ...(location === undefined ? [] : [`**Where:** ${text(placeText(location))}`]),
    ...(others.length === 0 ? [] : [`**Also:** ${text(alsoText(others))}`]),
    ...(answer === undefined ? [] : [codeBlock(explainText({ answer }, [], plainPaint).trimEnd().split("\n"))]),
    `[${rule.name}](${rule.url}), finding ${first.id}`,
  ];
  return details(headline(group), paragraphs.join("\n\n"));
}

function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** Longer texts are no headline; the report says the whole below it. */
function shortened(message: string): string {
  return message.length <= 240 ? message : `${message.slice(0, 239)}…`;
}

function footer(readiness: Readiness): string {
  const { assumptions } = readiness;
  const assumed = assumptions.slice(0, 20).map((assumption) => `- ${text(shortened(assumption))}`);
  const more = assumptions.length > 20 ? [`- and ${assumptions.length - 20} more`] : [];
  return [
    ...(assumptions.length === 0
      ? []
      : [details("Assumed: what was not in the input", [...assumed, ...more].join("\n"))]),
    `<sub>${text(summaryText(readiness))}. ${text(coverageText(readiness))}.</sub>`,
  ].join("\n\n");
}

/** @param summary - HTML, on one line */
function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
