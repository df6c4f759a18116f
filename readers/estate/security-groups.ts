import type {
  ApplicationSecurityGroup,
  NetworkSecurityGroup,
  SecurityRule,
  SecurityRuleProtocol,
} from "../../model/estate/security-group.ts";
import type { Read } from "../../model/read.ts";
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
    securityRules: set.children(source, `${type}/securityRules`, "securityRules").map(readSecurityRule),
  }));
}

/** Application security groups: who belongs to them is written at the network interfaces. */
export function readApplicationSecurityGroups(set: ResourceSet): readonly ApplicationSecurityGroup[] {
  return set.of("Microsoft.Network/applicationSecurityGroups").map(resourceOf);
}

/** ARM writes each field of a rule in the singular or in the plural; only one of them is set. */
function readSecurityRule({ name, fields, condition }: Source): Read<SecurityRule> {
  const nothing = condition ?? fields.unknown;
  if (nothing !== undefined) return nothing;
  const [source, destination] = [readEnd(fields, "source"), readEnd(fields, "destination")];
  return {
    name,
    priority: fields.required(fields.integer("priority"), `securityRule "${name}": priority`),
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

function readEnd(
  fields: Fields,
  end: "source" | "destination",
): {
  readonly addresses: SecurityRule["sourceAddressPrefixes"];
  readonly groups: SecurityRule["sourceApplicationSecurityGroupIds"];
  readonly ports: SecurityRule["sourcePortRanges"];
} {
  const address = fields.ruleAddress(`${end}AddressPrefix`);
  const ports = fields.portRange(`${end}PortRange`);
  return {
    addresses: [...(address === undefined ? [] : [address]), ...fields.ruleAddresses(`${end}AddressPrefixes`)],
    groups: fields.references(`${end}ApplicationSecurityGroups`),
    ports: [...(ports === undefined ? [] : [ports]), ...fields.portRanges(`${end}PortRanges`)],
  };
}
