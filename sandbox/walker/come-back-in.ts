import type { Answer } from "./answer.ts";
import { unknown } from "./answer.ts";
import { nameOf, record, references, text } from "./arm-json.ts";
import { firewallAt } from "./azure-firewall.ts";
import { publicAddressOwner } from "./egress.ts";
import type { Estate } from "./estate.ts";
import { publicAddresses } from "./firewall-snat.ts";
import type { Onward } from "./follow-route.ts";
import { enterFromInternet } from "./from-internet.ts";
import { formatAddress, parseAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude, depart } from "./journey.ts";
import { attachmentAt } from "./network-interface.ts";
import { throughFirewall } from "./through-appliance.ts";
import type { Subnet } from "./virtual-network.ts";

/**
 * A packet that left for a public address of this estate comes in again there, from the public address it left by; undefined for other
 * destinations. Azure translates the source of all that leaves, also to its own addresses.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections (page of 2022-03-01, read 2026-11-21)
 */
export function comeBackIn(estate: Estate, subnet: Subnet, journey: Journey, onward: Onward): Answer | undefined {
  const { packet, hops, stations } = journey;
  const own = publicAddressOwner(estate, packet.destination);
  if (own === undefined) {
    return undefined;
  }
  const label = `${formatAddress(packet.destination)}, public IP address "${nameOf(own)}" of this estate,`;
  const inward = (source: number) =>
    enterFromInternet(estate, { ...depart({ ...packet, source }, { kind: "internet" }), hops }, (firewall, entering) =>
      throughFirewall(estate, firewall, entering, onward),
    );
  const [source, other] = sourcesOutside(estate, subnet, packet.source);
  if (source === undefined || other !== undefined) {
    // Without the source only what nobody reaches is certain.
    const anyone = inward(packet.source);
    return anyone.disposition === "NoRoute"
      ? anyone
      : unknown(`the address that the packet to ${label} leaves by is not one that is known`, hops);
  }
  const passed = stations.some(
    (station) => station.kind === "firewall" && publicAddressesAt(estate, station.address).includes(packet.destination),
  );
  const answer = inward(source);
  if (answer.disposition !== "NoRoute" && (passed || source === packet.destination)) {
    return unknown(`whether a packet to ${label} comes back to what sent it is not documented`, hops);
  }
  return conclude(answer, journey);
}

/** The addresses that the packet may have outside; none where that is not in the input. */
function sourcesOutside(estate: Estate, subnet: Subnet, source: number): readonly number[] {
  const firewall = firewallAt(estate, subnet.virtualNetworkId, source);
  const addressOf = (id: string) => parseAddress(text(record(estate.find(id)?.properties).ipAddress) ?? "");
  const all = (ids: readonly string[]) => {
    const known = ids.flatMap((id) => addressOf(id) ?? []);
    return known.length === ids.length ? known : [];
  };
  if (subnet.natGateway !== undefined) {
    const properties = record(estate.find(subnet.natGateway)?.properties);
    return references(properties.publicIpPrefixes).length > 0 ? [] : all(references(properties.publicIpAddresses));
  }
  if (firewall !== undefined) {
    return all(firewall.publicIpAddresses);
  }
  const publicIp = attachmentAt(estate, subnet.id, source)?.configuration.publicIpAddress;
  return publicIp === undefined ? [] : all([publicIp]);
}

function publicAddressesAt(estate: Estate, privateAddress: number): readonly number[] {
  return estate.virtualNetworks.flatMap(({ id }) => {
    const firewall = firewallAt(estate, id, privateAddress);
    return firewall === undefined ? [] : publicAddresses(estate, firewall);
  });
}
