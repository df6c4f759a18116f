import type { ArmResource, Json } from "./arm-json.ts";
import { list, nameOf, record, reference, text, texts } from "./arm-json.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";

/** Rules are processed by type, whatever their priorities. */
export type RuleKind = "Nat" | "Network" | "Application";

/** One rule of a firewall with what it inherits from collection, group and policy. */
export interface FirewallRule {
  readonly kind: RuleKind;
  readonly name: string;
  readonly action: "Allow" | "Deny" | "Dnat";
  readonly collection: string;
  readonly sources: readonly string[];
  readonly sourceIpGroups: readonly string[];
  readonly destinations: readonly string[];
  readonly destinationIpGroups: readonly string[];
  readonly destinationFqdns: readonly string[];
  readonly destinationPorts: readonly string[];
  /** Network and DNAT rules: TCP, UDP, ICMP, Any. */
  readonly ipProtocols: readonly string[];
  /** Application rules: what they take, such as Https on 443. */
  readonly applicationProtocols: readonly { readonly type: string; readonly port: number }[];
  readonly targetFqdns: readonly string[];
  readonly targetUrls: readonly string[];
  readonly fqdnTags: readonly string[];
  readonly webCategories: readonly string[];
  readonly terminateTls: boolean;
  readonly translated: { readonly address: string | undefined; readonly port: number };
}

/** The rules of a firewall in the order of evaluation, and ids of policies that the input does not hold. */
export interface RuleBook {
  readonly rules: readonly FirewallRule[];
  readonly missing: readonly string[];
}

/**
 * The order: by type DNAT, network, application; inside a type the groups of the parent policy before those of the child,
 * then groups, then collections by priority, then rules from top to bottom.
 * https://learn.microsoft.com/azure/firewall/rule-processing (page of 2026-03-23), https://learn.microsoft.com/azure/firewall/policy-rule-sets
 */
export function ruleBook(estate: Estate, firewall: AzureFirewall): RuleBook {
  return estate.remember(`ruleBook ${firewall.id}`, () => {
    const { policies, missing } = policyChain(estate, firewall.policy);
    const collections =
      firewall.policy === undefined
        ? classicCollections(firewall.properties)
        : policies.flatMap((policy) => collectionsOf(estate, policy));
    const ordered = (["Nat", "Network", "Application"] as const).flatMap((kind) =>
      collections.flatMap((rules) => rules.filter((rule) => rule.kind === kind)),
    );
    return { rules: ordered, missing };
  });
}

/** The policy and its ancestors, the oldest first. */
function policyChain(
  estate: Estate,
  id: string | undefined,
): { readonly policies: readonly ArmResource[]; readonly missing: readonly string[] } {
  const policies: ArmResource[] = [];
  let next = id;
  while (next !== undefined && policies.length < 10) {
    const policy = estate.find(next);
    if (policy === undefined) {
      return { policies, missing: [nameOf(next)] };
    }
    policies.unshift(policy);
    next = reference(record(policy.properties).basePolicy);
  }
  return { policies, missing: [] };
}

function collectionsOf(estate: Estate, policy: ArmResource): readonly (readonly FirewallRule[])[] {
  return byPriority(estate.children(policy, "ruleCollectionGroups").map((group) => record(group.properties))).flatMap(
    (group) =>
      byPriority(list(group.ruleCollections).map(record)).map((collection) =>
        list(collection.rules).flatMap((rule) => readRule(record(rule), collection) ?? []),
      ),
  );
}

function readRule(rule: Json, collection: Json): FirewallRule | undefined {
  const kind = kindOf(text(rule.ruleType) ?? "");
  const action = text(record(collection.action).type)?.toLowerCase();
  return kind === undefined
    ? undefined
    : {
        kind,
        name: text(rule.name) ?? "",
        action: kind === "Nat" ? "Dnat" : action === "allow" ? "Allow" : "Deny",
        collection: text(collection.name) ?? "",
        sources: texts(rule.sourceAddresses),
        sourceIpGroups: texts(rule.sourceIpGroups),
        destinations: texts(rule.destinationAddresses),
        destinationIpGroups: texts(rule.destinationIpGroups),
        destinationFqdns: texts(rule.destinationFqdns),
        destinationPorts: texts(rule.destinationPorts),
        ipProtocols: texts(rule.ipProtocols),
        applicationProtocols: readProtocols(rule.protocols),
        targetFqdns: texts(rule.targetFqdns),
        targetUrls: texts(rule.targetUrls),
        fqdnTags: texts(rule.fqdnTags),
        webCategories: texts(rule.webCategories),
        terminateTls: rule.terminateTLS === true,
        translated: {
          address: text(rule.translatedAddress) ?? text(rule.translatedFqdn),
          port: Number(rule.translatedPort),
        },
      };
}

function kindOf(ruleType: string): RuleKind | undefined {
  switch (ruleType.toLowerCase()) {
    case "natrule":
      return "Nat";
    case "networkrule":
      return "Network";
    case "applicationrule":
      return "Application";
    default:
      return undefined;
  }
}

/** Classic rules hang on the firewall itself; their `protocols` is what a policy calls `ipProtocols`. */
function classicCollections(properties: Json): readonly (readonly FirewallRule[])[] {
  const kinds = [
    ["natRuleCollections", "NatRule"],
    ["networkRuleCollections", "NetworkRule"],
    ["applicationRuleCollections", "ApplicationRule"],
  ] as const;
  return kinds.flatMap(([property, ruleType]) => {
    const collections = list(properties[property]).map((one) => ({
      ...record(record(one).properties),
      name: record(one).name,
    }));
    return byPriority(collections).map((collection) =>
      list(collection.rules).flatMap((one) => {
        const rule = record(one);
        return readRule({ ...rule, ruleType, ipProtocols: rule.protocols }, collection) ?? [];
      }),
    );
  });
}

function readProtocols(value: unknown): FirewallRule["applicationProtocols"] {
  return list(value).map((one) => ({
    type: (text(record(one).protocolType) ?? "").toLowerCase(),
    port: Number(record(one).port),
  }));
}

function byPriority(items: readonly Json[]): readonly Json[] {
  return [...items].sort((a, b) => Number(a.priority) - Number(b.priority));
}

/** Settings of the policy in force: the firewall's own; those of a parent are not read, as the known issues advise. */
export function policySettings(estate: Estate, firewall: AzureFirewall): Json {
  return record(estate.find(firewall.policy ?? "")?.properties);
}
