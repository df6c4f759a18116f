import { idOf, networkInterface, publicAddress, ref, resource, virtualNetwork } from "../support/arm-resources.ts";
import type { SettledCase } from "./settled-cases.ts";

const learn = "https://learn.microsoft.com/azure";
const read = "2026-11-21";
const https = { protocol: "Tcp", port: 443 } as const;

/** A machine in a pool of a load balancer; `pools` are the properties of the pool, `rules` those of the balancer. */
function balanced(sku: string, frontend: object, rules: object, pool: object = {}) {
  const id = idOf("loadBalancers", "lb", "backendAddressPools", "pool");
  const member = pool === named ? { loadBalancerBackendAddressPools: [{ id }] } : {};
  const balancer = resource("loadBalancers", "lb", {
    frontendIPConfigurations: [{ name: "front", properties: frontend }],
    backendAddressPools: [{ name: "pool", id, properties: pool }],
    ...rules,
  });
  return [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      machines: { addressPrefix: "10.0.0.0/24", defaultOutboundAccess: true },
    }),
    networkInterface("vm", "vnet/machines", "10.0.0.4", { configuration: member }),
    publicAddress("lb-pip", "203.0.113.10"),
    { ...balancer, sku: { name: sku } },
  ];
}

const named = {};
const listed = { loadBalancerBackendAddresses: [{ name: "vm", properties: { ipAddress: "10.0.0.4" } }] };
const internalFront = { privateIPAddress: "10.0.0.9", subnet: ref("virtualNetworks", "vnet", "subnets", "machines") };
const publicFront = { publicIPAddress: ref("publicIPAddresses", "lb-pip") };
const outboundRule = {
  outboundRules: [
    {
      name: "out",
      properties: {
        protocol: "Tcp",
        backendAddressPool: { id: idOf("loadBalancers", "lb", "backendAddressPools", "pool") },
        frontendIPConfigurations: [{ id: idOf("loadBalancers", "lb", "frontendIPConfigurations", "front") }],
      },
    },
  ],
};

/** The same for load balancers. */
export const settledBalancerCases: readonly SettledCase[] = [
  {
    title: "a member of an internal Standard load balancer has no default outbound access",
    page: `${learn}/load-balancer/load-balancer-outbound-connections`,
    read,
    resources: balanced("Standard", internalFront, {}, named),
    question: { from: "10.0.0.4", to: "203.0.113.9", ...https },
    expect: ["Deny", "NoEgress"],
  },
  {
    title: "nor has a machine whose address the pool lists",
    page: `${learn}/load-balancer/load-balancer-outbound-connections`,
    read,
    resources: balanced("Standard", internalFront, {}, listed),
    question: { from: "10.0.0.4", to: "203.0.113.9", ...https },
    expect: ["Deny", "NoEgress"],
  },
  {
    title: "a Basic load balancer takes no default outbound access away",
    page: `${learn}/load-balancer/load-balancer-outbound-connections`,
    read,
    resources: balanced("Basic", internalFront, {}, named),
    question: { from: "10.0.0.4", to: "203.0.113.9", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
  {
    title: "an outbound rule of a public load balancer is a way out",
    page: `${learn}/load-balancer/load-balancer-outbound-connections`,
    read,
    resources: balanced("Standard", publicFront, outboundRule, named),
    question: { from: "10.0.0.4", to: "203.0.113.9", ...https },
    expect: ["Allow", "ExitsNetwork"],
  },
];
