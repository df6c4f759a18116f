import { z } from "zod";

/** Read-only at every depth: what the catalogue says is never edited in place. */
export type Immutable<T> = T extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** A permanent identifier: lower-case words, digits and hyphens. It never changes meaning and is never given again. */
export const identifier = z.string().regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, {
  error: (issue) =>
    `id ${JSON.stringify(issue.input)} must be lower-case letters and digits, with hyphens between them`,
});

/** Identifiers that Microsoft gave (health checks, error types), kept in their own spelling. */
export const microsoftName = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/);

/** A day, month or year, as exactly as the source tells: `2026-08-22`, `2024-12`, `2023`. */
export const asOf = z.string().regex(/^20\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, {
  error: (issue) => `date ${JSON.stringify(issue.input)} must be a day, month or year such as "2026-08-22"`,
});

/**
 * How far a row can be trusted.
 *
 * current: documented now. legacy: superseded, yet still seen or still printed. removed: no longer documented.
 * disputed: sources disagree; `choice` says what is used and why.
 */
export const status = z.enum(["current", "legacy", "removed", "disputed"]);

/** What is used where sources disagree, and why; `contradiction` is the id of the page's entry. */
export const choice = z.strictObject({
  decision: z.string().min(1),
  reason: z.string().min(1),
  contradiction: identifier,
});

/** Where a row comes from: the id of a source, and the date up to which its text is known to say so. */
export const citation = { source: identifier, asOf };

/** Another source that lists the same. */
export const confirmation = z.strictObject(citation);

/** Provenance that every row carries. */
export const provenance = { status, choice: choice.exactOptional(), ...citation };

/** One documented statement, in our words. */
export const statement = z.strictObject({
  id: identifier,
  statement: z.string().min(1),
  errorType: microsoftName.exactOptional(),
  choice: choice.exactOptional(),
  ...citation,
});

/** A list of rows whose ids are all different. */
export function rowsOf<Row extends z.ZodType<{ readonly id: string }>>(row: Row) {
  return z.array(row).check(({ value, issues }) => {
    const seen = new Set<string>();
    for (const [index, { id }] of value.entries()) {
      if (seen.has(id)) {
        issues.push({ code: "custom", input: id, path: [index, "id"], message: `id "${id}" is given twice` });
      }
      seen.add(id);
    }
  });
}
