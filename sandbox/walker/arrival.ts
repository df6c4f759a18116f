import type { Answer } from "./answer.ts";
import { allowed, denied, everyReading, unknown } from "./answer.ts";
import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, parentOf, record, reference, text } from "./arm-json.ts";
import { hasDnsProxy } from "./ask-dns-server.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import { firewallAt } from "./azure-firewall.ts";
import type { Backend } from "./behind-balancer.ts";
import { behindFrontend } from "./behind-balancer.ts";
import type { Estate } from "./estate.ts";
import type { Filtered } from "./filters.ts";
import { filterAt } from "./filters.ts";
import { ruleBook } from "./firewall-policy.ts";
import { formatAddress, parseAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude, passing, withHops } from "./journey.ts";
import { checkReply } from "./reply.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { isReserved, subnetAt, virtualNetworkById } from "./virtual-network.ts";

/**
 * Arrives at an address of a virtual network: the filters of the far side, then the way back. An address that no interface of the
 * input carries is taken as a machine yet to come.
 */
export function arrive(estate: Estate, network: VirtualNetwork, journey: Journey): Answer {
  const { destination } = journey.packet;
  const written = formatAddress(destination);
  const subnet = subnetAt(network, destination);
  if (subnet === undefined) {
    return denied("NoRoute", `no subnet of virtual network "${network.name}" holds ${written}`, journey.hops);
  }
  if (isReserved(subnet, destination)) {
    return denied(
      "NoRoute",
      `${written} is one of the five addresses of subnet "${subnet.name}" that Azure keeps`,
      journey.hops,
    );
  }
  const frontend = frontendAt(estate, subnet.id, destination);
  if (frontend !== undefined) {
    return behind(estate, frontend.balancer, frontend.id, journey);
  }
  const owner = firewallAt(estate, network.id, destination);
  const filtered =
    owner === undefined ? filterAt(estate, subnet, "Inbound", journey) : atFirewallItself(estate, owner, journey);
  if ("end" in filtered) {
    return filtered.end;
  }
  const because = `${written} in subnet "${subnet.name}" is reached`;
  const arrived = withHops(filtered.journey, { step: "Arrival", at: subnet.name, verdict: "Allow", because });
  const there = passing(arrived, { kind: "machine", address: destination, subnet });
  const reply = checkReply(estate, there);
  return reply === undefined ? conclude(allowed("Delivered", because, there.hops), there) : conclude(reply, there);
}

/**
 * A firewall's own private address: its DNS proxy answers there, and DNAT rules may lead on (not on Basic); anything else is denied.
 * https://learn.microsoft.com/azure/firewall/dns-settings (page of 2025-05-15),
 * https://learn.microsoft.com/azure/firewall/tutorial-private-ip-dnat (page of 2025-10-13), read 2026-11-21
 */
function atFirewallItself(estate: Estate, firewall: AzureFirewall, journey: Journey): Filtered {
  const { packet } = journey;
  const hop = (verdict: "Allow" | "Deny", because: string) =>
    withHops(journey, { step: "Firewall", at: firewall.name, verdict, because });
  const isQuery = packet.destinationPort === 53 && (packet.protocol === "Tcp" || packet.protocol === "Udp");
  if (isQuery && hasDnsProxy(estate, firewall)) {
    return { journey: hop("Allow", `the DNS proxy of firewall "${firewall.name}" answers`) };
  }
  const written = formatAddress(packet.destination);
  const translated =
    firewall.tier === "basic"
      ? undefined
      : ruleBook(estate, firewall).rules.find(
          ({ kind, destinations }) => kind === "Nat" && destinations.some((one) => one === written || one === "*"),
        );
  if (translated !== undefined) {
    const because = `NAT rule "${translated.name}" may translate what comes to ${written}, which this walker does not follow`;
    return { end: unknown(because, journey.hops) };
  }
  const because = `firewall "${firewall.name}": nothing answers on its own address ${written}`;
  return { end: denied("DeniedByFirewall", because, hop("Deny", because).hops) };
}

/** Through a load balancer to whichever backend it chooses: if they all end alike, that is the answer. */
export function behind(
  estate: Estate,
  balancer: ArmResource,
  frontend: string,
  journey: Journey,
  refuse: (backend: Backend) => Answer | undefined = () => undefined,
): Answer {
  const found = behindFrontend(estate, balancer, frontend, journey.packet);
  if ("dropped" in found) {
    return denied("NoRoute", found.dropped, journey.hops);
  }
  if ("open" in found) {
    return unknown(found.open, journey.hops);
  }
  const answers = found.backends.map((backend) => {
    const network = virtualNetworkById(estate, parentOf(backend.subnet));
    const there = { ...journey, packet: backend.packet };
    return (
      refuse(backend) ??
      (network === undefined
        ? unknown(`the virtual network of "${backend.interfaceName}" is not in the input`, journey.hops)
        : arrive(estate, network, there))
    );
  });
  return everyReading(answers, `the backends of load balancer "${nameOf(balancer.id)}" do not all take the packet`);
}

/** The load balancer that has a private frontend at an address, by name. */
export function loadBalancerAt(estate: Estate, subnetId: string, address: number): string | undefined {
  const found = frontendAt(estate, subnetId, address);
  return found === undefined ? undefined : nameOf(found.balancer.id);
}

function frontendAt(estate: Estate, subnetId: string, address: number) {
  return estate
    .ofType("Microsoft.Network/loadBalancers")
    .flatMap((balancer) =>
      list(record(balancer.properties).frontendIPConfigurations).map((one) => ({ balancer, one: record(one) })),
    )
    .filter(({ one }) => {
      const { subnet, privateIPAddress } = record(one.properties);
      return reference(subnet) === subnetId && parseAddress(text(privateIPAddress) ?? "") === address;
    })
    .map(({ balancer, one }) => ({
      balancer,
      id: `${balancer.id}/frontendIPConfigurations/${text(one.name)}`.toLowerCase(),
    }))[0];
}
