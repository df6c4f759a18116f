import { type Basis, weakest } from "../basis.ts";
import { firstMatch } from "../first-match.ts";
import { type Header, type HeaderBox, type HeaderSpace, smallestFlow } from "../header-space.ts";
import { smallest } from "../intervals.ts";
import type { RuleLine } from "./rule-lines.ts";
import { decisionOf, type RuleDecision } from "./security-rules.ts";

/** The answer to one of many questions: whether *all* its flows are allowed, and if not, the smallest one that is not. */
export interface FlowAnswer {
  readonly access: "Allow" | "Deny" | "Unknown";
  readonly basis: Basis;
  /** The decision about the witness, or about the smallest flow when all are allowed. */
  readonly decision?: RuleDecision;
  /** The smallest flow that is denied, else the smallest that is not known. */
  readonly witness?: Header;
}

/**
 * Answers many questions of one rule list. A scan over the destinations of all lines, laid out in one typed array,
 * finds the few lines that a question can meet at all; set subtraction then decides among those, exactly.
 */
export function evaluateManyFlows(lines: readonly RuleLine[], flows: readonly HeaderBox[]): readonly FlowAnswer[] {
  const layout = destinationLayout(lines);
  return flows.map((flow) => answer(firstMatch(linesMeeting(lines, layout, flow), [flow]).map(decisionOf)));
}

/** Sums up decisions about a set: Deny if any flow is denied, else Unknown if any is not known. */
export function answer(decisions: readonly RuleDecision[]): FlowAnswer {
  for (const access of ["Deny", "Unknown"] as const) {
    const such = decisions.filter((decision) => decision.access === access);
    const witness = smallestFlow(such.flatMap((decision) => decision.space));
    if (witness === undefined) continue;
    const decision = such.find((candidate) => holds(candidate.space, witness));
    return { access, basis: "geometry", witness, ...(decision === undefined ? {} : { decision }) };
  }
  const basis = weakest(...decisions.map((decision) => decision.basis));
  const decision = decisions[0];
  return { access: "Allow", basis, ...(decision === undefined ? {} : { decision }) };
}

interface Layout {
  /** `[from, to)` of every destination interval of every line, flat. */
  readonly bounds: Float64Array;
  /** `starts[i]` to `starts[i + 1]` are the intervals of line `i`. */
  readonly starts: Uint32Array;
}

function destinationLayout(lines: readonly RuleLine[]): Layout {
  const starts = new Uint32Array(lines.length + 1);
  const bounds: number[] = [];
  lines.forEach((line, index) => {
    for (const box of line.possible) for (const bound of box.destination) bounds.push(bound);
    starts[index + 1] = bounds.length;
  });
  return { bounds: Float64Array.from(bounds), starts };
}

function linesMeeting(lines: readonly RuleLine[], { bounds, starts }: Layout, flow: HeaderBox): readonly RuleLine[] {
  const from = smallest(flow.destination) ?? 0;
  const to = flow.destination.at(-1) ?? 0;
  const meeting: RuleLine[] = [];
  lines.forEach((line, index) => {
    const end = starts[index + 1] ?? 0;
    for (let i = starts[index] ?? 0; i < end; i += 2) {
      if ((bounds[i] ?? 0) < to && from < (bounds[i + 1] ?? 0)) {
        meeting.push(line);
        return;
      }
    }
  });
  return meeting;
}

function holds(space: HeaderSpace, header: Header): boolean {
  const found = smallestFlow(space);
  return found !== undefined && JSON.stringify(found) === JSON.stringify(header);
}
