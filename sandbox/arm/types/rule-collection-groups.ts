import { nameOf, parentId, sameId } from "../arm-id.ts";
import { repeatedName } from "../child-lists.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkFirewallRule, type FirewallCapabilities } from "../firewall-rule.ts";
import { networkName } from "../name-rule.ts";
import { idsAt } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { number, record, records, refId, text, type Wire } from "../wire.ts";

const type = "Microsoft.Network/firewallPolicies/ruleCollectionGroups";
const ipGroupLists = ["sourceIpGroups[]", "destinationIpGroups[]"].map(
  (list) => `properties.ruleCollections[].rules[].${list}`,
);

/** Rule collection groups of a policy; one write at a time a policy, its base policy and the IP groups used. */
export const ruleCollectionGroups = defineRules({
  type,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "none",
  references: ipGroupLists.map((path) => ({ path, type: "Microsoft.Network/ipGroups" })),
  refusePut,
  computed: () => ({ size: "0 MB" }),
  locks: (id, body) => [
    parentId(id) ?? id,
    ...ipGroupLists.flatMap((path) => idsAt(body, path).map((entry) => entry.id)),
  ],
  replaceOn: [],
  duration: { create: 60, update: 60, delete: 30 },
});

function* refusePut({ id, body, estate }: ArmPut): Generator<ArmError> {
  const policyId = parentId(id) ?? "";
  const priority = number(body.properties.priority);
  if (!isPriority(priority)) {
    yield badRequest(
      "FirewallPolicyRuleGroupInvalidPriorityValue",
      `Invalid Rule Group ${nameOf(id)}. Invalid priority value ${priority}, must be between 100 and 65000`,
    );
  }
  const others = estate
    .children(policyId)
    .filter((other) => other.type.toLowerCase() === type.toLowerCase() && !sameId(other.id, id));
  if (others.some((other) => number(other.properties.priority) === priority)) {
    yield badRequest(
      "FirewallPolicyRuleGroupPrioritiesMustBeUnique",
      `Invalid Firewall Policy ${nameOf(policyId)}. Priority ${priority} used for more than one rule group.`,
    );
  }
  if (others.length >= groupsMax) {
    yield badRequest(
      "FirewallPolicyRuleGroupLimitExceeded",
      `Firewall Policy ${nameOf(policyId)} has ${others.length} rule collection groups; at most ${groupsMax} are allowed.`,
    );
  }
  const collections = records(body.properties.ruleCollections);
  yield* checkCollections(nameOf(id), collections);
  const capabilities = capabilitiesOf(estate.get(policyId), estate);
  for (const rule of collections.flatMap((collection) => records(collection.rules)))
    yield* checkFirewallRule(rule, capabilities);
}

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (as of 2026-11-21) (text of 2026-08-04). */
const groupsMax = 90;

function* checkCollections(group: string, collections: readonly Wire[]): Generator<ArmError> {
  const priorities = collections.map((collection) => number(collection.priority));
  const wrong = priorities.findIndex((priority) => !isPriority(priority));
  if (wrong >= 0) {
    yield badRequest(
      "FirewallPolicyRuleInvalidPriorityValue",
      `Invalid Rule Collection ${text(collections[wrong]?.name)}. Invalid priority value ${priorities[wrong]}, must be between 100 and 65000`,
    );
  }
  const twin = priorities.find((priority, index) => priorities.indexOf(priority) !== index);
  if (twin !== undefined) {
    yield badRequest(
      "FirewallPolicyRuleGroupRulePrioritiesMustBeUnique",
      `Invalid Rule Group ${group}. Priority ${twin} used for more than one rule.`,
    );
  }
  const name = repeatedName(collections);
  if (name !== undefined) {
    yield badRequest(
      "FirewallPolicyRuleGroupRuleNamesMustBeUnique",
      `Invalid Rule Group ${group}. Name ${name} used for more than one rule.`,
    );
  }
  for (const collection of collections) yield* checkCollection(collection);
}

function* checkCollection(collection: Wire): Generator<ArmError> {
  const name = text(collection.name);
  const rules = records(collection.rules);
  const isNat = collection.ruleCollectionType === "FirewallPolicyNatRuleCollection";
  if (text(record(collection.action).type) === undefined) {
    yield badRequest("FirewallPolicyRuleActionRequired", `Invalid Rule ${name}. No action defined.`);
  }
  const kinds = new Set(rules.map((rule) => rule.ruleType));
  if (kinds.size > 1) {
    yield badRequest(
      "FirewallPolicyRuleConditionsMustBeOfSameType",
      `Invalid Rule ${name}. Cannot include rule conditions of type network and application in the same rule`,
    );
  }
  if (rules.some((rule) => (rule.ruleType === "NatRule") !== isNat)) {
    yield badRequest(
      "FirewallPolicyRuleCollectionTypeMismatch",
      `Invalid Rule ${name}. NAT rules belong in a FirewallPolicyNatRuleCollection, all others in a FirewallPolicyFilterRuleCollection.`,
    );
  }
  const twin = repeatedName(rules);
  if (twin !== undefined) {
    yield badRequest(
      "FirewallPolicyRuleConditionNamesMustBeUnique",
      `Invalid Rule ${name}. Name ${twin} used for more than one rule condition`,
    );
  }
}

// A child policy's DNS settings decide; those of its base are not inherited (https://learn.microsoft.com/azure/firewall/firewall-known-issues).
function capabilitiesOf(policy: ArmResource | undefined, estate: EstateView): FirewallCapabilities {
  const base = estate.get(refId(policy?.properties.basePolicy) ?? "");
  const tier = text(record(policy?.properties.sku).tier) ?? text(record(base?.properties.sku).tier) ?? "Standard";
  return { tier, isDnsProxyOn: record(policy?.properties.dnsSettings).enableProxy === true };
}

function isPriority(priority: number | undefined): boolean {
  return priority !== undefined && Number.isInteger(priority) && priority >= 100 && priority <= 65000;
}
