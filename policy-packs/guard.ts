import { allRules } from "./all-rules.ts";
import { violationsOf } from "./engine/violations.ts";
import type { Design, Rule } from "./rule.ts";
import { runRules } from "./run-rules.ts";
import type { Waiver } from "./waiver.ts";
import { applyWaivers, waiversCurrentName } from "./waivers.ts";

/** Whether a Windows 365 connection may be made on a network. */
export type GuardAnswer =
  | { readonly passed: true }
  | {
      readonly passed: false;
      /** What stands in the way, with its trace and what to change, for a person. */
      readonly message: string;
    };

/**
 * Asks the rules of every pack, so that a connection can guard itself where nobody passes a pack. What is undecided does not pass;
 * only a waiver lets it through. A waiver that has expired or is not used is no reason to refuse: the packs and `w365 check` say it.
 *
 * @param waivers - what somebody accepts for a while
 * @param today - ISO date, for waivers
 */
export function guardConnection(
  design: Design,
  waivers: readonly Waiver[],
  today: string,
  rules: readonly Rule[] = allRules,
): GuardAnswer {
  if (design.cloudPcSubnets.length === 0) {
    return { passed: false, message: "no subnet for Cloud PCs is known, so nothing vouches for the connection" };
  }
  const { findings } = applyWaivers(runRules(rules, design), waivers, today);
  const violations = violationsOf(
    findings.filter(({ rule }) => rule.name !== waiversCurrentName),
    design.network,
  );
  if (violations.length === 0) return { passed: true };
  const reasons = violations.map(({ rule, message }) => `${rule}: ${message}`);
  const count = violations.length === 1 ? "one thing stands" : `${violations.length} things stand`;
  return { passed: false, message: `${count} in the way of Cloud PCs on this network\n${reasons.join("\n")}` };
}
