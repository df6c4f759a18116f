import { nameOf } from "./arm-id.ts";
import type { ArmError } from "./contract.ts";
import { badRequest } from "./refusal.ts";

/** What a type accepts as the last name of its id. */
export interface NameRule {
  readonly min: number;
  readonly max: number;
  readonly pattern: RegExp;
  /** ARM's code for a bad name; the network resource provider's by default. */
  readonly code?: string;
  /** The characters, in words. */
  readonly characters: string;
}

/**
 * Most of Microsoft.Network: begins with a word character, ends with one or `_`.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules (as of 2026-11-21).
 */
export const networkName: NameRule = {
  min: 1,
  max: 80,
  pattern: /^[A-Za-z0-9](?:[\w.-]*\w)?$/,
  characters:
    "It must begin with a word character, and it must end with a word character or with '_'. " +
    "The name may contain word characters or '.', '-', '_'.",
};

/** Virtual networks: the same characters, 2 to 64 of them. */
export const virtualNetworkName: NameRule = { ...networkName, min: 2, max: 64 };

/** Refuses a name that its type does not accept. */
export function* checkName(rule: NameRule, id: string): Generator<ArmError> {
  const name = nameOf(id);
  if (name.length >= rule.min && name.length <= rule.max && rule.pattern.test(name)) return;
  yield badRequest(
    rule.code ?? "InvalidResourceName",
    `Resource name ${name} is invalid. The name must have ${rule.min} to ${rule.max} characters. ${rule.characters}`,
  );
}
