/**
 * Rule collection groups of a firewall policy in ARM's spelling, as `FirewallPolicyRuleCollectionGroup` takes them.
 *
 * Source: https://learn.microsoft.com/azure/templates/microsoft.network/firewallpolicies/rulecollectiongroups (read 2026-11-21).
 */
export interface RuleCollectionGroup {
  readonly name: string;
  readonly priority: number;
  readonly ruleCollections: FilterRuleCollection[];
}

/** Rules of one kind that share an action and a priority. */
export interface FilterRuleCollection {
  ruleCollectionType: "FirewallPolicyFilterRuleCollection";
  name: string;
  priority: number;
  action: { type: "Allow" };
  rules: FirewallRule[];
}

/** A rule of either kind. */
export type FirewallRule = ApplicationRule | NetworkRule;

/** Allows names or FQDN tags over HTTP and HTTPS. */
export interface ApplicationRule {
  ruleType: "ApplicationRule";
  name: string;
  sourceAddresses: string[];
  protocols: { protocolType: "Http" | "Https"; port: number }[];
  fqdnTags?: string[];
  targetFqdns?: string[];
}

/** Allows addresses, service tags or exact names on any port. */
export interface NetworkRule {
  ruleType: "NetworkRule";
  name: string;
  ipProtocols: ("TCP" | "UDP" | "ICMP")[];
  sourceAddresses: string[];
  destinationAddresses?: string[];
  destinationFqdns?: string[];
  destinationPorts: string[];
}
