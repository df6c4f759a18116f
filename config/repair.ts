import type { z } from "zod";
import { formatPrefix, parseAddress } from "../model/prefix.ts";
import { valueAt } from "./schema-issues.ts";

type Path = readonly (string | number)[];

/** What is left of an invalid input: good enough to be checked further, with the way back to the original places. */
export interface Repaired<T> {
  readonly value: T;
  /** Where a path of `value` was in the original input. */
  readonly originalPath: (path: Path) => Path;
  /** Original paths that were replaced or dropped: what a check finds there is about our stand-in. */
  readonly touched: readonly Path[];
}

/**
 * Takes out of an invalid input what the schema refuses until it accepts the rest, so that one mistake does not hide the
 * others. A prefix with host bits is corrected; a required value gets its stand-in if it has one; else the smallest
 * part around it that can be missing is dropped. Undefined if nothing useful is left.
 */
export function repair<T>(
  schema: z.ZodType<T>,
  input: unknown,
  standIns: Readonly<Record<string, unknown>>,
): Repaired<T> | undefined {
  const draft: unknown = structuredClone(input);
  const origins = new WeakMap<readonly unknown[], number[]>();
  const originalPath = (path: Path): Path =>
    path.map((part, depth) => {
      const parent = valueAt(draft, path.slice(0, depth));
      return Array.isArray(parent) && typeof part === "number" ? (origins.get(parent)?.[part] ?? part) : part;
    });
  const touched: Path[] = [];
  // One part a round, because dropping an element moves those after it; each round leaves fewer refused parts.
  for (let round = 0; round < roundsMax; round++) {
    const result = schema.safeParse(draft);
    if (result.success) return { value: result.data, originalPath, touched };
    const refused = result.error.issues.flatMap(refusedPaths)[0] ?? [];
    const at = smallestDroppable(draft, refused, standIns);
    if (at.length === 0) return undefined;
    const place = originalPath(at);
    if (!correct(draft, at)) {
      replaceOrDrop(draft, at, standIns, origins);
      touched.push(place);
    }
  }
  return undefined;
}

/** Nobody reads further problems in an input with more mistakes than this. */
const roundsMax = 200;

function refusedPaths(issue: z.core.$ZodIssue): Path[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

/** A value that is there can be taken away; what is missing and has no stand-in takes its parent with it. */
function smallestDroppable(draft: unknown, path: Path, standIns: Readonly<Record<string, unknown>>): Path {
  const last = path.at(-1);
  if (last === undefined || valueAt(draft, path) !== undefined || Object.hasOwn(standIns, last)) return path;
  return smallestDroppable(draft, path.slice(0, -1), standIns);
}

/** Puts the prefix that was meant in the place of one with host bits; false if that is not what is wrong there. */
function correct(draft: unknown, path: Path): boolean {
  const parent = valueAt(draft, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent !== "object" || parent === null || last === undefined) return false;
  const value: unknown = Reflect.get(parent, last);
  const corrected = typeof value === "string" ? withoutHostBits(value) : undefined;
  return corrected !== undefined && Reflect.set(parent, last, corrected);
}

function replaceOrDrop(
  draft: unknown,
  path: Path,
  standIns: Readonly<Record<string, unknown>>,
  origins: WeakMap<readonly unknown[], number[]>,
): void {
  const parent = valueAt(draft, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent !== "object" || parent === null || last === undefined) return;
  if (Array.isArray(parent) && typeof last === "number") {
    const origin = origins.get(parent) ?? [...parent.keys()];
    origin.splice(last, 1);
    origins.set(parent, origin);
    parent.splice(last, 1);
  } else if (Object.hasOwn(standIns, last)) {
    Reflect.set(parent, last, structuredClone(standIns[last]));
  } else {
    Reflect.deleteProperty(parent, last);
  }
}

/** The prefix that was meant by one with host bits; undefined if that is not what is wrong with the text. */
function withoutHostBits(text: string): string | undefined {
  const [, address = "", digits = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  const length = Number(digits);
  if (!parsed.ok || digits === "" || length > 32) return undefined;
  const corrected = formatPrefix({ base: parsed.value - (parsed.value % 2 ** (32 - length)), length });
  return corrected === text ? undefined : corrected;
}
