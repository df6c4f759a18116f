import type { LoadBalancer } from "../estate/egress.ts";
import type { Reference } from "../estate/resource.ts";
import type { Protocol } from "../protocol.ts";
import { isUnknown, type Read } from "../read.ts";
import { isStandard, type Machine, membership } from "../topology/backend-pools.ts";
import { type Network, refersTo } from "../topology/network.ts";
import { addressesOf, publicSpaceOf, unclearWay, type WayOut } from "./way-out.ts";

/** What the load balancers of a machine mean for its way out. */
export interface BalancerEgress {
  /** A rule carries the flow, or may. */
  readonly out?: WayOut;
  /** Default outbound access is taken away, or may be. */
  readonly closed?: WayOut;
}

/**
 * A member of a public load balancer's pool leaves by an outbound rule, or by a load-balancing rule that leaves source translation on.
 * Where none carries the flow a Standard load balancer, internal or public, leaves no default outbound access; Basic does.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections, read 2026-11-21.
 */
export function balancerEgress(network: Network, machine: Machine, carried: readonly Protocol[]): BalancerEgress {
  const { loadBalancers } = network.estate;
  const named = machine.networkInterface?.ipConfiguration.loadBalancerBackendAddressPoolIds ?? [];
  const known = loadBalancers.flatMap((balancer) => balancer.backendAddressPools);
  const lost = named.find((id) => isUnknown(id) || !known.some((pool) => refersTo(id, pool.id)));
  const found = loadBalancers.map((balancer) => egressBy(network, balancer, machine, carried));
  if (lost !== undefined) found.push({ out: unclearWay("loadBalancer", lostPool(lost)) });
  const ways = found.flatMap(({ out }) => out ?? []);
  const closed = found.flatMap((each) => each.closed ?? []);
  return {
    ...pick("out", ways.find(({ verdict }) => verdict === "Allow") ?? ways[0]),
    ...pick("closed", closed.find(({ verdict }) => verdict === "Deny") ?? closed[0]),
  };
}

function egressBy(
  network: Network,
  balancer: LoadBalancer,
  machine: Machine,
  carried: readonly Protocol[],
): BalancerEgress {
  const asked = balancer.backendAddressPools.map((pool) => ({
    pool,
    is: membership(network, balancer, pool, machine),
  }));
  const pools = asked.filter(({ is }) => is === "yes").map(({ pool }) => pool.id);
  const doubt = asked.map(({ is }) => is).find(isUnknown);
  if (pools.length === 0) return doubt === undefined ? {} : { out: unclearWay("loadBalancer", doubt.unknown) };
  const rules = rulesFor(balancer, (id) => pools.some((pool) => refersTo(id, pool)));
  for (const { name, protocol, frontendIds, open } of rules) {
    const frontends = balancer.frontendIpConfigurations.filter(
      ({ id, subnetId }) => subnetId === undefined && frontendIds.some((each) => refersTo(each, id)),
    );
    if (frontends.length === 0 || !mayCarry(protocol, carried)) continue;
    const unread = [protocol, open].find(isUnknown);
    if (unread !== undefined) return { out: unclearWay("loadBalancer", `rule "${name}": ${unread.unknown}`) };
    const ids = frontends.flatMap(({ publicIpAddressId }) => publicIpAddressId ?? []);
    const because = `leaves by rule "${name}" of load balancer "${balancer.name}"`;
    const prefixes = frontends.flatMap(({ publicIpPrefixId }) => publicIpPrefixId ?? []);
    const sources = publicSpaceOf(network, ids, prefixes);
    const publicIpAddresses = addressesOf(network, ids);
    return { out: { via: "loadBalancer", verdict: "Allow", because, publicIpAddresses, sources } };
  }
  return closedBy(balancer, machine);
}

/** The rules that may translate the source of members, outbound rules first. `open`: source translation is left on. */
function rulesFor({ outboundRules, loadBalancingRules }: LoadBalancer, inPool: (id: Reference | undefined) => boolean) {
  const outbound = outboundRules
    .filter(({ backendAddressPoolId }) => inPool(backendAddressPoolId))
    .map(({ name, protocol, frontendIpConfigurationIds }) => {
      return { name, protocol, frontendIds: frontendIpConfigurationIds, open: true as Read<boolean> };
    });
  const balancing = loadBalancingRules
    .filter((rule) => rule.disableOutboundSnat !== true && rule.backendAddressPoolIds.some(inPool))
    .map(({ name, protocol, frontendIpConfigurationId: id, disableOutboundSnat = false }) => {
      return { name, protocol, frontendIds: id === undefined ? [] : [id], open: disableOutboundSnat };
    });
  return [...outbound, ...balancing];
}

function mayCarry(protocol: Read<string>, carried: readonly Protocol[]): boolean {
  const all = isUnknown(protocol) || protocol === "All";
  return carried.every((each) => (all ? each === "Tcp" || each === "Udp" : each === protocol));
}

function closedBy(balancer: LoadBalancer, { networkInterface, place }: Machine): BalancerEgress {
  const standard = isStandard(balancer);
  if (standard === false) return {};
  if (isUnknown(standard)) return { closed: unclearWay("loadBalancer", standard.unknown) };
  const name = networkInterface?.networkInterface.name ?? place.subnet.name;
  const because = `"${name}" is in a pool of Standard load balancer "${balancer.name}", which leaves no default outbound access, and none of its rules carries the flow out`;
  return { closed: { via: "none", verdict: "Deny", because, publicIpAddresses: [] } };
}

function lostPool(id: Reference): string {
  return isUnknown(id) ? id.unknown : `load balancer pool "${id}" is not in the input`;
}

function pick<K extends keyof BalancerEgress>(key: K, way: WayOut | undefined): BalancerEgress {
  return way === undefined ? {} : { [key]: way };
}
