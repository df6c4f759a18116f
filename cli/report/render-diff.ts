import type { Comparison } from "../check/compare.ts";
import type { Readiness } from "../check/readiness.ts";
import { version } from "../version.ts";
import { type DiffSection, diffHeadline, diffSections } from "./diff-words.ts";
import { markdownText } from "./escape.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** The forms that a comparison can have. */
export const diffFormats = ["text", "markdown", "json"] as const;

/** One of `diffFormats`. */
export type DiffFormat = (typeof diffFormats)[number];

const nothing = "nothing that matters to Cloud PCs is different";

/** A comparison as a person reads it on a terminal. */
export function diffText(comparison: Comparison, paint: Paint): string {
  const colours = { worse: paint.deny, better: paint.allow, neutral: paint.faint };
  const marks = { worse: "-", better: "+", neutral: " " };
  const blocks = diffSections(comparison).map(({ title, tone, lines }) =>
    [title, ...lines.map((line) => `  ${colours[tone](marks[tone])} ${printable(line)}`)].join("\n"),
  );
  return `${[printable(diffHeadline(comparison)), ...(blocks.length === 0 ? [nothing] : blocks)].join("\n\n")}\n`;
}

/** Lines of a section that a comment lists; the other forms have all. */
const sectionLinesMax = 25;
const lineCharactersMax = 400;

/** The first line: a pipeline finds its comment of the last run by it. */
const diffMarker = "<!-- w365-diff -->";

/** A comparison as a comment of a pull request. Its size is bounded by the numbers of sections, of their lines and of a line's characters. */
export function diffMarkdown(comparison: Comparison): string {
  const { base, head, worse } = comparison;
  const sections = diffSections(comparison);
  const states = [base, head].map(
    ({ input, ready }, index) =>
      `| ${index === 0 ? "base" : "head"} | ${markdownText(input.name)} | ${ready ? "✅ ready" : "❌ not ready"} |`,
  );
  return `${[
    diffMarker,
    `## ${worse ? "❌" : "✅"} Windows 365 network: ${sections.length === 0 ? nothing : worse ? "something gets worse" : "nothing gets worse"}`,
    ["| | input | |", "|---|---|---|", ...states].join("\n"),
    ...sections.map(sectionMarkdown),
  ].join("\n\n")}\n`;
}

function sectionMarkdown({ title, tone, lines }: DiffSection): string {
  const mark = { worse: "❌", better: "✅", neutral: "ℹ️" }[tone];
  const listed = lines.slice(0, sectionLinesMax).map((line) => `- ${markdownText(shortened(line))}`);
  const more = lines.length > sectionLinesMax ? [`- and ${lines.length - sectionLinesMax} more`] : [];
  const open = tone === "worse" ? " open" : "";
  return `<details${open}><summary>${mark} ${title} (${lines.length})</summary>\n\n${[...listed, ...more].join("\n")}\n\n</details>`;
}

function shortened(line: string): string {
  return line.length <= lineCharactersMax ? line : `${line.slice(0, lineCharactersMax - 1)}…`;
}

/** A comparison in the form of `docs/schemas/diff.schema.json`. */
export function diffJson({
  base,
  head,
  worse,
  subnets,
  endpoints,
  healthChecks,
  newFindings,
  goneFindings,
}: Comparison) {
  const to = (verdict: string) => endpoints.filter(({ after }) => after === verdict);
  return {
    schemaVersion: 1,
    tool: { version: version() },
    base: sideJson(base),
    head: sideJson(head),
    worse,
    subnets,
    becameReachable: to("Allow"),
    becameUnreachable: to("Deny"),
    becameUnknown: to("Unknown"),
    healthChecks,
    findings: { new: newFindings.map(findingJson), gone: goneFindings.map(findingJson) },
  };
}

function sideJson({ input, ready, summary }: Readiness) {
  return { ...input, ready, summary };
}

function findingJson({ id, rule, outcome, about, subject, checked, message }: Comparison["newFindings"][number]) {
  return {
    id,
    rule: rule.name,
    pack: rule.pack,
    severity: rule.severity,
    outcome,
    about,
    subject,
    checked,
    message,
    url: rule.url,
  };
}
