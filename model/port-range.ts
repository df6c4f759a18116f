import type { PortRange } from "./estate/resource.ts";
import { type Intervals, interval, intervalsOf, toRanges } from "./intervals.ts";
import type { Parsed } from "./prefix.ts";

/** A set of ports, 0 to 65535. */
export type PortSpace = Intervals;

/** Every port. */
export const allPorts: PortSpace = interval(0, 65_535);

/** The ports of all these ranges. */
export function portSpaceOf(ranges: readonly PortRange[]): PortSpace {
  return intervalsOf(ranges);
}

/**
 * Parses ARM's port expression: `443`, `1024-65535` or `*`.
 * Leading zeros, spaces, reversed ranges and ports above 65535 are refused.
 */
export function parsePortRange(text: string): Parsed<PortRange> {
  if (text === "*") return { ok: true, value: { from: 0, to: 65_535 } };
  const quoted = JSON.stringify(text);
  const match = /^(0|[1-9]\d{0,4})(?:-(0|[1-9]\d{0,4}))?$/.exec(text);
  if (match === null)
    return { ok: false, message: `port range ${quoted} is not "*", a port or a range such as "80-90"` };
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (to > 65_535 || from > 65_535) {
    return { ok: false, message: `port range ${quoted} has a port above 65535` };
  }
  if (from > to) {
    return { ok: false, message: `port range ${quoted} is reversed; did you mean ${JSON.stringify(`${to}-${from}`)}?` };
  }
  return { ok: true, value: { from, to } };
}

/** `443`, `1024-65535` or `*`, the inverse of `parsePortRange`. */
export function formatPortRange({ from, to }: PortRange): string {
  if (from === 0 && to === 65_535) return "*";
  return from === to ? String(from) : `${from}-${to}`;
}

/** `80, 443-445`. */
export function formatPortSpace(ports: PortSpace): string {
  return toRanges(ports).map(formatPortRange).join(", ");
}
