import { formatPrefix } from "../../model/prefix.ts";
import { knownOr, splitKnown } from "../../model/read.ts";
import { cloudPcCountMax } from "../../model/subnet-size.ts";
import { subnetLabel } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { Waiver } from "../../policy-packs/waiver.ts";
import type { HealthOutcome } from "../check/health-outcomes.ts";
import type { Readiness } from "../check/readiness.ts";

/** How reports name the outcome of a health check. */
export const healthWords: Readonly<Record<HealthOutcome["outcome"], string>> = {
  pass: "will pass",
  fail: "will fail",
  undecided: "undecided",
  runtime: "at run time",
  notApplicable: "not run",
};

/** How reports say what is to be expected of a health check: a pass of which not every cause is known is none yet. */
export function healthWord({ outcome, openErrorTypes }: HealthOutcome): string {
  return outcome === "pass" && openErrorTypes.length > 0 ? "passes so far" : healthWords[outcome];
}

/**
 * What to do about a finding: the change that was verified to be enough, else what the rule names, else what it advises; nothing for
 * what is only undecided.
 */
export function remedyText({ remedy, observed, rule }: Finding, fix: { readonly summary: string } | undefined) {
  return remedy ?? fix?.summary ?? (observed === "fail" ? rule.remediation : undefined);
}

/** Who accepts a finding, why and until when, in one line. */
export function waiverText({ owner, reason, expires }: Waiver): string {
  return `until ${expires} by ${owner}: ${reason}`;
}

/** How many names of findings with the same cause are listed; JSON has them all. */
const listedMax = 6;

/** `2 more for the same reason: a, b`. */
export function alsoText(others: readonly Finding[]): string {
  const listed = others.slice(0, listedMax).map(({ about }) => about);
  const rest = others.length - listed.length;
  return `${others.length} more for the same reason: ${listed.join(", ")}${rest === 0 ? "" : ` and ${rest} others`}`;
}

/** What there is to say of a Cloud PC subnet. */
export function subnetWords({ place }: CloudPcSubnet) {
  const blocks = splitKnown(place.subnet.addressPrefixes).known;
  return {
    label: subnetLabel(place),
    addressPrefixes: blocks.map(formatPrefix).join(", "),
    location: knownOr(place.virtualNetwork.location, "an unknown region"),
    cloudPcCountMax: blocks.reduce((sum, block) => sum + cloudPcCountMax(block), 0),
  };
}

/** `13 passed, 0 failed, …`. */
export function summaryText({ summary }: Readiness): string {
  const { pass, fail, undecided, waived, notApplicable } = summary;
  return `${pass} passed, ${fail} failed, ${undecided} undecided, ${waived} waived; ${notApplicable} rules do not apply`;
}

/** How many causes of failing health checks are predicted, by what that takes. */
export function coverageText({ coverage, catalogue }: Readiness): string {
  const { causes, fromDesign, withTenantFacts, atRunTimeOnly } = coverage;
  return `${causes} causes can fail a health check: ${fromDesign} are predicted from the design, ${withTenantFacts} more with facts of the tenant, ${atRunTimeOnly} only at run time; catalogue of ${catalogue.asOf}`;
}
