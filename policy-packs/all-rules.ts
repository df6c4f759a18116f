import { identityRules } from "./identity/rules.ts";
import { networkRules } from "./network/rules.ts";
import type { Rule } from "./rule.ts";

/** Every rule of every pack. */
export const allRules: readonly Rule[] = [...networkRules, ...identityRules];
