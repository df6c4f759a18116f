import type { LoadBalancer } from "../estate/egress.ts";
import type { AzureFirewall } from "../estate/firewall.ts";
import type { Ipv4Address } from "../estate/resource.ts";
import { hasMember } from "../intervals.ts";
import { isUnknown, knownOr } from "../read.ts";
import { type InterfacePlace, type Network, placeOf, type SubnetPlace, subnetSpace } from "../topology/network.ts";

/** What answers at an address that a route names as its next hop. */
export type Appliance =
  | {
      readonly kind: "firewall";
      readonly firewall: AzureFirewall;
      readonly place: SubnetPlace;
      readonly assumption?: string;
    }
  | { readonly kind: "networkInterface"; readonly found: InterfacePlace; readonly place: SubnetPlace }
  | { readonly kind: "loadBalancer"; readonly balancer: LoadBalancer; readonly place?: SubnetPlace }
  | { readonly kind: "unknown"; readonly because: string };

/** Finds the appliance at an address: an Azure Firewall, a network interface or the frontend of an internal load balancer. */
export function applianceAt(network: Network, address: Ipv4Address): Appliance {
  return network.memo("appliance", String(address), () => {
    return firewallAt(network, address) ?? interfaceAt(network, address) ?? balancerAt(network, address) ?? nothing;
  });
}

/** The private address of a firewall: what the input says, else the first address Azure can give in its subnet. */
export function privateAddressOf(network: Network, firewall: AzureFirewall): Ipv4Address | undefined {
  const known = firewall.ipConfigurations
    .map((each) => knownOr(each.privateIpAddress, undefined))
    .find((a) => a !== undefined);
  if (known !== undefined) return known;
  const place = firewallPlace(network, firewall);
  const [block] = place === undefined ? [] : place.subnet.addressPrefixes;
  return block === undefined || isUnknown(block) ? knownOr(firewall.hubPrivateIpAddress, undefined) : block.base + 4;
}

/** The subnet a firewall sits in; none for a firewall of a virtual hub. */
export function firewallPlace(network: Network, firewall: AzureFirewall): SubnetPlace | undefined {
  for (const configuration of firewall.ipConfigurations) {
    const place = placeOf(network, configuration.subnetId);
    if (place !== undefined) return place;
  }
  return undefined;
}

const nothing: Appliance = {
  kind: "unknown",
  because: "no firewall, network interface or load balancer of the input has this address",
};

function firewallAt(network: Network, address: Ipv4Address): Appliance | undefined {
  for (const firewall of network.estate.azureFirewalls) {
    const place = firewallPlace(network, firewall);
    if (place === undefined) continue;
    const given = firewall.ipConfigurations.map((each) => each.privateIpAddress);
    if (given.includes(address)) return { kind: "firewall", firewall, place };
    const untold = given.every((each) => each === undefined || isUnknown(each));
    if (untold && hasMember(subnetSpace(place.subnet), address)) {
      const assumption = `firewall "${firewall.name}" is taken to have the address that routes name in its subnet`;
      return { kind: "firewall", firewall, place, assumption };
    }
  }
  return undefined;
}

function interfaceAt(network: Network, address: Ipv4Address): Appliance | undefined {
  for (const networkInterface of network.estate.networkInterfaces) {
    for (const ipConfiguration of networkInterface.ipConfigurations) {
      const place = placeOf(network, ipConfiguration.subnetId);
      if (place === undefined || ipConfiguration.privateIpAddress !== address) continue;
      return { kind: "networkInterface", found: { networkInterface, ipConfiguration }, place };
    }
  }
  return undefined;
}

function balancerAt(network: Network, address: Ipv4Address): Appliance | undefined {
  for (const balancer of network.estate.loadBalancers) {
    const frontend = balancer.frontendIpConfigurations.find((each) => each.privateIpAddress === address);
    if (frontend === undefined) continue;
    const place = placeOf(network, frontend.subnetId);
    return place === undefined ? { kind: "loadBalancer", balancer } : { kind: "loadBalancer", balancer, place };
  }
  return undefined;
}
