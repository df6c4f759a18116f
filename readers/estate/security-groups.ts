import type {
  AdminRuleCollection,
  ApplicationSecurityGroup,
  NetworkManager,
  NetworkSecurityGroup,
  SecurityAdminRule,
  SecurityRule,
  SecurityRuleProtocol,
} from "../../model/estate/security-group.ts";
import type { Read } from "../../model/read.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

const protocols: readonly SecurityRuleProtocol[] = ["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"];

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

/** Virtual Network Managers with their network groups and security admin rules. */
export function readNetworkManagers(set: ResourceSet): readonly NetworkManager[] {
  const type = "Microsoft.Network/networkManagers";
  const groups = `${type}/networkGroups`;
  const configurations = `${type}/securityAdminConfigurations`;
  // A child two levels down is found through its parent, which must then be there for its own parent.
  const managers = set.of(type, ["networkGroups", "securityAdminConfigurations"]);
  return managers.map((source) => {
    const scopes = source.fields.object("networkManagerScopes");
    return {
      ...resourceOf(source),
      scopes: [...(scopes?.references("subscriptions") ?? []), ...(scopes?.references("managementGroups") ?? [])],
      networkGroups: set.children(source, groups, undefined).map((group) => ({
        ...resourceOf(group),
        members: set
          .children(group, `${groups}/staticMembers`, undefined)
          .map(({ fields, condition }) => condition ?? fields.required(fields.reference("resourceId"), "resourceId")),
      })),
      securityAdminConfigurations: set.children(source, configurations, undefined).map((configuration) => ({
        ...resourceOf(configuration),
        ruleCollections: set
          .children(configuration, `${configurations}/ruleCollections`, undefined)
          .map((collection) => readAdminRuleCollection(set, collection, `${configurations}/ruleCollections`)),
        applyOnNetworkIntentPolicyBasedServices: configuration.fields.texts("applyOnNetworkIntentPolicyBasedServices"),
      })),
    };
  });
}

function readAdminRuleCollection(set: ResourceSet, source: Source, type: string): AdminRuleCollection {
  return {
    name: source.name,
    appliesToGroupIds: source.fields
      .objects("appliesToGroups")
      .map((group) => group.unknown ?? group.required(group.reference("networkGroupId"), "networkGroupId")),
    rules: set.children(source, `${type}/rules`, undefined).map(readAdminRule),
  };
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
    protocol: fields.required(fields.oneOf("protocol", protocols), `securityRule "${name}": protocol`),
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

function readAdminRule({ name, fields, condition }: Source): Read<SecurityAdminRule> {
  const nothing = condition ?? fields.unknown;
  if (nothing !== undefined) return nothing;
  const protocol = fields.oneOf("protocol", ["Any", ...protocols]);
  const ports = (field: string) => {
    const ranges = fields.portRanges(field);
    return ranges.length > 0 ? ranges : [{ from: 0, to: 65_535 }];
  };
  return {
    name,
    priority: fields.required(fields.integer("priority"), `admin rule "${name}": priority`),
    direction: fields.required(fields.oneOf("direction", ["Inbound", "Outbound"]), `admin rule "${name}": direction`),
    access: fields.required(fields.oneOf("access", ["Allow", "AlwaysAllow", "Deny"]), `admin rule "${name}": access`),
    protocol: fields.required(protocol === "Any" ? "*" : protocol, `admin rule "${name}": protocol`),
    sources: readAdminAddresses(fields, "sources"),
    sourcePortRanges: ports("sourcePortRanges"),
    destinations: readAdminAddresses(fields, "destinations"),
    destinationPortRanges: ports("destinationPortRanges"),
  };
}

/** Absent addresses and ports of an admin rule mean any. */
function readAdminAddresses(fields: Fields, list: string): SecurityAdminRule["sources"] {
  const entries = fields
    .objects(list)
    .map((entry) => entry.unknown ?? entry.required(entry.ruleAddress("addressPrefix"), `${list}: addressPrefix`));
  return entries.length > 0 ? entries : [{ kind: "any" }];
}
