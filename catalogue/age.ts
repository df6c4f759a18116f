import type { Endpoint } from "./endpoint.ts";

/**
 * The newest day up to which any source is known to list the row: its own, or one that confirms it.
 *
 * A month or a year counts from its first day, so that a vague date never makes a row look fresher than it is.
 */
export function lastConfirmed({ asOf, confirmedBy = [] }: Pick<Endpoint, "asOf" | "confirmedBy">): string {
  return [asOf, ...confirmedBy.map((confirmation) => confirmation.asOf)].map(firstDay).sort().at(-1) ?? firstDay(asOf);
}

/** Whole days from that day to `today`, negative where it lies ahead. Both are ISO dates. */
export function ageInDays(date: string, today: string): number {
  return Math.floor((Date.parse(today) - Date.parse(firstDay(date))) / 86_400_000);
}

/** The first day of a day, month or year: `2024-12` is `2024-12-01`. */
export function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 4) + (date.slice(4, 7) || "-01") + (date.slice(7, 10) || "-01");
}
