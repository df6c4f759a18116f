/**
 * How an Allow is known, strongest first: prefixes, ports and routes alone; a sentence of Microsoft's that a tag covers
 * the destination; a dated snapshot of a tag or of DNS; a person who vouches for an appliance.
 */
export const bases = ["geometry", "documentedTag", "resolvedSnapshot", "attested"] as const;

/** One of `bases`. */
export type Basis = (typeof bases)[number];

/** The weakest of what an answer needed. */
export function weakest(...needed: readonly Basis[]): Basis {
  return bases[Math.max(0, ...needed.map((basis) => bases.indexOf(basis)))] ?? "geometry";
}
