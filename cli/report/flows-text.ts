import { explainText, verdictLine } from "./explain-text.ts";
import type { Explanation } from "./explanation.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/**
 * The answers to many questions: how many of each, then each in order. An Allow is one line, unless everything is wanted; what
 * was taken as given stands once at the end.
 */
export function flowsText(
  explanations: readonly Explanation[],
  assumptions: readonly string[],
  paint: Paint,
  everything: boolean,
): string {
  const counts = (["Allow", "Deny", "Unknown"] as const).map((verdict) => {
    const count = explanations.filter(({ answer }) => answer.verdict === verdict).length;
    return `${count} ${verdict}`;
  });
  const blocks = explanations.map(({ answer, ...fix }) =>
    everything || answer.verdict !== "Allow"
      ? `\n${explainText({ answer: { ...answer, assumptions: [] }, ...fix }, [], paint)}`
      : `\n${verdictLine(answer, paint)}\n`,
  );
  const given = [...new Set([...assumptions, ...explanations.flatMap(({ answer }) => answer.assumptions)])].map(
    (text, index) => `${index === 0 ? `\n${paint.faint("assumed")}  ` : "         "}${printable(text)}\n`,
  );
  const flows = explanations.length === 1 ? "1 flow" : `${explanations.length} flows`;
  return `${flows}: ${counts.join(", ")}\n${[...blocks, ...given].join("")}`;
}
