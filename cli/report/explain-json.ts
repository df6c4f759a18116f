import { changeJson } from "./change-json.ts";
import type { Explanation } from "./explanation.ts";

/**
 * An answer in the form of `docs/schemas/explain.schema.json`.
 *
 * @param assumptions - taken as given whatever is asked, before the answer's own
 */
export function explainJson({ answer, fix }: Explanation, assumptions: readonly string[]) {
  const { flow, verdict, basis, disposition, because, steps, returnSteps, parts } = answer;
  return {
    schemaVersion: 1,
    flow,
    verdict,
    // How an Allow is known; nothing is known of another verdict in that way.
    basis: verdict === "Allow" ? basis : null,
    disposition,
    because,
    assumptions: [...new Set([...assumptions, ...answer.assumptions])],
    steps,
    returnSteps,
    parts,
    fix: fix === undefined ? null : { summary: fix.summary, change: changeJson(fix.change) },
  };
}
