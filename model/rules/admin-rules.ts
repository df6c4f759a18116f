import { type Basis, weakest } from "../basis.ts";
import type { AdminRuleCollection, NetworkManager, SecurityAdminRule } from "../estate/security-group.ts";
import { firstMatch, type Line, type Match } from "../first-match.ts";
import { type HeaderSpace, headerSpaceOf } from "../header-space.ts";
import { isUnknown, splitKnown, type Unknown } from "../read.ts";
import { sameResource } from "../resource-id.ts";
import type { Network } from "../topology/network.ts";
import { extentOfAddress, uniteExtents } from "./address-extent.ts";
import { portsAndProtocol } from "./rule-lines.ts";
import type { RuleQuestion } from "./security-rules.ts";
import { tagScopesOf } from "./tag-scope.ts";

/** What the admin rules of a virtual network manager say of some flows. `None` and `Allow` leave the word to the security groups. */
export interface AdminDecision {
  readonly space: HeaderSpace;
  readonly access: "Allow" | "AlwaysAllow" | "Deny" | "None" | "Unknown";
  readonly rule?: { readonly name: string; readonly priority: number | null };
  readonly because: string;
  readonly basis: Basis;
}

type AdminLine = Line<{
  readonly rule?: SecurityAdminRule;
  readonly access: "Allow" | "AlwaysAllow" | "Deny" | "Unknown";
}>;

/**
 * Evaluates security admin rules, which come before network security groups: `Deny` and `AlwaysAllow` end the evaluation,
 * `Allow` hands on (https://learn.microsoft.com/azure/virtual-network-manager/concept-security-admins, read 2026-11-20).
 * A configuration in the input is taken to be deployed. Empty when none applies to the subnet; those of firewalls, gateways, Bastion
 * and Route Server are exempt (#nonapplication-of-security-admin-rules, read 2026-11-21).
 */
export function evaluateAdminRules(
  network: Network,
  question: RuleQuestion,
  space: HeaderSpace,
): readonly AdminDecision[] {
  const lines = isExempt(question) ? [] : adminLines(network, question);
  return lines.length === 0 ? [] : firstMatch(lines, space).map(adminDecision);
}

/** Names of the security admin configurations that apply to the subnet: each is taken to be deployed. */
export function adminConfigurations(network: Network, question: RuleQuestion): readonly string[] {
  return network.estate.networkManagers.flatMap((manager) =>
    manager.securityAdminConfigurations
      .filter((configuration) =>
        configuration.ruleCollections.some((collection) => membership(manager, collection, question) !== "no"),
      )
      .map((configuration) => configuration.name),
  );
}

const exemptSubnets = new Set(["azurefirewallsubnet", "azurebastionsubnet", "routeserversubnet", "gatewaysubnet"]);

function isExempt({ place }: RuleQuestion): boolean {
  return exemptSubnets.has(place.subnet.name.toLowerCase());
}

function adminLines(network: Network, question: RuleQuestion): readonly AdminLine[] {
  return network.memo("admin lines", `${question.place.id} ${question.direction} ${question.destinationTags}`, () => {
    const lines = network.estate.networkManagers.flatMap((manager) =>
      manager.securityAdminConfigurations.flatMap((configuration) =>
        configuration.ruleCollections.flatMap((collection) => {
          const member = membership(manager, collection, question);
          if (member === "no") return [];
          const { known, unknown } = splitKnown(collection.rules);
          const read = known
            .filter((rule) => isUnknown(rule.direction) || rule.direction === question.direction)
            .map((rule) => adminLine(network, rule, question, member));
          return [...unknown.map(unreadLine), ...read];
        }),
      ),
    );
    return [...lines].sort((a, b) => priorityOf(a) - priorityOf(b));
  });
}

/** Whether a collection reaches the subnet: `maybe` with a reason when a group's members are not known. */
function membership(
  manager: NetworkManager,
  collection: AdminRuleCollection,
  { place }: RuleQuestion,
): "yes" | "no" | { readonly maybe: string } {
  let maybe: string | undefined;
  for (const groupId of collection.appliesToGroupIds) {
    const group = isUnknown(groupId) ? undefined : manager.networkGroups.find((g) => sameResource(g.id, groupId));
    if (group === undefined) {
      maybe ??= isUnknown(groupId) ? groupId.unknown : `network group "${groupId}" is not in the input`;
      continue;
    }
    for (const member of group.members) {
      if (isUnknown(member)) maybe ??= member.unknown;
      else if (sameResource(member, place.virtualNetwork.id) || sameResource(member, place.id)) return "yes";
    }
  }
  return maybe === undefined ? "no" : { maybe };
}

function adminLine(
  network: Network,
  rule: SecurityAdminRule,
  question: RuleQuestion,
  member: "yes" | { readonly maybe: string },
): AdminLine {
  const scopes = tagScopesOf(network, question.place);
  const side = (addresses: SecurityAdminRule["sources"], memberOf: readonly string[]) => {
    const readings = scopes.map((scope) =>
      uniteExtents(
        addresses.map((address) => extentOfAddress(address, { reference: network.reference, scope, memberOf })),
      ),
    );
    const [narrow, wide] = readings;
    if (narrow === undefined) return uniteExtents([]);
    if (wide === undefined || wide.certain.length === narrow.certain.length) return narrow;
    return { ...narrow, possible: wide.possible, reason: "the tag VirtualNetwork might contain the default route" };
  };
  const source = side(rule.sources, question.sourceTags ?? []);
  const destination = side(rule.destinations, question.destinationTags);
  const ports = portsAndProtocol(rule.protocol, rule.sourcePortRanges, rule.destinationPortRanges);
  const order = [rule.priority, rule.direction].find(isUnknown)?.unknown;
  const reason =
    (member === "yes" ? undefined : member.maybe) ?? order ?? source.reason ?? destination.reason ?? ports.reason;
  const sure = member === "yes" && order === undefined;
  return {
    value: { rule, access: isUnknown(rule.access) ? "Unknown" : rule.access },
    certain: sure ? headerSpaceOf({ ...ports.certain, source: source.certain, destination: destination.certain }) : [],
    possible: headerSpaceOf({ ...ports.possible, source: source.possible, destination: destination.possible }),
    basis: weakest(source.basis, destination.basis),
    ...(reason === undefined ? {} : { reason }),
  };
}

function adminDecision(match: Match<AdminLine["value"]>): AdminDecision {
  const { line, maybe, space } = match;
  const access = line?.value.access ?? "None";
  const harmless = (value: string) => value === "Allow" || value === "None";
  const other = maybe.find((m) => m.value.access !== access && !(harmless(m.value.access) && harmless(access)));
  if (other !== undefined || access === "Unknown") {
    const why = other?.reason ?? "its access is not known";
    const name = (other ?? line)?.value.rule?.name ?? "a rule";
    return {
      space,
      access: "Unknown",
      because: `whether admin rule "${name}" decides is not known: ${why}`,
      basis: "geometry",
    };
  }
  if (line === undefined) return { space, access: "None", because: "no admin rule matches", basis: "geometry" };
  const { rule } = line.value;
  if (rule === undefined)
    return { space, access: "Unknown", because: "an admin rule could not be read", basis: "geometry" };
  const priority = isUnknown(rule.priority) ? null : rule.priority;
  return {
    space,
    access,
    rule: { name: rule.name, priority },
    because: `admin rule "${rule.name}" says ${access}`,
    basis: line.basis,
  };
}

function unreadLine({ unknown: reason }: Unknown): AdminLine {
  return { value: { access: "Unknown" }, certain: [], possible: headerSpaceOf({}), reason, basis: "geometry" };
}

/** A rule whose priority is not known stands first: it is a line that only may match. */
function priorityOf({ value: { rule } }: AdminLine): number {
  return rule === undefined || isUnknown(rule.priority) ? 0 : rule.priority;
}
