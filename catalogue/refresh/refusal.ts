import { z } from "zod";
import { ageInDays, firstDay } from "../age.ts";

/** A source that cannot be used: what is wrong with it. Nothing is changed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Parses JSON, or says what the source answered instead. */
export function parseJson(given: string, source: string): unknown {
  const text = withoutByteOrderMark(given);
  const start = text.trimStart().slice(0, 40);
  if (start === "") throw new Refusal(`${source} answered nothing`);
  if (start.startsWith("<")) throw new Refusal(`${source} answered a web page instead of JSON: "${start}"`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      `${source} is not complete JSON (${text.length} characters): ${error instanceof Error ? error.message : error}`,
    );
  }
}

/**
 * Refuses a list that is much shorter or longer than the one we have: half a file, or another file altogether.
 *
 * Below 80 % or above five times the present number nothing is believed; sources grow and shrink by a few rows a month.
 */
export function refuseUnlikelyCount(source: string, rows: string, now: number, before: number): void {
  if (now < before * 0.8)
    throw new Refusal(`${source} has ${now} ${rows}, the catalogue ${before}: too few to be the whole list`);
  if (now > before * 5)
    throw new Refusal(`${source} has ${now} ${rows}, the catalogue ${before}: too many to be the same list`);
}

/** Refuses a list that gives one id twice. */
export function refuseDuplicates(source: string, what: string, ids: readonly (string | number)[]): void {
  const seen = new Set<string | number>();
  const twice = new Set(ids.filter((id) => seen.size === seen.add(id).size));
  if (twice.size > 0) throw new Refusal(`${source} gives ${what} ${[...twice].slice(0, 5).join(", ")} more than once`);
}

/** What to do about a change that is too great to be believed, and is true all the same. */
export const byHand = "if Microsoft's page says the same, edit the data file by hand";

/** Files of Windows often begin with U+FEFF, which is no part of their text. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** The source is older than what the catalogue already has of it. Dates are ISO; a month or year counts from its first day. */
export function refuseOlder(source: string, asOf: string, before: string): void {
  if (ageInDays(before, firstDay(asOf)) < 0)
    throw new Refusal(`${source} is of ${asOf}, older than the catalogue's of ${before}`);
}

/** What a schema found, one problem a line; the first ten say enough of a file that is wrong throughout. */
export function problemsAsText(error: z.ZodError): string {
  const told = z.prettifyError(new z.ZodError(error.issues.slice(0, 10)));
  return error.issues.length > 10 ? `${told}\nand ${error.issues.length - 10} more problems` : told;
}
