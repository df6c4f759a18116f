import type { AzureFirewall } from "../../model/estate/firewall.ts";
import { applianceAt } from "../../model/path/appliance.ts";
import { routesOfSubnet } from "../../model/routes/select-route.ts";
import type { Network, SubnetPlace } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../cloud-pc-subnet.ts";

/** The firewalls of the input that the routes of a subnet lead to, once each. */
export function firewallsBehind(network: Network, place: SubnetPlace): readonly AzureFirewall[] {
  const found = routesOfSubnet(network, place, []).ordered.flatMap((route): readonly AzureFirewall[] => {
    if (route.hubFirewallId !== undefined) {
      const hub = network.find("azureFirewalls", route.hubFirewallId);
      return hub.kind === "found" ? [hub.resource] : [];
    }
    if (route.nextHopType !== "VirtualAppliance" || route.nextHopIpAddress === undefined) return [];
    const appliance = applianceAt(network, route.nextHopIpAddress);
    return appliance.kind === "firewall" ? [appliance.firewall] : [];
  });
  return [...new Set(found)];
}

/** Each firewall that Cloud PC subnets are routed to, with those subnets. */
export function firewallsOfCloudPcs(
  network: Network,
  subnets: readonly CloudPcSubnet[],
): readonly { readonly firewall: AzureFirewall; readonly subnets: readonly CloudPcSubnet[] }[] {
  const pairs = subnets.flatMap((subnet) =>
    firewallsBehind(network, subnet.place).map((firewall) => ({ firewall, subnet })),
  );
  return [...Map.groupBy(pairs, ({ firewall }) => firewall)].map(([firewall, own]) => ({
    firewall,
    subnets: own.map(({ subnet }) => subnet),
  }));
}
