import type { PublicIpAddress } from "../estate/egress.ts";
import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { hasMember, intersect, subtract } from "../intervals.ts";
import { addressSpaceOf, formatIpSpace } from "../ip-space.ts";
import { isUnknown, knownOr, type Read, unknown } from "../read.ts";
import { isStandard, type Machine, machinesOf } from "../topology/backend-pools.ts";
import { firewallPlace } from "./appliance.ts";
import { deliverToSubnet } from "./deliver.ts";
import { currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import { holderOf } from "./public-address-holder.ts";
import { throughBalancer } from "./through-balancer.ts";
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
  for (const machine of machinesOf(network)) {
    const { address, networkInterface } = machine;
    if (address === undefined || networkInterface.ipConfiguration.publicIpAddressId === undefined) continue;
    enter(address, (part) => toMachine(walk, part, machine, publicGate(walk, machine)));
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

/** What the holder of a public IP address does with a flow to it; without a holder there is no route. */
export function atPublicAddress(walk: Walk, packet: Packet, publicIp: PublicIpAddress): readonly Packet[] {
  const { network } = walk;
  const { name } = publicIp;
  const holder = holderOf(network, publicIp);
  switch (holder.kind) {
    case "machine": {
      const { address } = holder.machine;
      if (address === undefined)
        return [stopped(packet, name, "Unknown", `the private address behind "${name}" is not known`)];
      return toMachine(walk, { ...packet, destination: { address } }, holder.machine, publicGate(walk, holder.machine));
    }
    case "firewall":
      return throughFirewall(walk, packet, holder.firewall, firewallPlace(network, holder.firewall));
    case "loadBalancer": {
      const { balancer, frontend } = holder;
      const gate = { what: `is behind load balancer "${balancer.name}"`, standard: isStandard(balancer) };
      return throughBalancer(walk, packet, balancer, frontend, (part, member) => toMachine(walk, part, member, gate));
    }
    case "other":
      return [
        stopped(
          packet,
          name,
          "Unknown",
          `public IP address "${name}" is held by ${holder.what}, whose answers are not modelled`,
        ),
      ];
    case "none":
      return [stopped(packet, name, "Deny", `nothing of the input answers at public IP address "${name}"`)];
  }
}

/** By what the Internet reaches a machine, and whether that is of the SKU that is closed until a security group opens it. */
interface Gate {
  readonly what: string;
  readonly standard: Read<boolean>;
}

/**
 * Standard public IP addresses and Standard load balancers are closed unless a security group opens them.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-overview#security-by-default, read 2026-11-21.
 */
function toMachine(walk: Walk, packet: Packet, { place, networkInterface }: Machine, gate: Gate): readonly Packet[] {
  const filter = place.subnet.networkSecurityGroupId ?? networkInterface?.networkInterface.networkSecurityGroupId;
  const onward = (part: Packet) => deliverToSubnet(walk, part, place, destinationsOf(currentSpace(part)));
  if (gate.standard === false || filter !== undefined) return onward(packet);
  const name = networkInterface?.networkInterface.name ?? place.subnet.name;
  const verdict = gate.standard === true ? "Deny" : "Unknown";
  const because = `"${name}" ${gate.what} and no network security group opens it`;
  const base = { kind: "SecurityRules", at: name, disposition: "DeniedInbound" } as const;
  if (gate.standard === true) return [ended(judged(packet, { ...base, verdict, because }), "DeniedInbound")];
  return onward(judged(packet, { ...base, verdict, because: `${because}; ${gate.standard.unknown}` }));
}

function publicGate({ network }: Walk, { networkInterface }: Machine): Gate {
  const found = network.find("publicIPAddresses", networkInterface?.ipConfiguration.publicIpAddressId);
  const sku =
    found.kind === "found" ? (found.resource.skuName ?? "Basic") : unknown("the public IP address is not in the input");
  const standard = isUnknown(sku) ? sku : sku.toLowerCase() === "standard";
  return { what: `has a ${standard === true ? "Standard " : ""}public IP address`, standard };
}

function stopped(packet: Packet, at: string, verdict: "Deny" | "Unknown", because: string): Packet {
  const end = verdict === "Deny" ? "NoRoute" : "InsufficientInfo";
  return ended(judged(packet, { kind: "Route", at, verdict, because, disposition: "NoRoute" }), end);
}
