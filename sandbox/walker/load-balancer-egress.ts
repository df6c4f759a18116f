import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, record, reference, references, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { parseAddress } from "./ipv4.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Packet } from "./packet.ts";
import type { Subnet } from "./virtual-network.ts";

/** The way out to the Internet that a packet takes, or why there is none. */
export type Egress = { readonly via: string } | { readonly none: string } | { readonly open: string };

/**
 * An outbound rule, or a load balancing rule with a public frontend that does not disable outbound SNAT, gives a way out. Membership in
 * any pool of a Standard load balancer takes default outbound access away; undefined where nothing does.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections (read 2026-11-21)
 */
export function throughLoadBalancer(estate: Estate, subnet: Subnet, packet: Packet): Egress | undefined {
  const configuration = attachmentAt(estate, subnet.id, packet.source)?.configuration;
  const named = configuration?.backendAddressPools ?? [];
  const balancers = estate.ofType("Microsoft.Network/loadBalancers");
  const lost = named.find((id) => !balancers.some((balancer) => poolIds(estate, balancer).includes(id)));
  const answers = balancers.flatMap((balancer) => {
    const pools = estate.children(balancer, "backendAddressPools").filter((pool) => {
      const listed = references(record(pool.properties).backendIPConfigurations);
      return (
        named.includes(pool.id.toLowerCase()) ||
        (configuration !== undefined && listed.includes(configuration.id)) ||
        lists(pool, subnet, packet.source)
      );
    });
    return pools.length === 0 ? [] : [egressBy(balancer, new Set(pools.map(({ id }) => id.toLowerCase())), packet)];
  });
  const found = answers.filter((answer) => answer !== undefined);
  if (lost !== undefined) {
    found.push({ open: `load balancer pool "${nameOf(lost)}" is not in the input` });
  }
  return found.find((one) => "via" in one) ?? found.find((one) => "open" in one) ?? found[0];
}

function poolIds(estate: Estate, balancer: ArmResource): readonly string[] {
  return estate.children(balancer, "backendAddressPools").map(({ id }) => id.toLowerCase());
}

/** Whether a pool lists the address itself, in the subnet's network as far as it says. */
function lists(pool: ArmResource, subnet: Subnet, address: number): boolean {
  return list(record(pool.properties).loadBalancerBackendAddresses).some((one) => {
    const { ipAddress, virtualNetwork } = record(record(one).properties);
    const network = reference(virtualNetwork) ?? subnet.virtualNetworkId;
    return parseAddress(text(ipAddress) ?? "") === address && network === subnet.virtualNetworkId;
  });
}

function egressBy(balancer: ArmResource, pools: ReadonlySet<string>, packet: Packet): Egress | undefined {
  const properties = record(balancer.properties);
  const frontends = new Set(
    list(properties.frontendIPConfigurations)
      .filter((one) => reference(record(record(one).properties).publicIPAddress) !== undefined)
      .map((one) => `${balancer.id}/frontendIPConfigurations/${text(record(one).name)}`.toLowerCase()),
  );
  const carries = (rule: ReturnType<typeof record>) =>
    [reference(rule.backendAddressPool), ...references(rule.backendAddressPools)].some((id) => pools.has(id ?? "")) &&
    ["all", packet.protocol.toLowerCase()].includes((text(rule.protocol) ?? "").toLowerCase());
  const outbound = list(properties.outboundRules)
    .map((one) => record(record(one).properties))
    .some((rule) => carries(rule) && references(rule.frontendIPConfigurations).some((id) => frontends.has(id)));
  const balancing = list(properties.loadBalancingRules)
    .map((one) => record(record(one).properties))
    .some(
      (rule) =>
        carries(rule) &&
        rule.disableOutboundSnat !== true &&
        frontends.has(reference(rule.frontendIPConfiguration) ?? ""),
    );
  const name = nameOf(balancer.id);
  if ((outbound || balancing) && (packet.protocol === "Tcp" || packet.protocol === "Udp")) {
    return { via: `load balancer "${name}"` };
  }
  const sku = text(record(balancer.sku).name)?.toLowerCase();
  if (sku === undefined) {
    return { open: `the SKU of load balancer "${name}" is not in the input` };
  }
  return sku === "standard"
    ? { none: `the source is in a pool of load balancer "${name}" that gives no outbound access` }
    : undefined;
}
