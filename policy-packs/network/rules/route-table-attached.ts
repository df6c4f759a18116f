import type { AzureFirewall } from "../../../model/estate/firewall.ts";
import { firewallPlace } from "../../../model/path/appliance.ts";
import { type Network, type SubnetPlace, subnetLabel } from "../../../model/topology/network.ts";
import { peeringsOf } from "../../../model/topology/peerings.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";

/** Azure sends nothing to a firewall by itself: without a route table on the subnet, everything goes past it. */
export const routeTableAttached: Rule = {
  name: "route-table-attached",
  pack: "network",
  description: "A route table is attached to every Cloud PC subnet that has a firewall in its network or in a peer.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
  remediation: "Attach a route table to the subnet with the routes to the firewall and, past it, those of RDP.",
  judge: ({ network, cloudPcSubnets }) =>
    cloudPcSubnets.flatMap(({ place }): readonly Check[] => {
      const [firewall] = firewallsNear(network, place);
      const isNamed = place.subnet.routeTableId !== undefined;
      if (firewall === undefined && !isNamed) return [];
      return [{ subject: subjectOf(place.id), observations: observe(network, place, firewall) }];
    }),
};

function observe(network: Network, place: SubnetPlace, firewall: AzureFirewall | undefined): readonly Observation[] {
  const table = network.find("routeTables", place.subnet.routeTableId);
  const subnet = `subnet "${subnetLabel(place)}"`;
  const about = "routeTable";
  if (table.kind === "missing") {
    return [{ outcome: "undecided", about, message: `the route table of ${subnet} is not known: ${table.because}` }];
  }
  if (table.kind === "found" || firewall === undefined) return [];
  const message = `${subnet} has no route table, so nothing sends what it sends to firewall "${firewall.name}"`;
  const remedy = `attach a route table to subnet "${place.subnet.name}" that routes 0.0.0.0/0 to firewall "${firewall.name}"`;
  return [{ outcome: "fail", about, message, remedy }];
}

/** Firewalls in the virtual network of the subnet or in a peer of it. */
function firewallsNear(network: Network, { virtualNetwork }: SubnetPlace): readonly AzureFirewall[] {
  const near = [virtualNetwork, ...peeringsOf(network, virtualNetwork).flatMap(({ remote }) => remote ?? [])];
  return network.estate.azureFirewalls.filter((firewall) => {
    const home = firewallPlace(network, firewall)?.virtualNetwork;
    return home !== undefined && near.includes(home);
  });
}
