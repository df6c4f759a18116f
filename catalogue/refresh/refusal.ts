/** A source that cannot be used: what is wrong with it. Nothing is changed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Parses JSON, or says what the source answered instead. */
export function parseJson(text: string, source: string): unknown {
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
