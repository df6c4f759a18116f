import type { ResourceRules } from "./contract.ts";
import { applicationSecurityGroups } from "./types/application-security-groups.ts";
import { azureFirewalls } from "./types/azure-firewalls.ts";
import { connections } from "./types/connections.ts";
import { firewallPolicies } from "./types/firewall-policies.ts";
import { ipGroups } from "./types/ip-groups.ts";
import { localNetworkGateways } from "./types/local-network-gateways.ts";
import { natGateways } from "./types/nat-gateways.ts";
import { networkSecurityGroups, securityRules } from "./types/network-security-groups.ts";
import { publicIpAddresses } from "./types/public-ip-addresses.ts";
import { publicIpPrefixes } from "./types/public-ip-prefixes.ts";
import { resourceGroups } from "./types/resource-groups.ts";
import { routes, routeTables } from "./types/route-tables.ts";
import { ruleCollectionGroups } from "./types/rule-collection-groups.ts";
import { subnets } from "./types/subnets.ts";
import { virtualNetworkGateways } from "./types/virtual-network-gateways.ts";
import { virtualNetworkPeerings } from "./types/virtual-network-peerings.ts";
import { virtualNetworks } from "./types/virtual-networks.ts";

/** The rules of every type the sandbox imitates. */
export const allRules: readonly ResourceRules[] = [
  resourceGroups(rulesFor),
  virtualNetworks,
  subnets,
  virtualNetworkPeerings,
  networkSecurityGroups,
  securityRules,
  applicationSecurityGroups,
  routeTables,
  routes,
  natGateways,
  publicIpAddresses,
  publicIpPrefixes,
  azureFirewalls,
  firewallPolicies,
  ruleCollectionGroups,
  ipGroups,
  virtualNetworkGateways,
  localNetworkGateways,
  connections,
];

const byType = new Map(allRules.map((rules) => [rules.type.toLowerCase(), rules]));

/** The rules of a type, without case; undefined for a type the sandbox does not imitate. */
export function rulesFor(type: string): ResourceRules | undefined {
  return byType.get(type.toLowerCase());
}
