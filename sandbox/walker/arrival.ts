import type { Answer } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { list, nameOf, record, reference, text } from "./arm-json.ts";
import { hasDnsProxy } from "./ask-dns-server.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import { firewallAt } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import type { Filtered } from "./filters.ts";
import { filterAt } from "./filters.ts";
import { ruleBook } from "./firewall-policy.ts";
import { formatAddress, parseAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude, passing, withHops } from "./journey.ts";
import { checkReply } from "./reply.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { subnetAt } from "./virtual-network.ts";

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
  const balancer = loadBalancerAt(estate, subnet.id, destination);
  if (balancer !== undefined) {
    return unknown(
      `${written} is a frontend of load balancer "${balancer}", whose backends this walker does not choose`,
      journey.hops,
    );
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

/** The load balancer that has a private frontend at an address. */
export function loadBalancerAt(estate: Estate, subnetId: string, address: number): string | undefined {
  return estate
    .ofType("Microsoft.Network/loadBalancers")
    .filter((resource) =>
      list(record(resource.properties).frontendIPConfigurations).some((one) => {
        const frontend = record(record(one).properties);
        return (
          reference(frontend.subnet) === subnetId && parseAddress(text(frontend.privateIPAddress) ?? "") === address
        );
      }),
    )
    .map((resource) => nameOf(resource.id))[0];
}
