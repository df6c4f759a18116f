import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, record, reference, references, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Packet } from "./packet.ts";

/** A machine that a load balancer may choose, and the packet as it gets there. */
export interface Backend {
  readonly subnet: string;
  readonly interfaceName: string;
  readonly packet: Packet;
}

/** What a frontend does with a packet: hands it to one of these, drops it, or nobody can tell. */
export type Behind =
  | { readonly backends: readonly Backend[] }
  | { readonly dropped: string }
  | { readonly open: string };

/**
 * A load balancing rule for the frontend, protocol and port hands a packet to a member of its pool, at the backend port; TCP and UDP only.
 * Members are interfaces that name the pool or that the pool lists. What else may be: inbound NAT rules, floating IP and pools by
 * address are left open. https://learn.microsoft.com/azure/load-balancer/components (page of 2020-06-04, read 2026-11-21)
 */
export function behindFrontend(estate: Estate, balancer: ArmResource, frontend: string, packet: Packet): Behind {
  const properties = record(balancer.properties);
  const label = `load balancer "${nameOf(balancer.id)}"`;
  const takes = (one: unknown) => {
    const rule = record(record(one).properties);
    const protocol = (text(rule.protocol) ?? "").toLowerCase();
    const all = protocol === "all" && (packet.protocol === "Tcp" || packet.protocol === "Udp");
    return (
      reference(rule.frontendIPConfiguration) === frontend &&
      (all || (protocol === packet.protocol.toLowerCase() && rule.frontendPort === packet.destinationPort))
    );
  };
  const rule = record(record(list(properties.loadBalancingRules).find(takes)).properties);
  if (reference(rule.frontendIPConfiguration) === undefined) {
    return estate.children(balancer, "inboundNatRules").length > 0
      ? { open: `whether an inbound NAT rule of ${label} takes the packet is not followed here` }
      : { dropped: `no rule of ${label} takes the packet` };
  }
  if (rule.enableFloatingIP === true) {
    return { open: `a rule of ${label} uses floating IP, which is not followed here` };
  }
  const wanted = [reference(rule.backendAddressPool), ...references(rule.backendAddressPools)];
  const pools = estate.children(balancer, "backendAddressPools").filter(({ id }) => wanted.includes(id.toLowerCase()));
  const port = typeof rule.backendPort === "number" && rule.backendPort !== 0 ? rule.backendPort : undefined;
  const backends = pools.flatMap((pool) =>
    membersOf(estate, pool, { ...packet, destinationPort: port ?? packet.destinationPort }),
  );
  if (backends.length === 0) {
    return { open: `${label} has no backend in the input` };
  }
  return backends.some((one) => one.packet.destination === packet.source)
    ? { open: `${label} may give the packet back to its sender` }
    : { backends };
}

function membersOf(estate: Estate, pool: ArmResource, packet: Packet): readonly Backend[] {
  const listed = references(record(pool.properties).backendIPConfigurations);
  return estate.networkInterfaces.flatMap(({ name, ipConfigurations }) =>
    ipConfigurations.flatMap(({ id, subnet, privateAddress, backendAddressPools }) => {
      const isMember = backendAddressPools.includes(pool.id.toLowerCase()) || listed.includes(id);
      return isMember && subnet !== undefined && privateAddress !== undefined
        ? [{ subnet, interfaceName: name, packet: { ...packet, destination: privateAddress } }]
        : [];
    }),
  );
}
