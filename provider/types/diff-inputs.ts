import { type PropertyMap, type PropertyValue, sameValue } from "../protocol/property-values.ts";
import type { PropertyChange } from "../protocol/resource-type.ts";
import { defaultsInput } from "./check-inputs.ts";

/** How inputs are compared. */
export interface DiffOptions {
  /** Inputs whose change makes another resource. @default - none */
  readonly replaces?: readonly string[];
  /** Inputs that only concern how the provider works. @default - none */
  readonly ignores?: readonly string[];
  /** @default - by value, whatever the order of properties */
  readonly same?: (property: string, one: PropertyValue, other: PropertyValue) => boolean;
}

/** What has changed between the inputs of two deployments. */
export function diffInputs(
  oldInputs: PropertyMap,
  inputs: PropertyMap,
  { replaces = [], ignores = [], same = (_, one, other) => sameValue(one, other) }: DiffOptions = {},
): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(oldInputs), ...Object.keys(inputs)])].sort();
  return names.flatMap((property): PropertyChange[] => {
    const [before, after] = [oldInputs[property], inputs[property]];
    if (property === defaultsInput || ignores.includes(property)) return [];
    if (before === undefined || after === undefined) {
      if (before === after) return [];
      const kind = before === undefined ? "add" : "delete";
      return [{ property, kind, replaces: replaces.includes(property) }];
    }
    return same(property, before, after) ? [] : [{ property, kind: "update", replaces: replaces.includes(property) }];
  });
}
