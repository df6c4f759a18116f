/** A JSON object whose content nobody has checked yet. */
export type Json = { readonly [key: string]: unknown };

/** One resource as Azure's REST API returns it. */
export interface ArmResource {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly location?: string;
  readonly sku?: unknown;
  readonly properties?: unknown;
}

/** The value as an object; anything else is the empty object. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a list; anything else is the empty list. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; undefined for anything else and for the empty text. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts of a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === "string" && item !== "");
}

/** The texts of ARM's usual pair of a single and a plural property (`destinationPortRange`, `destinationPortRanges`). */
export function oneOrMany(properties: Json, one: string, many: string): readonly string[] {
  const single = text(properties[one]);
  return single === undefined ? texts(properties[many]) : [single, ...texts(properties[many])];
}

/** The id that a reference `{ id }` holds, in lower case because Azure compares ids without case. */
export function reference(value: unknown): string | undefined {
  return text(record(value).id)?.toLowerCase();
}

/** The ids of a list of references. */
export function references(value: unknown): readonly string[] {
  return list(value).flatMap((item) => reference(item) ?? []);
}

/** The last segment of a resource id. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The id two segments up: the parent of a child resource. */
export function parentOf(id: string): string {
  return id.split("/").slice(0, -2).join("/");
}
