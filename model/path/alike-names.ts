import { infrastructureTag } from "../firewall/evaluate-firewall.ts";
import { type FirewallQuestion, nameMatch, namesExtent } from "../firewall/firewall-lines.ts";
import { viewFirewall } from "../firewall/firewall-view.ts";
import { isUnknown } from "../read.ts";
import { hostMatches } from "../reference-data.ts";
import type { Network } from "../topology/network.ts";
import { privateAddressOf } from "./appliance.ts";

/**
 * What everything that looks at names makes of one: every rule of every firewall, and who vouches for it. Names with the same
 * reading go the same way and are told about in the same words, whatever the way is.
 */
export function readingOfName(network: Network, fqdn: string, clientDns: FirewallQuestion["clientDns"]): string {
  return network.memo("reading of a name", `${fqdn} ${JSON.stringify(clientDns)}`, () => {
    const isOneOf = (patterns: readonly string[]) => patterns.some((pattern) => hostMatches(pattern, fqdn));
    // A step through the infrastructure names tells the name itself.
    const infrastructure = isOneOf(network.reference.fqdnTag(infrastructureTag) ?? []) ? fqdn : "";
    const vouched = network.reference.attestations.map(({ destinations }) => isOneOf(destinations));
    const rules = network.estate.azureFirewalls.map((firewall) => {
      const view = viewFirewall(network, firewall);
      const question = { fqdn, clientDns, destinationTags: [], proxyAddress: privateAddressOf(network, firewall) };
      return view.collections.flatMap(({ collection }) =>
        collection.rules.map((rule) => {
          if (isUnknown(rule) || rule.ruleType === "NatRule") return 0;
          if (rule.ruleType === "ApplicationRule") return Object.values(nameMatch(network, view, rule, question));
          const { certain, reason } = namesExtent(view, rule, question);
          return [certain.length, reason];
        }),
      );
    });
    return JSON.stringify([infrastructure, vouched, rules]);
  });
}
