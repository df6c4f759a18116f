import type {
  ApplicationSecurityGroup,
  NetworkSecurityGroup,
  SecurityRule,
  SecurityRuleProtocol,
} from "../../model/estate/security-group.ts";
import { isUnknown, type Read, splitKnown } from "../../model/read.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

/** ARM's protocols of a security rule. */
export const securityRuleProtocols: readonly SecurityRuleProtocol[] = ["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"];

/** Network security groups with their rules. */
export function readNetworkSecurityGroups(set: ResourceSet): readonly NetworkSecurityGroup[] {
  const type = "Microsoft.Network/networkSecurityGroups";
  return set.of(type, ["securityRules"]).map((source) => ({
    ...resourceOf(source),
    securityRules: withoutSharedPriorities(set.children(source, `${type}/securityRules`, "securityRules")),
  }));
}

/** Application security groups: who belongs to them is written at the network interfaces. */
export function readApplicationSecurityGroups(set: ResourceSet): readonly ApplicationSecurityGroup[] {
  return set.of("Microsoft.Network/applicationSecurityGroups").map(resourceOf);
}

/** Azure refuses two rules of one direction with the same priority: which of them would come first is then not known. */
function withoutSharedPriorities(sources: readonly Source[]): readonly Read<SecurityRule>[] {
  const read = sources.map((source) => ({ fields: source.fields, rule: readSecurityRule(source) }));
  const placeOf = ({ priority, direction }: SecurityRule) =>
    isUnknown(priority) || isUnknown(direction) ? undefined : `${direction} ${priority}`;
  const sharing = Map.groupBy(splitKnown(read.map(({ rule }) => rule)).known, placeOf);
  return read.map(({ fields, rule }) => {
    const place = isUnknown(rule) ? undefined : placeOf(rule);
    const other = place === undefined ? undefined : sharing.get(place)?.find((each) => each !== rule);
    if (isUnknown(rule) || other === undefined) return rule;
    const message =
      `securityRule "${rule.name}": rule "${other.name}" has the same priority ${rule.priority} and direction ${rule.direction}; ` +
      "each needs a priority of its own";
    return { ...rule, priority: fields.refused(message) };
  });
}

/** ARM writes each field of a rule in the singular or in the plural; Azure refuses both. */
function readSecurityRule({ name, fields, condition }: Source): Read<SecurityRule> {
  const nothing = condition ?? fields.unknown;
  if (nothing !== undefined) return nothing;
  const [source, destination] = [readEnd(name, fields, "source"), readEnd(name, fields, "destination")];
  return {
    name,
    priority: readPriority(name, fields),
    direction: fields.required(fields.oneOf("direction", ["Inbound", "Outbound"]), `securityRule "${name}": direction`),
    access: fields.required(fields.oneOf("access", ["Allow", "Deny"]), `securityRule "${name}": access`),
    protocol: fields.required(fields.oneOf("protocol", securityRuleProtocols), `securityRule "${name}": protocol`),
    sourceAddressPrefixes: source.addresses,
    sourceApplicationSecurityGroupIds: source.groups,
    sourcePortRanges: source.ports,
    destinationAddressPrefixes: destination.addresses,
    destinationApplicationSecurityGroupIds: destination.groups,
    destinationPortRanges: destination.ports,
    ...defined({ description: fields.text("description") }),
  };
}

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules, read 2026-11-21. */
function readPriority(name: string, fields: Fields): Read<number> {
  const priority = fields.required(fields.integer("priority"), `securityRule "${name}": priority`);
  if (isUnknown(priority) || (priority >= 100 && priority <= 4096)) return priority;
  return fields.refused(`securityRule "${name}": priority ${priority} is not from 100 to 4096`);
}

function readEnd(
  name: string,
  fields: Fields,
  end: "source" | "destination",
): {
  readonly addresses: SecurityRule["sourceAddressPrefixes"];
  readonly groups: SecurityRule["sourceApplicationSecurityGroupIds"];
  readonly ports: SecurityRule["sourcePortRanges"];
} {
  const oneOf = <T>(names: string, one: Read<T> | undefined, many: readonly Read<T>[]): readonly Read<T>[] => {
    if (one === undefined) return many;
    if (many.length === 0) return [one];
    return [fields.refused(`securityRule "${name}": ${names} are both set; only one of them may be`)];
  };
  const [address, ports] = [`${end}AddressPrefix`, `${end}PortRange`];
  return {
    addresses: oneOf(`${address} and ${address}es`, fields.ruleAddress(address), fields.ruleAddresses(`${address}es`)),
    groups: fields.references(`${end}ApplicationSecurityGroups`),
    ports: oneOf(`${ports} and ${ports}s`, fields.portRange(ports), fields.portRanges(`${ports}s`)),
  };
}
