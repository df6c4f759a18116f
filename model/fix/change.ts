import type { FirewallRule, RuleCollection } from "../estate/firewall.ts";
import type { UserRoute } from "../estate/route-table.ts";
import type { SecurityRule } from "../estate/security-group.ts";
import type { Estate } from "../estate.ts";
import { knownOr } from "../read.ts";
import { type ResourceId, sameResource } from "../resource-id.ts";

/** One change of an estate, small enough to review. */
export type Change =
  | { readonly kind: "addSecurityRule"; readonly networkSecurityGroupId: ResourceId; readonly rule: SecurityRule }
  | { readonly kind: "addRoute"; readonly routeTableId: ResourceId; readonly route: UserRoute }
  | {
      readonly kind: "addFirewallRule";
      readonly ruleCollectionGroupId: ResourceId;
      readonly collection: string;
      readonly priority: number;
      readonly rule: FirewallRule;
    }
  | { readonly kind: "attachNatGateway"; readonly subnetId: ResourceId; readonly natGatewayId: ResourceId };

/** The estate after a change; the estate that was given stays as it is. */
export function applyChange(estate: Estate, change: Change): Estate {
  switch (change.kind) {
    case "addSecurityRule":
      return {
        ...estate,
        networkSecurityGroups: changeOne(estate.networkSecurityGroups, change.networkSecurityGroupId, (group) => ({
          ...group,
          securityRules: [...group.securityRules, change.rule],
        })),
      };
    case "addRoute":
      return {
        ...estate,
        routeTables: changeOne(estate.routeTables, change.routeTableId, (table) => ({
          ...table,
          routes: [...table.routes, change.route],
        })),
      };
    case "addFirewallRule": {
      const collection: RuleCollection = {
        name: change.collection,
        priority: change.priority,
        action: "Allow",
        rules: [change.rule],
      };
      return {
        ...estate,
        firewallPolicies: estate.firewallPolicies.map((policy) => ({
          ...policy,
          ruleCollectionGroups: changeOne(policy.ruleCollectionGroups, change.ruleCollectionGroupId, (group) => ({
            ...group,
            ruleCollections: [...group.ruleCollections, collection],
          })),
        })),
      };
    }
    case "attachNatGateway":
      return {
        ...estate,
        virtualNetworks: estate.virtualNetworks.map((virtualNetwork) => ({
          ...virtualNetwork,
          subnets: changeOne(virtualNetwork.subnets, change.subnetId, (subnet) => ({
            ...subnet,
            natGatewayId: change.natGatewayId,
          })),
        })),
      };
  }
}

/** A number of the range that no other priority uses, next below `under`. */
export function freePriority(used: readonly (number | undefined)[], under: number, floor: number): number | undefined {
  for (let priority = under - 1; priority >= floor; priority--) {
    if (!used.includes(priority)) return priority;
  }
  return undefined;
}

/** The priorities that are known. */
export function knownPriorities(
  items: readonly { readonly priority: SecurityRule["priority"] }[],
): readonly (number | undefined)[] {
  return items.map((item) => knownOr(item.priority, undefined));
}

function changeOne<T extends { readonly id: ResourceId }>(
  list: readonly T[],
  id: ResourceId,
  change: (item: T) => T,
): readonly T[] {
  return list.map((item) => (sameResource(item.id, id) ? change(item) : item));
}
