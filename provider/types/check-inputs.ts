import type { z } from "zod";
import { containsUnknown, type PropertyMap, plain, plainMap } from "../protocol/property-values.ts";
import type { CheckFailure } from "../protocol/resource-type.ts";

/** What an input must look like. */
export interface InputRule {
  readonly schema: z.ZodType;
  /** @default false */
  readonly required?: boolean;
}

/** Inputs by name. */
export type InputRules = Readonly<Record<string, InputRule>>;

/** An input that says which others the provider itself has filled in. */
export const defaultsInput = "__defaults";

/** Everything that is wrong with inputs, each by itself. What is not known yet is not judged, and no value is repeated. */
export function inputFailures(news: PropertyMap, rules: InputRules): readonly CheckFailure[] {
  const unknownNames = Object.keys(news).filter((name) => !(name in rules) && name !== defaultsInput);
  return [
    ...unknownNames.map((property) => ({
      property,
      reason: `is no input; there are ${Object.keys(rules).join(", ")}`,
    })),
    ...Object.entries(rules).flatMap(([property, { schema, required = false }]) => {
      const value = news[property];
      if (value === undefined) return required ? [{ property, reason: "is required" }] : [];
      const bare = plain(value);
      if (containsUnknown(bare)) return [];
      const parsed = schema.safeParse(bare);
      return parsed.success ? [] : [{ property, reason: reasonOf(parsed.error) }];
    }),
  ];
}

/** The inputs that are known already, without the wrapping of secrets. */
export function knownInputs(news: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(plainMap(news)).filter(([, value]) => !containsUnknown(value)));
}

function reasonOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`)).join("; ");
}
