import type { Answer } from "./answer.ts";
import { denied, unknown } from "./answer.ts";
import { list, nameOf, parentOf, record, reference, text } from "./arm-json.ts";
import { arrive, behind } from "./arrival.ts";
import { azureFirewalls } from "./azure-firewall.ts";
import { publicAddressOwner } from "./egress.ts";
import type { Estate } from "./estate.ts";
import { ruleBook } from "./firewall-policy.ts";
import { publicAddresses } from "./firewall-snat.ts";
import { formatAddress, isPublic } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import type { Attachment } from "./network-interface.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Subnet } from "./virtual-network.ts";
import { subnetAt, virtualNetworkById } from "./virtual-network.ts";

/**
 * A packet from the Internet reaches a machine only by a public address: its interface's own, a load balancer's, or a DNAT rule of
 * a firewall. Security groups see the private destination. A machine whose replies do not go straight to the Internet cannot be
 * reached directly.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#default-route (page of 2023-05-27, read 2026-11-21)
 */
export function enterFromInternet(
  estate: Estate,
  journey: Journey,
  throughFirewall: (firewall: ReturnType<typeof azureFirewalls>[number], journey: Journey) => Answer,
): Answer {
  const { destination } = journey.packet;
  const firewall = azureFirewalls(estate).find((one) => publicAddresses(estate, one).includes(destination));
  if (firewall !== undefined) {
    return throughFirewall(firewall, journey);
  }
  const attachment = exposed(estate, destination);
  const address = attachment?.configuration.privateAddress;
  const network = virtualNetworkById(estate, attachment?.configuration.subnet?.split("/").slice(0, -2).join("/") ?? "");
  if (attachment !== undefined && address !== undefined && network !== undefined) {
    const subnet = subnetAt(network, address);
    if (isStandard(estate, attachment) && subnet !== undefined && !hasGroup(subnet, attachment)) {
      return denied(
        "DeniedInbound",
        `interface "${attachment.networkInterface.name}" has a Standard public IP address and no network security group opens it`,
        journey.hops,
      );
    }
    return arrive(estate, network, { ...journey, packet: { ...journey.packet, destination: address } });
  }
  return notExposed(estate, journey);
}

/**
 * Standard public IP addresses are closed until a network security group opens them.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-overview#security-by-default (page of 2024-06-18, read 2026-11-21)
 */
function isStandard(estate: Estate, { configuration }: Attachment): boolean {
  const resource = estate.find(configuration.publicIpAddress ?? "");
  return text(record(resource?.sku).name)?.toLowerCase() === "standard";
}

function hasGroup(subnet: Subnet, { networkInterface }: Attachment): boolean {
  return subnet.networkSecurityGroup !== undefined || networkInterface.networkSecurityGroup !== undefined;
}

/** The interface that has the public address, or has the private address and a public one beside it. */
function exposed(estate: Estate, destination: number): Attachment | undefined {
  const owner = isPublic(destination) ? publicAddressOwner(estate, destination) : undefined;
  return estate.networkInterfaces
    .flatMap((networkInterface) =>
      networkInterface.ipConfigurations.map((configuration) => ({ networkInterface, configuration })),
    )
    .find(({ configuration }) =>
      isPublic(destination)
        ? owner !== undefined && configuration.publicIpAddress === owner
        : configuration.privateAddress === destination && configuration.publicIpAddress !== undefined,
    );
}

function notExposed(estate: Estate, journey: Journey): Answer {
  const { destination } = journey.packet;
  const written = formatAddress(destination);
  const owner = isPublic(destination) ? publicAddressOwner(estate, destination) : undefined;
  const published = frontendOf(estate, owner);
  if (published !== undefined) {
    const closed = text(record(published.balancer.sku).name)?.toLowerCase() === "standard";
    const name = nameOf(published.balancer.id);
    if (journey.packet.protocol === "Icmp") {
      return unknown(`whether load balancer "${name}" answers ping depends on its probes`, journey.hops);
    }
    return behind(estate, published.balancer, published.id, journey, ({ interfaceName, subnet, packet }) => {
      const attachment = attachmentAt(estate, subnet, packet.destination);
      const place = virtualNetworkById(estate, parentOf(subnet))?.subnets.find(({ id }) => id === subnet);
      return closed && attachment !== undefined && place !== undefined && !hasGroup(place, attachment)
        ? denied(
            "DeniedInbound",
            `interface "${interfaceName}" is behind Standard load balancer "${name}" and no network security group opens it`,
            journey.hops,
          )
        : undefined;
    });
  }
  const holder = holderElsewhere(estate, owner);
  if (holder !== undefined) {
    return unknown(`${written} is held by ${holder}, whose answers this walker does not give`, journey.hops);
  }
  const translating = azureFirewalls(estate).find((firewall) =>
    ruleBook(estate, firewall).rules.some((rule) => text(rule.translated.address) === written),
  );
  if (translating !== undefined) {
    return unknown(
      `firewall "${translating.name}" translates to ${written}; ask about its public address`,
      journey.hops,
    );
  }
  return denied("NoRoute", `nothing in the estate makes ${written} reachable from the Internet`, journey.hops);
}

function frontendOf(estate: Estate, owner: string | undefined) {
  return estate
    .ofType("Microsoft.Network/loadBalancers")
    .flatMap((balancer) =>
      list(record(balancer.properties).frontendIPConfigurations).map((one) => ({ balancer, one: record(one) })),
    )
    .filter(({ one }) => owner !== undefined && reference(record(one.properties).publicIPAddress) === owner)
    .map(({ balancer, one }) => ({
      balancer,
      id: `${balancer.id}/frontendIPConfigurations/${text(one.name)}`.toLowerCase(),
    }))[0];
}

/** A gateway, a Bastion host or something that is not in the input and holds a public IP address; a NAT gateway answers nobody. */
function holderElsewhere(estate: Estate, owner: string | undefined): string | undefined {
  if (owner === undefined) {
    return undefined;
  }
  const types = ["Microsoft.Network/virtualNetworkGateways", "Microsoft.Network/bastionHosts"];
  const holder = types
    .flatMap((type) => estate.ofType(type))
    .find((resource) =>
      list(record(resource.properties).ipConfigurations).some(
        (one) => reference(record(record(one).properties).publicIPAddress) === owner,
      ),
    );
  const said = reference(record(estate.find(owner)?.properties).ipConfiguration);
  return holder === undefined ? said : `"${nameOf(holder.id)}"`;
}
