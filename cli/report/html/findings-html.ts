import type { Answer } from "../../../model/explain.ts";
import type { Finding } from "../../../policy-packs/finding.ts";
import { groupFindings } from "../../../policy-packs/group-findings.ts";
import type { Readiness } from "../../check/readiness.ts";
import { decidedBy } from "../decided-by.ts";
import { htmlText as text } from "../escape.ts";
import { alsoText, remedyText, waiverText } from "../finding-words.ts";
import { pathSvg } from "./path-svg.ts";

/** Every finding, those of one cause together: what is wrong, the path drawn, what decided at each hop, and the fix. */
export function findingsHtml(readiness: Readiness): string {
  const groups = groupFindings(readiness.result.findings);
  if (groups.length === 0) return "<p>Nothing was found: every rule that applies passes.</p>";
  return groups.map((group, index) => findingHtml(group, readiness, index === 0)).join("\n");
}

function findingHtml(
  [first, ...others]: readonly [Finding, ...Finding[]],
  { fixes, locations }: Readiness,
  open: boolean,
): string {
  const { rule, outcome, message, evidence, waiver, id, subject, errorTypes = [] } = first;
  const remedy = remedyText(first, fixes.get(first));
  const location = locations.get(first);
  const rows = [
    ["to change", `<code>${text(subject.name)}</code> <span class="faint">${text(subject.type)}</span>`],
    ...(location === undefined
      ? []
      : [["where", `<code>${text(location.line > 0 ? `${location.file}:${location.line}` : location.file)}</code>`]]),
    ...(waiver === undefined ? [] : [["waived", text(waiverText(waiver))]]),
    ...(others.length === 0 ? [] : [["also", text(alsoText(others))]]),
    ...(errorTypes.length === 0
      ? []
      : [["Windows 365 says", errorTypes.map((type) => `<code>${text(type)}</code>`).join(" ")]]),
    ["rule", `<a href="${text(rule.url)}" rel="noreferrer">${text(rule.description)}</a>`],
    ["finding", `<code>${id}</code>`],
  ];
  return [
    `<details${open ? " open" : ""} id="finding-${id}"><summary><span class="badge ${outcome}">${outcome}</span> <span class="badge notApplicable">${rule.severity}</span> <span class="rule">${text(rule.name)}</span><div>${text(message)}</div></summary>`,
    '<div class="body">',
    ...(remedy === undefined ? [] : [`<p class="fix"><strong>Fix:</strong> ${text(remedy)}</p>`]),
    ...(evidence === undefined ? [] : [pathHtml(evidence.answer, id)]),
    `<dl>${rows.map(([term, content]) => `<dt>${term}</dt><dd>${content}</dd>`).join("")}</dl>`,
    "</div></details>",
  ].join("\n");
}

/** The path as a picture, then what decided at each hop as a list: the picture has room for names only. */
function pathHtml(answer: Answer, id: string): string {
  const { flow, steps, returnSteps, because, verdict } = answer;
  const question = `${flow.protocol}${flow.port === null ? "" : ` ${flow.port}`} from ${flow.from.value} to ${flow.to.value}`;
  const items = steps.map(
    (step) =>
      `<li${step.reached ? "" : ' class="behind"'}><strong>${step.verdict}</strong> ${step.kind} <code>${text(step.at)}</code>: ${text(decidedBy(step))}${step.reached ? "" : " (not reached)"}</li>`,
  );
  const back = returnSteps.map(
    (step) =>
      `<li><strong>${step.verdict}</strong> ${step.kind} <code>${text(step.at)}</code>: ${text(decidedBy(step))}</li>`,
  );
  return [
    `<p><strong>${verdict}</strong>: ${text(question)}. <span class="faint">${text(because)}</span></p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="path of finding ${id}">${pathSvg(answer)}</div>`,
    `<ol class="steps">${items.join("")}</ol>`,
    ...(back.length === 0 ? [] : [`<p>The way back:</p><ol class="steps">${back.join("")}</ol>`]),
  ].join("\n");
}
