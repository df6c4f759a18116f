import type { PropertyMap } from "../protocol/property-values.ts";

/** The properties of these names that are there. */
export function picked(values: PropertyMap, names: readonly string[]): PropertyMap {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/** A property that is a text; throws for anything else, which no checked input can be. */
export function textOf(values: PropertyMap, name: string): string {
  const value = values[name];
  if (typeof value === "string") return value;
  throw new Error(`${name} is ${JSON.stringify(value ?? null)}; expected a text`);
}

/** A property that is a text, if it is one. */
export function optionalText(values: PropertyMap, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
