import type { Random } from "../../model/support/random.ts";
import { idOf, publicAddress, ref, resource, type WireResource } from "../../support/arm-resources.ts";
import { addresses, some } from "./world.ts";

const id = (...path: readonly string[]) => idOf("loadBalancers", ...path);

/** A load balancer in front of machines of the spoke: internal or public, with rules of every kind that both opinions follow. */
export function randomBalancer(random: Random): readonly WireResource[] {
  const isPublic = random.chance(0.4);
  const front = isPublic
    ? { publicIPAddress: ref("publicIPAddresses", "lb-pip") }
    : { privateIPAddress: addresses.frontend, subnet: ref("virtualNetworks", "spoke", "subnets", "servers") };
  const members = some(random, ["pc", "server"], 2).map((name) => ({
    id: idOf("networkInterfaces", name, "ipConfigurations", "primary"),
  }));
  const pool = { id: id("lb", "backendAddressPools", "pool") };
  const frontend = { id: id("lb", "frontendIPConfigurations", "front") };
  const all = { protocol: "All", frontendPort: 0, backendPort: 0 };
  const ports =
    random.chance(0.2) && !isPublic
      ? all
      : { protocol: "Tcp", frontendPort: 443, backendPort: random.pick([443, 3389]) };
  const shared = { frontendIPConfiguration: frontend, disableOutboundSnat: random.chance(0.5) };
  const outbound = { protocol: "All", backendAddressPool: pool, frontendIPConfigurations: [frontend] };
  const balancer = resource("loadBalancers", "lb", {
    frontendIPConfigurations: [{ name: "front", id: frontend.id, properties: front }],
    backendAddressPools: [{ name: "pool", id: pool.id, properties: { backendIPConfigurations: members } }],
    loadBalancingRules: [{ name: "web", properties: { ...ports, ...shared, backendAddressPool: pool } }],
    outboundRules: isPublic && random.chance(0.3) ? [{ name: "out", properties: outbound }] : [],
  });
  return [
    publicAddress("lb-pip", addresses.publicFrontend),
    { ...balancer, sku: { name: random.pick(["Standard", "Basic"]) } },
  ];
}
