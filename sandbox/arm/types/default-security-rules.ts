import type { Wire } from "../wire.ts";

/**
 * The six rules every group ends with.
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules (as of 2026-11-21).
 */
const rows = [
  ["AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"],
  ["AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"],
  ["DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"],
  ["AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"],
  ["AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"],
  ["DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"],
] as const;

/** The default rules of a group as ARM lists them. */
export function defaultSecurityRules(groupId: string): readonly Wire[] {
  return rows.map(([name, priority, direction, access, source, destination]) => ({
    id: `${groupId}/defaultSecurityRules/${name}`,
    name,
    type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
    properties: {
      provisioningState: "Succeeded",
      priority,
      direction,
      access,
      protocol: "*",
      sourceAddressPrefix: source,
      sourcePortRange: "*",
      destinationAddressPrefix: destination,
      destinationPortRange: "*",
    },
  }));
}
