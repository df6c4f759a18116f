import type { Basis } from "./basis.ts";
import { type HeaderBox, type HeaderSpace, intersectFlows, subtractFlows } from "./header-space.ts";

/**
 * One line of a first-match list. `certain` are the flows it surely matches, `possible` those it may match; the
 * difference is what is not known (a tag without prefixes, an unread value), and `reason` says why.
 */
export interface Line<T> {
  readonly value: T;
  readonly certain: HeaderSpace;
  readonly possible: HeaderSpace;
  readonly reason?: string;
  /** What knowing `certain` and `possible` rests on. */
  readonly basis: Basis;
}

/** Flows that all meet the same line first. */
export interface Match<T> {
  readonly space: HeaderSpace;
  /** The line that surely decides; absent when no line matches. */
  readonly line?: Line<T>;
  /** Earlier lines that may match these flows, in order. When they say the same as `line`, nothing is open. */
  readonly maybe: readonly Line<T>[];
  /** Earlier lines that do not match only because of what a snapshot or document says. */
  readonly passed: readonly Line<T>[];
}

/**
 * Cuts a set of flows by the line that decides each, by set subtraction: exact for every flow of the set.
 * The results are disjoint and together are the set.
 */
export function firstMatch<T>(lines: readonly Line<T>[], space: HeaderSpace): readonly Match<T>[] {
  const done: Match<T>[] = [];
  let open: readonly Match<T>[] = space.length === 0 ? [] : [{ space, maybe: [], passed: [] }];
  for (const line of lines) {
    if (open.length === 0) break;
    const next: Match<T>[] = [];
    for (const piece of open) {
      const certain = intersectFlows(piece.space, line.certain);
      const rest = certain.length === 0 ? piece.space : subtractFlows(piece.space, line.certain);
      if (certain.length > 0) done.push({ ...piece, space: certain, line });
      if (rest.length === 0) continue;
      const possible = line.reason === undefined ? [] : intersectFlows(rest, line.possible);
      const untouched = possible.length === 0 ? rest : subtractFlows(rest, line.possible);
      if (possible.length > 0) next.push({ ...piece, space: possible, maybe: [...piece.maybe, line] });
      if (untouched.length > 0) next.push({ ...piece, space: untouched, passed: notePassed(piece, untouched, line) });
    }
    open = next;
  }
  return [...done, ...open];
}

function notePassed<T>(piece: Match<T>, space: HeaderSpace, line: Line<T>): readonly Line<T>[] {
  if (line.basis === "geometry") return piece.passed;
  const anywhere = line.possible.map((box): HeaderBox => ({ ...box, source: everyAddress, destination: everyAddress }));
  return intersectFlows(space, anywhere).length > 0 ? [...piece.passed, line] : piece.passed;
}

const everyAddress = [0, 2 ** 32];
