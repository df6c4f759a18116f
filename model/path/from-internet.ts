import type { PublicIpAddress } from "../estate/egress.ts";
import type { Reference } from "../estate/resource.ts";
import { destinationsOf, headerSpaceOf, subtractFlows } from "../header-space.ts";
import { hasMember, intersect, subtract } from "../intervals.ts";
import { addressSpaceOf, formatIpSpace } from "../ip-space.ts";
import { portSpaceOf } from "../port-range.ts";
import { protocolSpace, protocolsWithPorts } from "../protocol.ts";
import { isUnknown, knownOr } from "../read.ts";
import { type InterfacePlace, type Network, placeOf, refersTo, type SubnetPlace } from "../topology/network.ts";
import { firewallPlace } from "./appliance.ts";
import { deliverToSubnet } from "./deliver.ts";
import { currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import { throughFirewall } from "./through-firewall.ts";
import type { Walk } from "./walk.ts";

/** Brings a packet in from the Internet: to a public address of the estate, or to a machine that has one; else there is no route. */
export function enterFromInternet(walk: Walk, packet: Packet): readonly Packet[] {
  const { network } = walk;
  let left = destinationsOf(currentSpace(packet));
  const entered: Packet[] = [];
  const enter = (address: number, to: (part: Packet) => readonly Packet[]) => {
    const part = narrow(packet, headerSpaceOf({ destination: addressSpaceOf(address) }));
    if (part === undefined || !hasMember(left, address)) return;
    left = subtract(left, addressSpaceOf(address));
    entered.push(...to(part));
  };
  for (const publicIp of network.estate.publicIPAddresses) {
    const address = knownOr(publicIp.ipAddress, undefined);
    if (address !== undefined) enter(address, (part) => atPublicAddress(walk, part, publicIp));
  }
  for (const machine of machines(network)) {
    const address = knownOr(machine.found.ipConfiguration.privateIpAddress, undefined);
    const publicIp = machine.found.ipConfiguration.publicIpAddressId;
    if (address === undefined || publicIp === undefined) continue;
    enter(address, (part) => toMachine(walk, part, machine.found, machine.place));
  }
  const lost = narrow(packet, headerSpaceOf({ destination: left }));
  if (lost === undefined) return entered;
  const unread = network.estate.publicIPAddresses.some(
    (each) => each.ipAddress !== undefined && isUnknown(each.ipAddress),
  );
  const because = `the Internet reaches no public address of the input at ${formatIpSpace(left)}`;
  const verdict = unread && intersect(left, [0, 2 ** 32]).length > 0 ? "Unknown" : "Deny";
  return [
    ...entered,
    ended(judged(lost, { kind: "Route", at: "Internet", verdict, because, disposition: "NoRoute" }), "NoRoute"),
  ];
}

function atPublicAddress(walk: Walk, packet: Packet, publicIp: PublicIpAddress): readonly Packet[] {
  const { network } = walk;
  const holds = (reference: Reference | undefined) => refersTo(reference, publicIp.id);
  const machine = machines(network).find(({ found }) => holds(found.ipConfiguration.publicIpAddressId));
  if (machine !== undefined) {
    const address = knownOr(machine.found.ipConfiguration.privateIpAddress, undefined);
    if (address === undefined)
      return [stopped(packet, publicIp.name, "Unknown", `the private address behind "${publicIp.name}" is not known`)];
    return toMachine(walk, { ...packet, destination: { address } }, machine.found, machine.place);
  }
  const firewall = network.estate.azureFirewalls.find((each) =>
    each.ipConfigurations.some((c) => holds(c.publicIpAddressId)),
  );
  if (firewall !== undefined) return throughFirewall(walk, packet, firewall, firewallPlace(network, firewall));
  for (const balancer of network.estate.loadBalancers) {
    const frontend = balancer.frontendIpConfigurations.find((each) => holds(each.publicIpAddressId));
    if (frontend !== undefined) return throughBalancer(walk, packet, balancer.name, frontend.id);
  }
  return [
    stopped(packet, publicIp.name, "Deny", `nothing of the input answers at public IP address "${publicIp.name}"`),
  ];
}

/** Standard public addresses are closed unless a security group opens them. */
function toMachine(walk: Walk, packet: Packet, found: InterfacePlace, place: SubnetPlace): readonly Packet[] {
  const publicIp = walk.network.find("publicIPAddresses", found.ipConfiguration.publicIpAddressId);
  const standard = publicIp.kind === "found" && publicIp.resource.skuName === "Standard";
  const open = place.subnet.networkSecurityGroupId ?? found.networkInterface.networkSecurityGroupId;
  if (standard && open === undefined) {
    const because = `"${found.networkInterface.name}" has a Standard public IP address and no network security group opens it`;
    const step = {
      kind: "SecurityRules",
      at: found.networkInterface.name,
      verdict: "Deny",
      because,
      disposition: "DeniedInbound",
    } as const;
    return [ended(judged(packet, step), "DeniedInbound")];
  }
  return deliverToSubnet(walk, packet, place, destinationsOf(currentSpace(packet)));
}

/** A load balancer sends a flow to some member of its pool: each of them must take it. */
function throughBalancer(walk: Walk, packet: Packet, name: string, frontendId: string): readonly Packet[] {
  const balancer = walk.network.estate.loadBalancers.find((each) => each.name === name);
  let left: Packet | undefined = packet;
  const delivered: Packet[] = [];
  for (const rule of balancer?.loadBalancingRules ?? []) {
    if (left === undefined || !refersTo(rule.frontendIpConfigurationId, frontendId)) continue;
    const ports = isUnknown(rule.frontendPorts) ? undefined : rule.frontendPorts;
    if (ports === undefined || isUnknown(rule.protocol))
      return [stopped(packet, name, "Unknown", `rule "${rule.name}" could not be read`)];
    const protocol = rule.protocol === "All" ? protocolsWithPorts : protocolSpace(rule.protocol);
    const region = headerSpaceOf({
      protocol,
      destinationPort: rule.protocol === "All" ? [0, 65_536] : portSpaceOf([ports]),
    });
    const part = narrow(left, region);
    if (part === undefined) continue;
    const port = knownOr(rule.backendPort, undefined);
    for (const member of machines(walk.network)) {
      const inPool = member.found.ipConfiguration.loadBalancerBackendAddressPoolIds.some(
        (id) => !isUnknown(id) && rule.backendAddressPoolIds.some((pool) => refersTo(pool, id)),
      );
      const address = knownOr(member.found.ipConfiguration.privateIpAddress, undefined);
      if (!inPool || address === undefined) continue;
      const destination = port === undefined || port === 0 ? { address } : { address, port };
      delivered.push(...toMachine(walk, { ...part, destination }, member.found, member.place));
    }
    const rest = subtractFlows(left.space, part.space);
    left = rest.length === 0 ? undefined : { ...left, space: rest };
  }
  return left === undefined
    ? delivered
    : [...delivered, stopped(left, name, "Deny", `no rule of load balancer "${name}" takes it`)];
}

function machines(network: Network): readonly { readonly found: InterfacePlace; readonly place: SubnetPlace }[] {
  return network.estate.networkInterfaces.flatMap((networkInterface) =>
    networkInterface.ipConfigurations.flatMap((ipConfiguration) => {
      const place = placeOf(network, ipConfiguration.subnetId);
      return place === undefined ? [] : [{ found: { networkInterface, ipConfiguration }, place }];
    }),
  );
}

function stopped(packet: Packet, at: string, verdict: "Deny" | "Unknown", because: string): Packet {
  return ended(judged(packet, { kind: "Route", at, verdict, because, disposition: "NoRoute" }), "NoRoute");
}
