import type { RuleAddress } from "../estate/resource.ts";
import type { Direction, SecurityRule } from "../estate/security-group.ts";

const every = [{ from: 0, to: 65_535 }];
const any: RuleAddress = { kind: "any" };
const virtualNetwork: RuleAddress = { kind: "serviceTag", name: "VirtualNetwork" };

/**
 * `defaultSecurityRules` of every network security group: fixed by Azure, evaluated last.
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules, read 2026-11-20.
 */
export const defaultSecurityRules: readonly SecurityRule[] = [
  rule("AllowVnetInBound", 65_000, "Inbound", "Allow", virtualNetwork, virtualNetwork),
  rule(
    "AllowAzureLoadBalancerInBound",
    65_001,
    "Inbound",
    "Allow",
    { kind: "serviceTag", name: "AzureLoadBalancer" },
    any,
  ),
  rule("DenyAllInBound", 65_500, "Inbound", "Deny", any, any),
  rule("AllowVnetOutBound", 65_000, "Outbound", "Allow", virtualNetwork, virtualNetwork),
  rule("AllowInternetOutBound", 65_001, "Outbound", "Allow", any, { kind: "serviceTag", name: "Internet" }),
  rule("DenyAllOutBound", 65_500, "Outbound", "Deny", any, any),
];

/** Whether the rule is one of Azure's own. Users' priorities end at 4096. */
export function isDefaultRule(rule: SecurityRule): boolean {
  return defaultSecurityRules.includes(rule);
}

function rule(
  name: string,
  priority: number,
  direction: Direction,
  access: "Allow" | "Deny",
  source: RuleAddress,
  destination: RuleAddress,
): SecurityRule {
  return {
    name,
    priority,
    direction,
    access,
    protocol: "*",
    sourceAddressPrefixes: [source],
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: every,
    destinationAddressPrefixes: [destination],
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: every,
  };
}
