import type { FrontendIpConfiguration, LoadBalancer, LoadBalancingRule } from "../estate/egress.ts";
import { headerSpaceOf, subtractFlows } from "../header-space.ts";
import { noIntervals, subtract, unite } from "../intervals.ts";
import { addressSpaceOf, allAddresses, type IpSpace } from "../ip-space.ts";
import { portSpaceOf } from "../port-range.ts";
import { protocolSpace, protocolsWithPorts } from "../protocol.ts";
import { isUnknown, type Read } from "../read.ts";
import { type Machine, machinesOf, membersOf, type PoolMember } from "../topology/backend-pools.ts";
import { refersTo } from "../topology/network.ts";
import { ended, judged, narrow, type Packet } from "./packet.ts";
import type { Walk } from "./walk.ts";

/** Hands the flows of one rule to one member, under the member's own address and port. */
export type Hand = (packet: Packet, member: PoolMember) => readonly Packet[];

/**
 * Flows to a frontend of a load balancer. A rule gives a flow to some member of its pool, so each of them must take it; what no rule
 * takes is dropped. https://learn.microsoft.com/azure/load-balancer/components, read 2026-11-21.
 */
export function throughBalancer(
  walk: Walk,
  packet: Packet,
  balancer: LoadBalancer,
  frontend: FrontendIpConfiguration,
  hand: Hand,
): readonly Packet[] {
  if (packet.visited.includes(balancer.id)) return [unclear(packet, balancer, "its pool leads back to it")];
  let left: Packet | undefined = { ...packet, visited: [...packet.visited, balancer.id] };
  const handed: Packet[] = [];
  for (const rule of [...balancer.loadBalancingRules, ...balancer.inboundNatRules]) {
    if (left === undefined) break;
    if (rule.frontendIpConfigurationId !== undefined && isUnknown(rule.frontendIpConfigurationId))
      return [...handed, unclear(left, balancer, `rule "${rule.name}": ${rule.frontendIpConfigurationId.unknown}`)];
    if (!refersTo(rule.frontendIpConfigurationId, frontend.id)) continue;
    const region = regionOf(rule);
    if (isUnknown(region)) return [...handed, unclear(left, balancer, `rule "${rule.name}": ${region.unknown}`)];
    const part: Packet | undefined = narrow(left, region);
    if (part === undefined) continue;
    handed.push(...byRule(walk, part, balancer, rule, hand));
    const rest = subtractFlows(left.space, part.space);
    left = rest.length === 0 ? undefined : { ...left, space: rest };
  }
  return left === undefined ? handed : [...handed, ...unmatched(left, balancer, frontend)];
}

/**
 * To each member in turn. A flow of a member that comes back to itself fails, and which member gets it is not known.
 * https://learn.microsoft.com/azure/load-balancer/concepts#limitations (page of 2020-05-05, read 2026-11-21)
 */
function byRule(walk: Walk, packet: Packet, balancer: LoadBalancer, rule: LoadBalancingRule, hand: Hand) {
  const { backendPort } = rule;
  const label = `rule "${rule.name}"`;
  if (isUnknown(backendPort)) return [unclear(packet, balancer, `${label}: ${backendPort.unknown}`)];
  const floating = rule.enableFloatingIP ?? false;
  if (floating !== false) {
    const why = isUnknown(floating) ? floating.unknown : `${label} uses floating IP, which is not modelled`;
    return [unclear(packet, balancer, why)];
  }
  const { members, unread } = targetsOf(walk, balancer, rule);
  const clients = members.reduce<IpSpace>((all, { address }) => unite(all, addressSpaceOf(address)), noIntervals);
  const own = narrow(packet, headerSpaceOf({ source: clients }));
  const others = narrow(packet, headerSpaceOf({ source: subtract(allAddresses, clients) }));
  const toItself =
    own === undefined ? [] : [unclear(own, balancer, `${label} may give a flow of a member back to itself`)];
  if (others === undefined) return toItself;
  const handed = members.flatMap((member) => {
    const { address } = member;
    const destination = backendPort === 0 ? { address } : { address, port: backendPort };
    return hand({ ...others, destination }, member);
  });
  return [...toItself, ...handed, ...unread.map((why) => unclear(others, balancer, `${label}: ${why}`))];
}

/** Who may get the flows of a rule. A rule without anybody in the input is not one without anybody. */
function targetsOf({ network }: Walk, balancer: LoadBalancer, rule: LoadBalancingRule) {
  const isNat = balancer.inboundNatRules.includes(rule);
  if (isNat && rule.backendAddressPoolIds.length > 0)
    return {
      members: [],
      unread: ["which member of its pool an inbound NAT rule gives a port to is not in the input"],
    };
  if (isNat) return natTarget(machinesOf(network), rule);
  const pools = rule.backendAddressPoolIds.map((id) =>
    balancer.backendAddressPools.find((pool) => refersTo(id, pool.id)),
  );
  const found = pools.map((pool) =>
    pool === undefined ? { members: [], unread: ["its pool is not in the input"] } : membersOf(network, balancer, pool),
  );
  const members = found.flatMap((each) => each.members);
  const unread = found.flatMap((each) => each.unread);
  return members.length + unread.length > 0
    ? { members, unread }
    : { members, unread: ["its pool has no member in the input"] };
}

/** An inbound NAT rule leads to one ip configuration: a template lets that name the rule, and once deployed the rule names it too. */
function natTarget(machines: readonly Machine[], { id, backendIpConfigurationId: wanted }: LoadBalancingRule) {
  const machine = machines.find(({ networkInterface: each }) => {
    if (each === undefined) return false;
    const rules = each.ipConfiguration.loadBalancerInboundNatRuleIds;
    return refersTo(wanted, each.ipConfiguration.id) || (id !== undefined && rules.some((rule) => refersTo(rule, id)));
  });
  if (machine?.address === undefined)
    return { members: [], unread: ["the machine that it leads to is not in the input"] };
  return { members: [{ ...machine, address: machine.address }], unread: [] };
}

function regionOf({ protocol, frontendPorts }: LoadBalancingRule): Read<ReturnType<typeof headerSpaceOf>> {
  if (isUnknown(protocol)) return protocol;
  if (isUnknown(frontendPorts)) return frontendPorts;
  const isAll = protocol === "All";
  return headerSpaceOf({
    protocol: isAll ? protocolsWithPorts : protocolSpace(protocol),
    destinationPort: isAll ? [0, 65_536] : portSpaceOf([frontendPorts]),
  });
}

/** Public frontends answer ping themselves, as their health probes say. https://learn.microsoft.com/azure/load-balancer/load-balancer-test-frontend-reachability, read 2026-11-21. */
function unmatched(packet: Packet, balancer: LoadBalancer, { subnetId }: FrontendIpConfiguration): readonly Packet[] {
  const ping = subnetId === undefined ? narrow(packet, headerSpaceOf({ protocol: protocolSpace("Icmp") })) : undefined;
  const rest = ping === undefined ? packet : restOf(packet, ping);
  return [
    ...(ping === undefined
      ? []
      : [unclear(ping, balancer, "whether a public frontend answers ping depends on health probes")]),
    ...(rest === undefined
      ? []
      : [stopped(rest, balancer, "Deny", `no rule of load balancer "${balancer.name}" takes it`)]),
  ];
}

function restOf(packet: Packet, part: Packet): Packet | undefined {
  const space = subtractFlows(packet.space, part.space);
  return space.length === 0 ? undefined : { ...packet, space };
}

function unclear(packet: Packet, balancer: LoadBalancer, why: string): Packet {
  return stopped(packet, balancer, "Unknown", `load balancer "${balancer.name}": ${why}`);
}

function stopped(packet: Packet, { name, id }: LoadBalancer, verdict: "Deny" | "Unknown", because: string): Packet {
  const step = { kind: "Route", at: name, resourceId: id, verdict, because, disposition: "NoRoute" } as const;
  return ended(judged(packet, step), verdict === "Deny" ? "NoRoute" : "InsufficientInfo");
}
