/** Wire JSON of unknown content: readers below never throw, a value of another kind reads as absent. */
export type Wire = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one. */
export function record(value: unknown): Wire {
  return isRecord(value) ? value : {};
}

/** The value as a list of objects; entries that are none are left out. */
export function records(value: unknown): readonly Wire[] {
  return list(value).filter(isRecord);
}

/** The value as a list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a list of strings; other entries are left out. */
export function strings(value: unknown): readonly string[] {
  return list(value).filter((entry) => typeof entry === "string");
}

/** The value if it is a string that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The value if it is a number. */
export function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The id in `{ id }`, ARM's form of a reference. */
export function refId(value: unknown): string | undefined {
  return text(record(value).id);
}

/** `properties` of a list entry such as an inline subnet or an IP configuration. */
export function propertiesOf(entry: unknown): Wire {
  return record(record(entry).properties);
}

/** Compares enum values and names as ARM does, without case. */
export function sameText(a: unknown, b: string): boolean {
  return typeof a === "string" && a.toLowerCase() === b.toLowerCase();
}

function isRecord(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
