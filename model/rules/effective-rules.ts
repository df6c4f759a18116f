import type { Reference, RuleAddress } from "../estate/resource.ts";
import type { Direction, SecurityAdminRule, SecurityRule } from "../estate/security-group.ts";
import { formatIpSpace } from "../ip-space.ts";
import { formatPortRange } from "../port-range.ts";
import { formatAddress, formatPrefix } from "../prefix.ts";
import { isUnknown, type Read, splitKnown } from "../read.ts";
import { resourceName, sameResource } from "../resource-id.ts";
import type { InterfacePlace, Network, SubnetPlace } from "../topology/network.ts";
import { extentOfAddress, extentOfGroups } from "./address-extent.ts";
import { defaultSecurityRules, isDefaultRule } from "./default-rules.ts";
import { tagScopesOf } from "./tag-scope.ts";

/** One row of `w365 rules`: a rule that applies to a subnet, its tags written out where they are resolved. */
export interface EffectiveRule {
  readonly direction: Direction | "unknown";
  readonly scope: "Subnet" | "NetworkInterface" | "NetworkManager";
  readonly priority: number | null;
  readonly name: string;
  readonly default: boolean;
  readonly access: string;
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly sourcePorts: readonly string[];
  readonly destinations: readonly string[];
  readonly destinationPorts: readonly string[];
  /** What each tag or application security group comes to here; a value that is not known says why. */
  readonly expanded: Readonly<Record<string, string>>;
}

/** The rules of a subnet, and of one network interface in it, in the order of evaluation. */
export function effectiveRules(
  network: Network,
  place: SubnetPlace,
  networkInterface?: InterfacePlace,
): readonly EffectiveRule[] {
  const directions: readonly Direction[] = ["Inbound", "Outbound"];
  return directions.flatMap((direction) => {
    const ofSubnet = groupRules(network, place, place.subnet.networkSecurityGroupId, "Subnet", direction);
    const reference = networkInterface?.networkInterface.networkSecurityGroupId;
    const ofInterface = groupRules(network, place, reference, "NetworkInterface", direction);
    const groups = direction === "Inbound" ? [...ofSubnet, ...ofInterface] : [...ofInterface, ...ofSubnet];
    return [...adminRules(network, place, direction), ...groups];
  });
}

function groupRules(
  network: Network,
  place: SubnetPlace,
  reference: Reference | undefined,
  scope: "Subnet" | "NetworkInterface",
  direction: Direction,
): readonly EffectiveRule[] {
  const group = network.find("networkSecurityGroups", reference);
  if (group.kind === "none") return [];
  if (group.kind === "missing") return [unread(scope, direction, group.because)];
  const { known, unknown } = splitKnown([...group.resource.securityRules, ...defaultSecurityRules]);
  const rules = known.filter((rule) => isUnknown(rule.direction) || rule.direction === direction);
  const sorted = [...rules].sort((a, b) => order(a.priority) - order(b.priority));
  return [
    ...unknown.map((reason) => unread(scope, direction, reason.unknown)),
    ...sorted.map((rule) => row(network, place, rule, scope)),
  ];
}

function adminRules(network: Network, place: SubnetPlace, direction: Direction): readonly EffectiveRule[] {
  const rules = network.estate.networkManagers.flatMap((manager) =>
    manager.securityAdminConfigurations.flatMap((configuration) =>
      configuration.ruleCollections
        .filter((collection) =>
          collection.appliesToGroupIds.some((id) =>
            manager.networkGroups.some(
              (group) =>
                !isUnknown(id) &&
                sameResource(group.id, id) &&
                group.members.some(
                  (m) => isUnknown(m) || sameResource(m, place.virtualNetwork.id) || sameResource(m, place.id),
                ),
            ),
          ),
        )
        .flatMap((collection) => splitKnown(collection.rules).known),
    ),
  );
  return rules
    .filter((rule) => isUnknown(rule.direction) || rule.direction === direction)
    .sort((a, b) => order(a.priority) - order(b.priority))
    .map((rule) => row(network, place, fromAdmin(rule), "NetworkManager", rule.access));
}

function row(
  network: Network,
  place: SubnetPlace,
  rule: SecurityRule,
  scope: EffectiveRule["scope"],
  access: Read<string> = rule.access,
): EffectiveRule {
  const sources = [
    ...rule.sourceAddressPrefixes.map(addressText),
    ...rule.sourceApplicationSecurityGroupIds.map(groupText),
  ];
  const destinations = [
    ...rule.destinationAddressPrefixes.map(addressText),
    ...rule.destinationApplicationSecurityGroupIds.map(groupText),
  ];
  return {
    direction: text(rule.direction) as EffectiveRule["direction"],
    scope,
    priority: isUnknown(rule.priority) ? null : rule.priority,
    name: rule.name,
    default: isDefaultRule(rule),
    access: text(access),
    protocol: text(rule.protocol),
    sources,
    sourcePorts: rule.sourcePortRanges.map((range) => (isUnknown(range) ? "unknown" : formatPortRange(range))),
    destinations,
    destinationPorts: rule.destinationPortRanges.map((range) =>
      isUnknown(range) ? "unknown" : formatPortRange(range),
    ),
    expanded: expansions(network, place, rule),
  };
}

function expansions(network: Network, place: SubnetPlace, rule: SecurityRule): Readonly<Record<string, string>> {
  const expanded: Record<string, string> = {};
  const [scope] = tagScopesOf(network, place);
  for (const address of [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]) {
    if (isUnknown(address) || address.kind !== "serviceTag") continue;
    const extent = extentOfAddress(address, {
      reference: network.reference,
      memberOf: [],
      ...(scope ? { scope } : {}),
    });
    const more = extent.reason === undefined ? "" : `; perhaps more: ${extent.reason}`;
    expanded[address.name] = `${formatIpSpace(extent.certain, 20)}${more}`;
  }
  for (const id of [...rule.sourceApplicationSecurityGroupIds, ...rule.destinationApplicationSecurityGroupIds]) {
    if (isUnknown(id)) continue;
    expanded[resourceName(id)] = formatIpSpace(extentOfGroups(network, [id]).certain, 20);
  }
  return expanded;
}

function fromAdmin(rule: SecurityAdminRule): SecurityRule {
  return {
    name: rule.name,
    priority: rule.priority,
    direction: rule.direction,
    access: isUnknown(rule.access) ? rule.access : rule.access === "Deny" ? "Deny" : "Allow",
    protocol: rule.protocol,
    sourceAddressPrefixes: rule.sources,
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: rule.sourcePortRanges,
    destinationAddressPrefixes: rule.destinations,
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: rule.destinationPortRanges,
  };
}

function unread(scope: EffectiveRule["scope"], direction: Direction, reason: string): EffectiveRule {
  const none = { sources: [], sourcePorts: [], destinations: [], destinationPorts: [] };
  return {
    direction,
    scope,
    priority: null,
    name: "unknown",
    default: false,
    access: "unknown",
    protocol: "unknown",
    ...none,
    expanded: { unknown: reason },
  };
}

function addressText(address: Read<RuleAddress>): string {
  if (isUnknown(address)) return "unknown";
  switch (address.kind) {
    case "any":
      return "*";
    case "prefix":
      return formatPrefix(address.prefix);
    case "range":
      return `${formatAddress(address.from)}-${formatAddress(address.to)}`;
    case "serviceTag":
      return address.name;
    case "ipv6":
      return address.text;
  }
}

function groupText(id: Reference): string {
  return isUnknown(id) ? "unknown" : resourceName(id);
}

function text(value: Read<string>): string {
  return isUnknown(value) ? "unknown" : value;
}

function order(priority: Read<number>): number {
  return isUnknown(priority) ? 0 : priority;
}
