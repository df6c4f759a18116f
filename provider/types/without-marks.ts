import { isMap, type PropertyMap, type PropertyValue } from "../protocol/property-values.ts";

/** What Graph returned, without the properties by which it marks types and without nulls, however deep. */
export function withoutMarks(values: PropertyMap): PropertyMap {
  const own = Object.entries(values).filter(([name, value]) => !name.startsWith("@odata.") && value !== null);
  return Object.fromEntries(own.map(([name, value]) => [name, bare(value)]));
}

function bare(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(bare);
  return isMap(value) ? withoutMarks(value) : value;
}
