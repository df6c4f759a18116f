import type { Rule } from "../rule.ts";

/** The rules of pack `identity`, by name. */
export const identityRules: readonly Rule[] = [];
