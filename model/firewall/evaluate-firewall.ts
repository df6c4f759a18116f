import { type Basis, weakest } from "../basis.ts";
import type { ApplicationRule, FirewallRule, NatRule } from "../estate/firewall.ts";
import { firstMatch, type Line } from "../first-match.ts";
import type { HeaderSpace } from "../header-space.ts";
import type { StepRule } from "../path/step.ts";
import { hostMatches } from "../reference-data.ts";
import type { Network } from "../topology/network.ts";
import { type FirewallLineValue, type FirewallQuestion, firewallLines } from "./firewall-lines.ts";
import type { FirewallView } from "./firewall-view.ts";

/** What a firewall says of some flows. */
export interface FirewallDecision {
  readonly space: HeaderSpace;
  readonly access: "Allow" | "Deny" | "Dnat" | "Unknown";
  /** `null`: nothing matched. */
  readonly rule: StepRule | null;
  readonly because: string;
  readonly basis: Basis;
  /** Application rules are a transparent proxy: they always translate the source. */
  readonly proxied: boolean;
  /** Which kind of rule lets it pass is open, and so is what the firewall does to the addresses. */
  readonly undecided?: true;
  readonly natRule?: NatRule;
  /** The application rule that asks for TLS inspection. */
  readonly inspects?: ApplicationRule;
}

/** The name under which a caller may hand in the hosts that a firewall allows without a rule. */
export const infrastructureTag = "AzureFirewallInfrastructure";

/** Evaluates a firewall over a set of flows: the decisions are disjoint and together are the set. */
export function evaluateFirewall(
  network: Network,
  view: FirewallView,
  question: FirewallQuestion,
  space: HeaderSpace,
): readonly FirewallDecision[] {
  return firstMatch(firewallLines(network, view, question), space).map((match): FirewallDecision => {
    const access = match.line?.value.access ?? "Deny";
    const other = match.maybe.find((line) => line.value.access !== access || line.value.access === "Unknown");
    const base = { space: match.space, proxied: false };
    if (other !== undefined || access === "Unknown") {
      const which = other?.value.rule?.name;
      const what = which === undefined ? "a rule" : `rule "${which}"`;
      const because = `whether ${what} of firewall "${view.firewall.name}" decides is not known: ${other?.reason ?? "its action is not known"}`;
      const effect = effectOfAny([...match.maybe, ...(match.line === undefined ? [] : [match.line])]);
      return { ...base, ...effect, access: "Unknown", rule: other?.value.rule ?? null, because, basis: "geometry" };
    }
    const passed = match.passed.filter((line) => line.value.access !== access).map((line) => line.basis);
    if (match.line === undefined) return noMatch(network, view, question, match.space);
    const { rule, source } = match.line.value;
    const ambiguous = match.maybe.some((line) => line.value.source?.ruleType !== source?.ruleType);
    const basis = weakest(match.line.basis, ...passed, ...match.maybe.map((line) => line.basis));
    if (ambiguous) {
      const because = `whether a network or an application rule of firewall "${view.firewall.name}" allows it is not known`;
      return { ...base, undecided: true, access: "Unknown", rule, because, basis: "geometry" };
    }
    return { ...base, access, rule, because: sentence(view, match.line.value), basis, ...effects(source) };
  });
}

function noMatch(
  network: Network,
  view: FirewallView,
  { fqdn }: FirewallQuestion,
  space: HeaderSpace,
): FirewallDecision {
  const infrastructure = network.reference.fqdnTag(infrastructureTag) ?? [];
  if (fqdn !== undefined && infrastructure.some((pattern) => hostMatches(pattern, fqdn))) {
    const rule: StepRule = { type: "Infrastructure", name: fqdn };
    return {
      space,
      access: "Allow",
      rule,
      because: `firewall "${view.firewall.name}" allows infrastructure names`,
      basis: "documentedTag",
      proxied: true,
    };
  }
  const because = `no rule of firewall "${view.firewall.name}" matches, so it denies by default`;
  return { space, access: "Deny", rule: null, because, basis: "geometry", proxied: false };
}

function sentence(view: FirewallView, { access, rule }: FirewallLineValue): string {
  const verb = { Allow: "allows", Deny: "denies", Dnat: "translates", Unknown: "decides" }[access];
  const kind = {
    NetworkRule: "network rule",
    ApplicationRule: "application rule",
    NatRule: "NAT rule",
    Infrastructure: "rule",
  };
  const what = rule?.type === undefined ? "a rule" : `${kind[rule.type]} "${rule.name}"`;
  return `${what} of firewall "${view.firewall.name}" ${verb} it`;
}

/** What the firewall does to the addresses whichever of these rules lets the flow pass. */
function effectOfAny(lines: readonly Line<FirewallLineValue>[]): Pick<FirewallDecision, "proxied" | "undecided"> {
  const passing = lines.filter(({ value }) => value.access !== "Deny").map(({ value }) => value.rule?.type);
  if (passing.every((type) => type === "ApplicationRule")) return { proxied: true };
  return passing.every((type) => type === "NetworkRule") ? { proxied: false } : { proxied: false, undecided: true };
}

function effects(source: FirewallRule | undefined) {
  if (source === undefined) return { proxied: false };
  if (source.ruleType === "NatRule") return { proxied: false, natRule: source };
  if (source.ruleType === "NetworkRule") return { proxied: false };
  return source.terminateTls === true ? { proxied: true, inspects: source } : { proxied: true };
}
