import { type AddressPlan, planAddresses, type SubnetRequest } from "../model/address-plan.ts";
import { formatAddress, formatPrefix, type Prefix } from "../model/prefix.ts";
import { requiredSubnetLength } from "../model/subnet-size.ts";
import type { HubSettings } from "./hub.ts";
import { reservedSubnetNames } from "./naming.ts";
import type { RegionSettings } from "./region.ts";

/**
 * Sizes of the subnets that Azure reserves by name.
 * https://learn.microsoft.com/azure/firewall/firewall-faq asks for a /26 for both firewall subnets,
 * https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings for a /27 or larger (read 2026-11-21).
 */
export const reservedSubnetLengths = {
  [reservedSubnetNames.firewall]: 26,
  [reservedSubnetNames.firewallManagement]: 26,
  [reservedSubnetNames.gateway]: 27,
} as const;

/** Reserved subnets of a hub that is made here, by their names; empty for a hub that exists. */
export function planHubSubnets(hub: Pick<HubSettings, "network" | "firewall" | "vpn">): AddressPlan {
  if (hub.network.mode === "use") return { prefixes: new Map(), unplaced: [] };
  const { addressSpace } = hub.network;
  const needed = new Set<string>();
  if (hub.firewall !== undefined) needed.add(reservedSubnetNames.firewall);
  if (hub.firewall?.sku === "Basic") needed.add(reservedSubnetNames.firewallManagement);
  if (hub.vpn !== undefined) needed.add(reservedSubnetNames.gateway);
  const all = Object.entries(reservedSubnetLengths).map(([name, length]): SubnetRequest => ({ name, length }));
  // Room is kept for all three, so that a firewall added later does not move the gateway; a small hub holds what it needs.
  const roomy = planAddresses(addressSpace, all);
  if (roomy.unplaced.length > 0)
    return planAddresses(
      addressSpace,
      all.filter(({ name }) => needed.has(name)),
    );
  return { prefixes: new Map([...roomy.prefixes].filter(([name]) => needed.has(name))), unplaced: [] };
}

/** Cloud PC subnets of a region by the names of their pools, existing ones included. */
export function planRegionSubnets(region: Pick<RegionSettings, "network" | "pools">): AddressPlan {
  return planAddresses(
    region.network.addressSpace,
    region.pools.map(
      ({ name, subnet, cloudPcCount, growth }): SubnetRequest =>
        subnet.addressPrefix === undefined
          ? { name, length: requiredSubnetLength({ cloudPcCount, growth }) }
          : { name, addressPrefix: subnet.addressPrefix },
    ),
  );
}

/**
 * Private address of a firewall in this subnet: Azure Firewall takes the first address that Azure does not keep.
 * https://learn.microsoft.com/azure/firewall/firewall-faq (read 2026-11-21)
 */
export function firewallPrivateIpAddress(firewallSubnet: Prefix): string {
  return formatAddress(firewallSubnet.base + 4);
}

/** The same prefixes as text; a pool that found no room has none. */
export function plannedAddressPrefixes(region: Pick<RegionSettings, "network" | "pools">): ReadonlyMap<string, string> {
  return new Map([...planRegionSubnets(region).prefixes].map(([name, prefix]) => [name, formatPrefix(prefix)]));
}
