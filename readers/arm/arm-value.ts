/**
 * A JSON value of an ARM document, with the place it was written at.
 *
 * The same shape holds before and after template expressions are evaluated: a computed value takes the place of the
 * expression it came from, and what cannot be evaluated is an `unknown` value, so nothing is guessed and nothing is lost.
 */
export type ArmValue = ArmString | ArmNumber | ArmBoolean | ArmNull | ArmArray | ArmObject | ArmUnknown;

/** Where a value was written. */
export interface Place {
  /** The file as the user named it, or what stands for it (`the Pulumi program`). */
  readonly file: string;
  /** Line in that file, from 1; 0 where the source has no lines. */
  readonly line: number;
  /** JSON path from the top of the document, such as `resources[3].properties.subnets[0]`; empty for the top. */
  readonly path: string;
}

export interface ArmString {
  readonly kind: "string";
  readonly value: string;
  readonly place: Place;
}

export interface ArmNumber {
  readonly kind: "number";
  readonly value: number;
  readonly place: Place;
}

export interface ArmBoolean {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly place: Place;
}

export interface ArmNull {
  readonly kind: "null";
  readonly place: Place;
}

export interface ArmArray {
  readonly kind: "array";
  readonly items: readonly ArmValue[];
  readonly place: Place;
}

export interface ArmObject {
  readonly kind: "object";
  /** Members by the name as written; read them with `member`, because ARM's names compare without case. */
  readonly members: ReadonlyMap<string, ArmValue>;
  readonly place: Place;
  /**
   * Set where the document shows only a part of the object, as for what `reference()` returns: a member that is missing
   * here may exist in Azure, so reading it gives an unknown value.
   */
  readonly partial?: Partial;
}

/** A value that is not known before deployment. */
export interface ArmUnknown {
  readonly kind: "unknown";
  /**
   * What the value is made of, with the unknown parts in braces: `vnet-{parameters('suffix')}`. Two values with the same
   * symbol are equal, so a name or id of which a part is unknown can still be matched with references to it.
   */
  readonly symbol: string;
  /** Why it is not known. */
  readonly reason: string;
  readonly place: Place;
}

/** What is said about the missing members of a partial object. */
export interface Partial {
  readonly reason: string;
  /** What the object is, for the symbol of a missing member: `reference('pip')`. */
  readonly symbol: string;
}

/** A JSON value that is known through and through. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** The member of that name, compared without case; for a partial object an unknown value instead of nothing. */
export function member(object: ArmObject, name: string): ArmValue | undefined {
  const found = object.members.get(name) ?? memberWithoutCase(object, name);
  if (object.partial === undefined) return found;
  const symbol = `${object.partial.symbol}.${name}`;
  if (found !== undefined) return partially(found, { ...object.partial, symbol });
  const place = { ...object.place, path: joinPath(object.place.path, name) };
  return { kind: "unknown", symbol: `{${symbol}}`, reason: object.partial.reason, place };
}

/** Marks an object, also inside an array, as showing only a part of what exists. */
export function partially(value: ArmValue, partial: Partial): ArmValue {
  if (value.kind === "object") return { ...value, partial };
  if (value.kind !== "array") return value;
  const items = value.items.map((item, index) =>
    partially(item, { ...partial, symbol: `${partial.symbol}[${index}]` }),
  );
  return { ...value, items };
}

/** Gives plain data a place, at which all of it then stands. */
export function armValue(plain: Plain, place: Place): ArmValue {
  if (plain === null) return { kind: "null", place };
  if (typeof plain === "string") return { kind: "string", value: plain, place };
  if (typeof plain === "number") return { kind: "number", value: plain, place };
  if (typeof plain === "boolean") return { kind: "boolean", value: plain, place };
  if (isPlainArray(plain)) return { kind: "array", items: plain.map((item) => armValue(item, place)), place };
  const members = Object.entries(plain).map(([name, item]) => [name, armValue(item, place)] as const);
  return { kind: "object", members: new Map(members), place };
}

/** The plain data of a value, or the first unknown value in it. */
export function plainOf(value: ArmValue): { readonly plain: Plain } | ArmUnknown {
  switch (value.kind) {
    case "unknown":
      return value;
    case "null":
      return { plain: null };
    case "string":
    case "number":
    case "boolean":
      return { plain: value.value };
    case "array": {
      const items: Plain[] = [];
      for (const item of value.items) {
        const result = plainOf(item);
        if (!("plain" in result)) return result;
        items.push(result.plain);
      }
      return { plain: items };
    }
    case "object": {
      // Without a prototype: a member may be called "__proto__".
      const members: Record<string, Plain> = Object.create(null);
      for (const [name, item] of value.members) {
        const result = plainOf(item);
        if (!("plain" in result)) return result;
        members[name] = result.plain;
      }
      return { plain: members };
    }
  }
}

/** More values than this one value may not hold: a template can double a value in each line, which no one means to do. */
const weightMax = 200_000;
const weights = new WeakMap<ArmValue, number>();

/** Whether a value holds too many others, counting a shared one each time it appears. */
export function isTooLarge(value: ArmValue): boolean {
  return weightOf(value) > weightMax;
}

function weightOf(value: ArmValue): number {
  if (value.kind !== "array" && value.kind !== "object") return 1;
  const known = weights.get(value);
  if (known !== undefined) return known;
  let weight = 1;
  for (const inner of value.kind === "array" ? value.items : value.members.values()) weight += weightOf(inner);
  weights.set(value, weight);
  return weight;
}

/** `a.b`, or `a["b c"]` where the name is no identifier. */
export function joinPath(path: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function memberWithoutCase(object: ArmObject, name: string): ArmValue | undefined {
  const wanted = name.toLowerCase();
  for (const [written, value] of object.members) {
    // Comparing lengths first spares most of the conversions; they are what reading a large file would spend its time on.
    if (written.length === wanted.length && written.toLowerCase() === wanted) return value;
  }
  return undefined;
}

function isPlainArray(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}
