import { compileFirewallRules, requiredButLost } from "../catalogue/compile-firewall-rules.ts";
import type { FilterRuleCollection, RuleCollectionGroup } from "../catalogue/firewall-shapes.ts";
import { type CloudPcTraffic, domainControllersOf, mergeRules } from "./cloud-pc-traffic.ts";

/** Groups of rules for a firewall policy, or what its tier cannot let through. */
export type FirewallRuleGroups =
  | { readonly ok: true; readonly groups: readonly RuleCollectionGroup[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Rules for everything that the Cloud PCs behind one firewall need, and nothing else; none for no Cloud PCs.
 *
 * Not ok if a required endpoint has no rule that this tier can express: Basic has no DNS proxy.
 *
 * @param acceptedLosses - ids of endpoints that may stay closed
 */
export function firewallRuleGroups(
  sku: "Basic" | "Standard" | "Premium",
  traffic: readonly CloudPcTraffic[],
  acceptedLosses: readonly string[] = [],
): FirewallRuleGroups {
  const compiled = traffic.map((kind) =>
    compileFirewallRules({ selection: kind.selection, sku, sources: kind.sources, ...domainControllersOf(kind) }),
  );
  const problems = [...new Set(compiled.flatMap((rules) => requiredButLost(rules, acceptedLosses)))];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, groups: mergeGroups(compiled.flatMap(({ groups }) => groups)) };
}

function mergeGroups(groups: readonly RuleCollectionGroup[]): readonly RuleCollectionGroup[] {
  return [...Map.groupBy(groups, ({ name }) => name).values()]
    .map((same) => ({
      ...first(same),
      ruleCollections: mergeCollections(same.flatMap((group) => group.ruleCollections)),
    }))
    .sort((a, b) => a.priority - b.priority);
}

function mergeCollections(collections: readonly FilterRuleCollection[]): FilterRuleCollection[] {
  return [...Map.groupBy(collections, ({ name }) => name).values()]
    .map((same) => ({
      ...first(same),
      rules: mergeRules(
        same.map(({ rules }) => rules),
        ({ sourceAddresses }) => sourceAddresses,
        (rule, sourceAddresses) => ({ ...rule, sourceAddresses }),
      ),
    }))
    .sort((a, b) => a.priority - b.priority);
}

/** `groupBy` makes no empty groups. */
function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new Error("a group without members");
  return item;
}
