import type { Reference } from "../../model/estate/resource.ts";
import type {
  AdminRuleCollection,
  NetworkManager,
  RoutingChange,
  SecurityAdminRule,
} from "../../model/estate/security-group.ts";
import { type Read, type Unknown, unknown } from "../../model/read.ts";
import { plainOf } from "../arm/arm-value.ts";
import type { Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";
import { securityRuleProtocols } from "./security-groups.ts";

/** Virtual Network Managers with their network groups and security admin rules. */
export function readNetworkManagers(set: ResourceSet): readonly NetworkManager[] {
  const type = "Microsoft.Network/networkManagers";
  const groups = `${type}/networkGroups`;
  const configurations = `${type}/securityAdminConfigurations`;
  const policies = set.of("Microsoft.Authorization/policyDefinitions");
  // A child two levels down is found through its parent, which must then be there for its own parent.
  const managers = set.of(type, [
    "networkGroups",
    "securityAdminConfigurations",
    "connectivityConfigurations",
    "routingConfigurations",
  ]);
  return managers.map((source) => {
    const scopes = source.fields.object("networkManagerScopes");
    const routingChanges = [...readConnectivity(set, source, type), ...readRouting(set, source, type)];
    return {
      ...resourceOf(source),
      ...(routingChanges.length === 0 ? {} : { routingChanges }),
      scopes: [...(scopes?.references("subscriptions") ?? []), ...(scopes?.references("managementGroups") ?? [])],
      networkGroups: set.children(source, groups, undefined).map((group) => ({
        ...resourceOf(group),
        members: [
          ...set
            .children(group, `${groups}/staticMembers`, undefined)
            .map(({ fields, condition }) => condition ?? fields.required(fields.reference("resourceId"), "resourceId")),
          ...membersByPolicy(group, policies),
        ],
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

function readConnectivity(set: ResourceSet, manager: Source, type: string): readonly RoutingChange[] {
  return set.children(manager, `${type}/connectivityConfigurations`, undefined).map(({ name, fields }) => ({
    kind: "connectivity",
    name,
    appliesToGroupIds: groupsOf(fields, "appliesToGroups"),
    hubIds: fields
      .objects("hubs")
      .map((hub) => hub.unknown ?? hub.required(hub.reference("resourceId"), "hubs: resourceId")),
  }));
}

function readRouting(set: ResourceSet, manager: Source, type: string): readonly RoutingChange[] {
  const configurations = `${type}/routingConfigurations`;
  return set.children(manager, configurations, undefined).map((configuration) => ({
    kind: "routing",
    name: configuration.name,
    appliesToGroupIds: set
      .children(configuration, `${configurations}/ruleCollections`, undefined)
      .flatMap(({ fields }) => groupsOf(fields, "appliesTo")),
    hubIds: [],
  }));
}

function groupsOf(fields: Fields, list: string): readonly Reference[] {
  return fields
    .objects(list)
    .map((group) => group.unknown ?? group.required(group.reference("networkGroupId"), `${list}: networkGroupId`));
}

/** One entry for each policy that adds members to the group; whom it adds depends on all that its subscriptions hold. */
function membersByPolicy(group: Source, policies: readonly Source[]): readonly Unknown[] {
  return policies.flatMap(({ name, fields, place }) => {
    const rule = fields.value("policyRule");
    const plain = rule === undefined ? undefined : plainOf(rule);
    const text = plain !== undefined && "plain" in plain ? JSON.stringify(plain.plain).toLowerCase() : "";
    const namesAnother = /"networkgroupid":"\//.test(text) && !text.includes(`"${group.id.toLowerCase()}"`);
    return text.includes('"addtonetworkgroup"') && !namesAnother
      ? [unknown(`Azure Policy "${name}" adds members`, place)]
      : [];
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

function readAdminRule({ name, fields, condition }: Source): Read<SecurityAdminRule> {
  const nothing = condition ?? fields.unknown;
  if (nothing !== undefined) return nothing;
  const protocol = fields.oneOf("protocol", ["Any", ...securityRuleProtocols]);
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
