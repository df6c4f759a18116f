import type {
  ApplicationRule,
  AzureFirewall,
  FirewallPolicy,
  RuleCollectionGroup,
} from "../../model/estate/firewall.ts";
import type { StepRule } from "../../model/path/step.ts";
import { splitKnown } from "../../model/read.ts";
import type { Network } from "../../model/topology/network.ts";

/** An application rule whose `terminateTLS` is on or not known, and where it stands. */
export interface InspectingRule {
  readonly rule: ApplicationRule;
  readonly collection: string;
  readonly group: RuleCollectionGroup;
  readonly policy: FirewallPolicy;
}

/** The rules of a firewall's policy, and of those that it inherits from, that inspect TLS or may. Classic rules cannot. */
export function inspectingRules(network: Network, firewall: AzureFirewall): readonly InspectingRule[] {
  return network.memo("inspecting rules", firewall.id, () =>
    policiesOf(network, firewall).flatMap((policy) =>
      policy.ruleCollectionGroups.flatMap((group) =>
        splitKnown(group.ruleCollections).known.flatMap(({ name, rules }) =>
          splitKnown(rules)
            .known.filter((rule) => rule.ruleType === "ApplicationRule")
            .filter(({ terminateTls = false }) => terminateTls !== false)
            .map((rule) => ({ rule, collection: name, group, policy })),
        ),
      ),
    ),
  );
}

/** Whether it is the rule that a step of an answer names. */
export function isNamedBy({ rule, collection, group, policy }: InspectingRule, step: StepRule): boolean {
  const own = [rule.name, collection, group.name, policy.name];
  const named = [step.name, step.collection, step.group, step.policy];
  return step.type === "ApplicationRule" && own.every((name, index) => name === named[index]);
}

function policiesOf(network: Network, firewall: AzureFirewall): readonly FirewallPolicy[] {
  const chain: FirewallPolicy[] = [];
  let next = network.find("firewallPolicies", firewall.firewallPolicyId);
  while (next.kind === "found" && !chain.includes(next.resource)) {
    chain.push(next.resource);
    next = network.find("firewallPolicies", next.resource.basePolicyId);
  }
  return chain;
}
