import { type Basis, weakest } from "../basis.ts";
import type { Direction, NetworkSecurityGroup } from "../estate/security-group.ts";
import { firstMatch, type Match } from "../first-match.ts";
import { type HeaderSpace, intersectFlows, keyOfFlows } from "../header-space.ts";
import { isUnknown } from "../read.ts";
import type { Network, SubnetPlace } from "../topology/network.ts";
import { isDefaultRule } from "./default-rules.ts";
import { type RuleLine, ruleLines } from "./rule-lines.ts";
import { type TagScope, tagScopesOf } from "./tag-scope.ts";

/** What a network security group says of some flows, and by which rule. */
export interface RuleDecision {
  readonly space: HeaderSpace;
  readonly access: "Allow" | "Deny" | "Unknown";
  /** The deciding rule; absent when it is not known which decides. */
  readonly rule?: RuleName;
  readonly because: string;
  readonly basis: Basis;
}

/** How an answer names a rule. */
export interface RuleName {
  readonly name: string;
  readonly priority: number | null;
  readonly default: boolean;
}

/** Which flows are asked about: where the rules are read and what is known of an address beyond its value. */
export interface RuleQuestion {
  readonly direction: Direction;
  /** The subnet whose topology gives tags their meaning. */
  readonly place: SubnetPlace;
  /** Tags known to hold the destination. */
  readonly destinationTags: readonly string[];
  /** Tags known to hold the source. */
  readonly sourceTags?: readonly string[];
}

/**
 * Evaluates a network security group over a set of flows: rules of the direction by priority, default rules last, the first
 * match decides (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview, read 2026-11-20).
 * The decisions are disjoint and together are the whole set. A flow on which the readings of a tag differ is Unknown.
 */
export function evaluateSecurityGroup(
  network: Network,
  group: NetworkSecurityGroup,
  question: RuleQuestion,
  space: HeaderSpace,
): readonly RuleDecision[] {
  const flows = keyOfFlows(space);
  const evaluate = () => decide(network, group, question, space);
  // Hundreds of names are asked about as the same flows to the Internet.
  return flows === undefined
    ? evaluate()
    : network.memo("rule decisions", `${pointOf(group, question)} ${flows}`, evaluate);
}

function decide(
  network: Network,
  group: NetworkSecurityGroup,
  question: RuleQuestion,
  space: HeaderSpace,
): readonly RuleDecision[] {
  const [first, second] = tagScopesOf(network, question.place).map((scope) =>
    firstMatch(linesOf(network, group, question, scope), space).map(decisionOf),
  );
  if (first === undefined || second === undefined) return first ?? [];
  return agree(first, second);
}

/** The lines of a group as one reading of its tags sees them. */
export function linesOf(
  network: Network,
  group: NetworkSecurityGroup,
  question: RuleQuestion,
  scope: TagScope,
): readonly RuleLine[] {
  const reading = tagScopesOf(network, question.place).indexOf(scope);
  return network.memo("rule lines", `${pointOf(group, question)} ${reading}`, () =>
    ruleLines(network, group.securityRules, question.direction, {
      source: { reference: network.reference, scope, memberOf: question.sourceTags ?? [] },
      destination: { reference: network.reference, scope, memberOf: question.destinationTags },
    }),
  );
}

function pointOf(group: NetworkSecurityGroup, { direction, place, sourceTags = [], destinationTags }: RuleQuestion) {
  return [group.id, direction, place.id, [...sourceTags, "|", ...destinationTags].join(",")].join(" ");
}

/** What one piece of a first-match list comes to. */
export function decisionOf(match: Match<RuleLine["value"]>): RuleDecision {
  const { line, maybe, passed, space } = match;
  const access = line?.value.access ?? "Unknown";
  const other = maybe.find((candidate) => candidate.value.access !== access || candidate.value.access === "Unknown");
  if (line === undefined || other !== undefined || access === "Unknown") {
    const why = other?.reason ?? line?.reason ?? "its access is not known";
    const which = nameOf((other ?? line)?.value.rule?.name);
    return { space, access: "Unknown", because: `whether ${which} decides is not known: ${why}`, basis: "geometry" };
  }
  const different = passed.filter((candidate) => candidate.value.access !== access);
  const basis = weakest(line.basis, ...maybe.map((m) => m.basis), ...different.map((p) => p.basis));
  const { rule } = line.value;
  if (rule === undefined) return { space, access, because: "a rule decides", basis };
  const verb = access === "Allow" ? "allows" : "denies";
  const named: RuleName = {
    name: rule.name,
    priority: isUnknown(rule.priority) ? null : rule.priority,
    default: isDefaultRule(rule),
  };
  return {
    space,
    access,
    rule: named,
    because: `${named.default ? "default rule" : "rule"} "${rule.name}" ${verb} it`,
    basis,
  };
}

function agree(first: readonly RuleDecision[], second: readonly RuleDecision[]): readonly RuleDecision[] {
  return first.flatMap((one) =>
    second.flatMap((other): readonly RuleDecision[] => {
      const space = intersectFlows(one.space, other.space);
      if (space.length === 0) return [];
      if (one.access === other.access) return [{ ...one, space, basis: weakest(one.basis, other.basis) }];
      if (one.access === "Unknown" || other.access === "Unknown") {
        return [{ ...(one.access === "Unknown" ? one : other), space }];
      }
      const because =
        `${nameOf(other.rule?.name)} decides if the tag VirtualNetwork contains the default route, ` +
        `${nameOf(one.rule?.name)} if not; Microsoft says that it might`;
      return [{ space, access: "Unknown", because, basis: "geometry" }];
    }),
  );
}

function nameOf(name: string | undefined): string {
  return name === undefined ? "a rule that could not be read" : `rule "${name}"`;
}
