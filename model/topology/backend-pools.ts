import type { BackendAddressPool, LoadBalancer } from "../estate/egress.ts";
import type { Ipv4Address, Reference } from "../estate/resource.ts";
import { hasMember } from "../intervals.ts";
import { formatAddress } from "../prefix.ts";
import { isUnknown, knownOr, type Read, splitKnown, type Unknown, unknown } from "../read.ts";
import { sameResource } from "../resource-id.ts";
import { type InterfacePlace, type Network, placeOf, refersTo, type SubnetPlace, subnetSpace } from "./network.ts";

/** An address of a subnet, and the network interface that carries it where the input has one. */
export interface Machine {
  readonly place: SubnetPlace;
  readonly address?: Ipv4Address;
  readonly networkInterface?: InterfacePlace;
}

/** A member of a backend pool whose address is known. */
export interface PoolMember extends Machine {
  readonly address: Ipv4Address;
}

/** Who a load balancer may give a flow to, and why somebody may be missing here. */
export interface PoolMembers {
  readonly members: readonly PoolMember[];
  readonly unread: readonly string[];
}

/** Every network interface whose subnet is in the input, by ip configuration. */
export function machinesOf(network: Network): readonly (Machine & { readonly networkInterface: InterfacePlace })[] {
  return network.memo("machines", "", () =>
    network.estate.networkInterfaces.flatMap((networkInterface) =>
      networkInterface.ipConfigurations.flatMap((ipConfiguration) => {
        const place = placeOf(network, ipConfiguration.subnetId);
        const address = knownOr(ipConfiguration.privateIpAddress, undefined);
        if (place === undefined) return [];
        const found = { networkInterface: { networkInterface, ipConfiguration }, place };
        return [address === undefined ? found : { ...found, address }];
      }),
    ),
  );
}

/** Whether a load balancer is of SKU Standard. Basic is retired, so what ARM makes of a template without SKU is not taken for granted. */
export function isStandard({ name, skuName }: LoadBalancer): Read<boolean> {
  if (skuName === undefined) return unknown(`the SKU of load balancer "${name}" is not given`);
  return isUnknown(skuName) ? skuName : skuName.toLowerCase() === "standard";
}

/** The members of a pool: interfaces that name it, ip configurations and addresses that it lists. */
export function membersOf(network: Network, balancer: LoadBalancer, pool: BackendAddressPool): PoolMembers {
  return network.memo("pool members", pool.id, () => {
    const members: PoolMember[] = [];
    const unread: string[] = [];
    for (const machine of machinesOf(network)) {
      const is = membership(network, balancer, pool, machine);
      if (is === "no") continue;
      const { name } = machine.networkInterface.networkInterface;
      if (isUnknown(is)) unread.push(is.unknown);
      else if (machine.address === undefined) unread.push(`the private address of "${name}" is not known`);
      else members.push({ ...machine, address: machine.address });
    }
    for (const address of splitKnown(pool.addresses).known) {
      if (members.some((member) => member.address === address)) continue;
      const place = placeOfAddress(network, balancer, pool, address);
      if (isUnknown(place)) unread.push(place.unknown);
      else members.push({ place, address });
    }
    for (const id of splitKnown(pool.ipConfigurationIds).known) {
      const isInInput = machinesOf(network).some(({ networkInterface }) =>
        sameResource(networkInterface.ipConfiguration.id, id),
      );
      if (!isInInput) unread.push(`member "${id}" of pool "${pool.name}" is not in the input`);
    }
    const doubts = [...splitKnown(pool.addresses).unknown, ...splitKnown(pool.ipConfigurationIds).unknown];
    return { members, unread: [...new Set([...unread, ...doubts.map((each) => each.unknown)])] };
  });
}

/** Every address that a pool of the input lists. */
export function listedAddresses(network: Network): readonly Ipv4Address[] {
  return network.memo("listed backend addresses", "", () => {
    const pools = network.estate.loadBalancers.flatMap((balancer) => balancer.backendAddressPools);
    return [...new Set(pools.flatMap((pool) => splitKnown(pool.addresses).known))];
  });
}

/** Whether a machine is in a pool; Unknown where what would tell could not be read. */
export function membership(
  network: Network,
  balancer: LoadBalancer,
  pool: BackendAddressPool,
  { place, address, networkInterface }: Machine,
): "yes" | "no" | Unknown {
  const configuration = networkInterface?.ipConfiguration;
  const named = configuration?.loadBalancerBackendAddressPoolIds ?? [];
  if (named.some((reference) => refersTo(reference, pool.id))) return "yes";
  if (configuration !== undefined && pool.ipConfigurationIds.some((each) => refersTo(each, configuration.id)))
    return "yes";
  if (address !== undefined && pool.addresses.includes(address)) {
    const home = placeOfAddress(network, balancer, pool, address);
    if (isUnknown(home)) return home;
    if (sameResource(home.id, place.id)) return "yes";
  }
  const inOther = poolNetwork(network, balancer, pool);
  if (inOther !== undefined && !isUnknown(inOther) && !sameResource(inOther, place.virtualNetwork.id)) return "no";
  const listed = address === undefined || configuration === undefined ? [] : named;
  return (
    [...listed, ...pool.addresses, ...(configuration === undefined ? [] : pool.ipConfigurationIds)].find(isUnknown) ??
    "no"
  );
}

/** The subnet of an address that a pool lists. */
function placeOfAddress(
  network: Network,
  balancer: LoadBalancer,
  pool: BackendAddressPool,
  address: Ipv4Address,
): SubnetPlace | Unknown {
  const home = poolNetwork(network, balancer, pool);
  if (isUnknown(home)) return unknown(`pool "${pool.name}" of load balancer "${balancer.name}": ${home.unknown}`);
  const places = network.estate.virtualNetworks
    .filter(({ id }) => home === undefined || sameResource(home, id))
    .flatMap((virtualNetwork) =>
      virtualNetwork.subnets.map((subnet) => ({ id: subnet.id, virtualNetwork, subnet }) satisfies SubnetPlace),
    )
    .filter(({ subnet }) => hasMember(subnetSpace(subnet), address));
  const [only, second] = places;
  const label = `${formatAddress(address)} of load balancer "${balancer.name}"`;
  if (only === undefined) return unknown(`no subnet of the input holds backend address ${label}`);
  return second === undefined ? only : unknown(`several subnets of the input hold backend address ${label}`);
}

/**
 * The virtual network of a pool: the one it names, else that of the frontends, since rules do not span virtual networks. A public
 * load balancer's frontends tell none.
 */
function poolNetwork(
  network: Network,
  { frontendIpConfigurations }: LoadBalancer,
  { virtualNetworkId }: BackendAddressPool,
): Reference | undefined {
  if (virtualNetworkId !== undefined) return virtualNetworkId;
  return frontendIpConfigurations
    .map(({ subnetId }) => placeOf(network, subnetId)?.virtualNetwork.id)
    .find((id) => id !== undefined);
}
