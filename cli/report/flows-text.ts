import { explainText, verdictLine } from "./explain-text.ts";
import type { Explanation } from "./explanation.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/**
 * The answers to many questions: how many of each, then each in order. An Allow is one line, unless everything is wanted; what
 * was taken as given whatever is asked stands once at the end.
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
  const blocks = explanations.map((explanation) =>
    everything || explanation.answer.verdict !== "Allow"
      ? explainText(explanation, [], paint)
      : `${verdictLine(explanation.answer, paint)}\n`,
  );
  const given = assumptions.map(
    (text, index) => `${index === 0 ? paint.faint("assumed  ") : "         "}${printable(text)}\n`,
  );
  const flows = explanations.length === 1 ? "1 flow" : `${explanations.length} flows`;
  return `${flows}: ${counts.join(", ")}\n\n${[...blocks, ...given].join("")}`;
}
