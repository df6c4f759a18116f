import type { ResourceRules } from "./contract.ts";
import { applicationSecurityGroups } from "./types/application-security-groups.ts";
import { azureFirewalls } from "./types/azure-firewalls.ts";
import { bastionHosts } from "./types/bastion-hosts.ts";
import { connections } from "./types/connections.ts";
import { diagnosticSettings } from "./types/diagnostic-settings.ts";
import {
  dnsForwardingRules,
  dnsForwardingRulesetLinks,
  dnsForwardingRulesets,
  dnsInboundEndpoints,
  dnsOutboundEndpoints,
  dnsResolvers,
} from "./types/dns-resolvers.ts";
import { expressRouteCircuits } from "./types/express-route-circuits.ts";
import { firewallPolicies } from "./types/firewall-policies.ts";
import { ipGroups } from "./types/ip-groups.ts";
import { loadBalancers } from "./types/load-balancers.ts";
import { localNetworkGateways } from "./types/local-network-gateways.ts";
import { managementLocks } from "./types/management-locks.ts";
import { natGateways } from "./types/nat-gateways.ts";
import { networkInterfaces } from "./types/network-interfaces.ts";
import { networkSecurityGroups, securityRules } from "./types/network-security-groups.ts";
import { flowLogs, networkWatchers } from "./types/network-watchers.ts";
import { privateDnsZoneLinks, privateDnsZones } from "./types/private-dns-zones.ts";
import { publicIpAddresses } from "./types/public-ip-addresses.ts";
import { publicIpPrefixes } from "./types/public-ip-prefixes.ts";
import { resourceGroups } from "./types/resource-groups.ts";
import { roleAssignments } from "./types/role-assignments.ts";
import { routes, routeTables } from "./types/route-tables.ts";
import { ruleCollectionGroups } from "./types/rule-collection-groups.ts";
import { storageAccounts } from "./types/storage-accounts.ts";
import { subnets } from "./types/subnets.ts";
import { virtualNetworkGateways } from "./types/virtual-network-gateways.ts";
import { virtualNetworkPeerings } from "./types/virtual-network-peerings.ts";
import { virtualNetworks } from "./types/virtual-networks.ts";
import { workspaces } from "./types/workspaces.ts";

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
  bastionHosts,
  diagnosticSettings,
  dnsForwardingRules,
  dnsForwardingRulesetLinks,
  dnsForwardingRulesets,
  dnsInboundEndpoints,
  dnsOutboundEndpoints,
  dnsResolvers,
  expressRouteCircuits,
  loadBalancers,
  managementLocks,
  networkInterfaces,
  flowLogs,
  networkWatchers,
  privateDnsZoneLinks,
  privateDnsZones,
  roleAssignments,
  storageAccounts,
  workspaces,
];

const byType = new Map(allRules.map((rules) => [rules.type.toLowerCase(), rules]));

/** The rules of a type, without case; undefined for a type the sandbox does not imitate. */
export function rulesFor(type: string): ResourceRules | undefined {
  return byType.get(type.toLowerCase());
}
