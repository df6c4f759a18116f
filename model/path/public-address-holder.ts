import type { FrontendIpConfiguration, LoadBalancer, PublicIpAddress } from "../estate/egress.ts";
import type { AzureFirewall } from "../estate/firewall.ts";
import type { Reference } from "../estate/resource.ts";
import { isUnknown } from "../read.ts";
import { type Machine, machinesOf } from "../topology/backend-pools.ts";
import { type Network, refersTo } from "../topology/network.ts";

/** What answers at a public IP address. */
export type PublicAddressHolder =
  | { readonly kind: "machine"; readonly machine: Machine }
  | { readonly kind: "firewall"; readonly firewall: AzureFirewall }
  | { readonly kind: "loadBalancer"; readonly balancer: LoadBalancer; readonly frontend: FrontendIpConfiguration }
  /** Something whose answers are not modelled, or of which the input has only the id. */
  | { readonly kind: "other"; readonly what: string }
  | { readonly kind: "none" };

/** Finds what holds a public IP address. A NAT gateway holds one too, but takes no connections from outside. */
export function holderOf(network: Network, publicIp: PublicIpAddress): PublicAddressHolder {
  const { estate } = network;
  const holds = (reference: Reference | undefined) => refersTo(reference, publicIp.id);
  const machine = machinesOf(network).find((each) => holds(each.networkInterface.ipConfiguration.publicIpAddressId));
  if (machine !== undefined) return { kind: "machine", machine };
  const firewall = estate.azureFirewalls.find((each) => each.ipConfigurations.some((c) => holds(c.publicIpAddressId)));
  if (firewall !== undefined) return { kind: "firewall", firewall };
  for (const balancer of estate.loadBalancers) {
    const frontend = balancer.frontendIpConfigurations.find((each) => holds(each.publicIpAddressId));
    if (frontend !== undefined) return { kind: "loadBalancer", balancer, frontend };
  }
  const gateway = estate.virtualNetworkGateways.find((each) => each.publicIpAddressIds.some(holds));
  if (gateway !== undefined) return { kind: "other", what: `virtual network gateway "${gateway.name}"` };
  const host = estate.bastionHosts.find((each) => holds(each.publicIpAddressId));
  if (host !== undefined) return { kind: "other", what: `Bastion "${host.name}"` };
  const managed = estate.azureFirewalls.find((each) => holds(each.managementIpConfiguration?.publicIpAddressId));
  if (managed !== undefined) return { kind: "other", what: `the management of firewall "${managed.name}"` };
  const nat = estate.natGateways.some((each) => each.publicIpAddressIds.some(holds));
  const { ipConfigurationId: holder } = publicIp;
  if (nat || holder === undefined) return { kind: "none" };
  return { kind: "other", what: isUnknown(holder) ? holder.unknown : `"${holder}"` };
}
