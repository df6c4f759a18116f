import type { FirewallRule } from "../../model/estate/firewall.ts";
import type { PortRange, RuleAddress } from "../../model/estate/resource.ts";
import type { UserRoute } from "../../model/estate/route-table.ts";
import type { SecurityRule } from "../../model/estate/security-group.ts";
import type { Change } from "../../model/fix/change.ts";
import { formatPortRange } from "../../model/port-range.ts";
import { formatAddress, formatPrefix } from "../../model/prefix.ts";
import { isUnknown, type Read, splitKnown } from "../../model/read.ts";

/** A change in ARM's shape, ready to be pasted into a template: what is added, and the id of what it is added to. */
export function changeJson(change: Change) {
  switch (change.kind) {
    case "addSecurityRule":
      return {
        kind: change.kind,
        networkSecurityGroupId: change.networkSecurityGroupId,
        securityRule: securityRule(change.rule),
      };
    case "addRoute":
      return { kind: change.kind, routeTableId: change.routeTableId, route: route(change.route) };
    case "addFirewallRule":
      return {
        kind: change.kind,
        ruleCollectionGroupId: change.ruleCollectionGroupId,
        ruleCollection: {
          ruleCollectionType: "FirewallPolicyFilterRuleCollection",
          name: change.collection,
          priority: change.priority,
          action: { type: "Allow" },
          rules: [firewallRule(change.rule)],
        },
      };
    case "attachNatGateway":
      return { kind: change.kind, subnetId: change.subnetId, natGatewayId: change.natGatewayId };
  }
}

function securityRule(rule: SecurityRule) {
  const { name, priority, direction, access, protocol } = rule;
  return {
    name,
    properties: {
      priority: known(priority),
      direction: known(direction),
      access: known(access),
      protocol: known(protocol),
      ...oneOrMore("sourceAddressPrefix", "sourceAddressPrefixes", addresses(rule.sourceAddressPrefixes)),
      ...oneOrMore("sourcePortRange", "sourcePortRanges", ports(rule.sourcePortRanges)),
      ...oneOrMore(
        "destinationAddressPrefix",
        "destinationAddressPrefixes",
        addresses(rule.destinationAddressPrefixes),
      ),
      ...oneOrMore("destinationPortRange", "destinationPortRanges", ports(rule.destinationPortRanges)),
    },
  };
}

function route({ name, addressPrefix, nextHopType, nextHopIpAddress }: UserRoute) {
  return {
    name,
    properties: {
      addressPrefix: isUnknown(addressPrefix) ? null : addressText(addressPrefix),
      nextHopType: known(nextHopType),
      ...(nextHopIpAddress !== undefined && !isUnknown(nextHopIpAddress)
        ? { nextHopIpAddress: formatAddress(nextHopIpAddress) }
        : {}),
    },
  };
}

function firewallRule(rule: FirewallRule) {
  const common = { ruleType: rule.ruleType, name: rule.name, sourceAddresses: addresses(rule.sourceAddresses) };
  switch (rule.ruleType) {
    case "NetworkRule":
      return {
        ...common,
        ipProtocols: splitKnown(rule.ipProtocols).known,
        ...whereSet("destinationAddresses", addresses(rule.destinationAddresses)),
        ...whereSet("destinationFqdns", splitKnown(rule.destinationFqdns).known),
        destinationPorts: ports(rule.destinationPorts),
      };
    case "ApplicationRule":
      return {
        ...common,
        protocols: splitKnown(rule.protocols).known,
        ...whereSet("targetFqdns", splitKnown(rule.targetFqdns).known),
        ...whereSet("fqdnTags", splitKnown(rule.fqdnTags).known),
      };
    case "NatRule":
      return {
        ...common,
        ipProtocols: splitKnown(rule.ipProtocols).known,
        destinationAddresses: addresses(rule.destinationAddresses),
        destinationPorts: ports(rule.destinationPorts),
        translatedAddress: translatedAddress(rule.translatedAddress),
        translatedPort: rule.translatedPort === undefined ? null : String(known(rule.translatedPort)),
      };
  }
}

function translatedAddress(address: Read<number> | undefined): string | null {
  return address === undefined || isUnknown(address) ? null : formatAddress(address);
}

/** ARM takes `*` and tags only in the singular field. */
function oneOrMore(one: string, more: string, values: readonly string[]): Readonly<Record<string, unknown>> {
  return values.length === 1 ? { [one]: values[0] } : { [more]: values };
}

function whereSet(name: string, values: readonly unknown[]): Readonly<Record<string, unknown>> {
  return values.length === 0 ? {} : { [name]: values };
}

function known<T>(value: Read<T>): T | null {
  return isUnknown(value) ? null : value;
}

function addresses(list: readonly Read<RuleAddress>[]): readonly string[] {
  return splitKnown(list).known.map(addressText);
}

function ports(list: readonly Read<PortRange>[]): readonly string[] {
  return splitKnown(list).known.map(formatPortRange);
}

function addressText(address: RuleAddress): string {
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
