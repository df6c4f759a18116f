import type { Answer } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { list, nameOf, record, reference, text } from "./arm-json.ts";
import { firewallAt } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import { filterAt } from "./filters.ts";
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
  const filtered = owner === undefined ? filterAt(estate, subnet, "Inbound", journey) : { journey };
  if ("end" in filtered) {
    return filtered.end;
  }
  const because = `${written} in subnet "${subnet.name}" is reached`;
  const arrived = withHops(filtered.journey, { step: "Arrival", at: subnet.name, verdict: "Allow", because });
  const there = passing(arrived, { kind: "machine", address: destination, subnet });
  const reply = checkReply(estate, there);
  return reply === undefined ? conclude(allowed("Delivered", because, there.hops), there) : conclude(reply, there);
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
