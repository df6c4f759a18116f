/**
 * A value as it was read. `Unknown` stands for one that is set but could not be evaluated: an output of another
 * resource, a parameter without a default, text Azure would refuse. It is never replaced by a guess.
 *
 * One convention everywhere in the estate: `undefined` (an absent optional field) means "not set, so ARM's default
 * holds"; `Unknown` means "set, but to what is not known". A list that could not be read at all is a list that holds
 * one `Unknown`, so that nobody mistakes it for an empty one.
 */
export type Read<T> = T | Unknown;

/** Why a value is not known, in words that can be printed: `parameter "hubId" has no default`. */
export interface Unknown {
  readonly unknown: string;
  readonly place?: Place;
}

/** Where something was written. `path` is a JSON path such as `resources[3].properties.subnets[0]`. */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly path?: string;
}

/** Makes an `Unknown`; `reason` is lower case and ends without a period. */
export function unknown(reason: string, place?: Place): Unknown {
  return place === undefined ? { unknown: reason } : { unknown: reason, place };
}

/** Whether a value that was read is not known. */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && "unknown" in value;
}

/** The known members of a list and, apart, the reasons for the others. */
export function splitKnown<T>(values: readonly Read<T>[]): {
  readonly known: readonly T[];
  readonly unknown: readonly Unknown[];
} {
  const known: T[] = [];
  const missing: Unknown[] = [];
  for (const value of values) {
    if (isUnknown(value)) missing.push(value);
    else known.push(value);
  }
  return { known, unknown: missing };
}

/** The value if it is set and known, else `undefined`: only where both cases are answered alike. */
export function knownOr<T, D>(value: Read<T> | undefined, otherwise: D): T | D {
  return value === undefined || isUnknown(value) ? otherwise : value;
}
