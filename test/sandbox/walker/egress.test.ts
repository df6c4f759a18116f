import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import type { WireResource } from "../../support/arm-resources.ts";
import {
  idOf,
  natGateway,
  networkInterface,
  publicAddress,
  ref,
  resource,
  virtualNetwork,
} from "../../support/arm-resources.ts";
import { ask } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

function estate(subnet: Readonly<Record<string, unknown>>, ...more: readonly WireResource[]) {
  return [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", defaultOutboundAccess: false, ...subnet },
    }),
    ...more,
  ];
}

const pool = { id: idOf("loadBalancers", "lb", "backendAddressPools", "pool") };
const member = networkInterface("vm", "vnet/default", "10.0.0.4", {
  configuration: { loadBalancerBackendAddressPools: [pool] },
});

function loadBalancer(frontend: Readonly<Record<string, unknown>>, rules: Readonly<Record<string, unknown>>) {
  const balancer = resource("loadBalancers", "lb", {
    frontendIPConfigurations: [{ name: "front", properties: frontend }],
    backendAddressPools: [{ name: "pool", properties: { loadBalancerBackendAddresses: [listed] } }],
    ...rules,
  });
  return { ...balancer, sku: { name: "Standard" } };
}

const listed = {
  name: "listed",
  properties: { ipAddress: "10.0.0.77", virtualNetwork: ref("virtualNetworks", "vnet") },
};

const front = { id: idOf("loadBalancers", "lb", "frontendIPConfigurations", "front") };
const publicFront = { publicIPAddress: ref("publicIPAddresses", "lb-pip") };
const outboundRule = (protocol: string) => ({
  outboundRules: [
    { name: "out", properties: { protocol, backendAddressPool: pool, frontendIPConfigurations: [front] } },
  ],
});
const balancingRule = (disableOutboundSnat: boolean) => ({
  loadBalancingRules: [
    {
      name: "web",
      properties: { protocol: "Tcp", backendAddressPool: pool, frontendIPConfiguration: front, disableOutboundSnat },
    },
  ],
});

const ownAddress = { publicIPAddress: ref("publicIPAddresses", "own") };
const server = networkInterface("server", "vnet/default", "10.0.0.5", { configuration: ownAddress });
const client = networkInterface("vm", "vnet/default", "10.0.0.4", {
  configuration: { publicIPAddress: ref("publicIPAddresses", "vm-pip") },
});

describe("the way out to the Internet", () => {
  test.each([
    { case: "a private subnet has none", resources: estate({}), via: undefined },
    {
      case: "default outbound access where nobody closed it",
      resources: estate({ defaultOutboundAccess: undefined }),
      via: "default outbound access",
    },
    {
      case: "the private setting does not apply to a delegated subnet",
      resources: estate({ delegations: [{ name: "d", properties: { serviceName: "Microsoft.Web/serverFarms" } }] }),
      via: "default outbound access",
    },
    {
      case: "a NAT gateway",
      resources: estate({ natGateway: ref("natGateways", "nat") }, natGateway("nat")),
      via: 'NAT gateway "nat"',
    },
    {
      case: "a NAT gateway without an address is none",
      resources: estate({ natGateway: ref("natGateways", "nat") }, resource("natGateways", "nat", {})),
      via: undefined,
    },
    {
      case: "a NAT gateway comes before an own address",
      resources: estate(
        { natGateway: ref("natGateways", "nat") },
        natGateway("nat"),
        publicAddress("vm-pip", "192.0.2.4"),
        networkInterface("vm", "vnet/default", "10.0.0.4", {
          configuration: { publicIPAddress: ref("publicIPAddresses", "vm-pip") },
        }),
      ),
      via: 'NAT gateway "nat"',
    },
    {
      case: "an own address",
      resources: estate(
        {},
        networkInterface("vm", "vnet/default", "10.0.0.4", {
          configuration: { publicIPAddress: ref("publicIPAddresses", "vm-pip") },
        }),
      ),
      via: 'public IP address "vm-pip" of interface "vm"',
    },
    {
      case: "an outbound rule",
      resources: estate({}, member, loadBalancer(publicFront, outboundRule("All"))),
      via: 'load balancer "lb"',
    },
    {
      case: "an outbound rule for the other protocol is none",
      resources: estate({}, member, loadBalancer(publicFront, outboundRule("Udp"))),
      via: undefined,
    },
    {
      case: "a balancing rule with outbound SNAT",
      resources: estate({}, member, loadBalancer(publicFront, balancingRule(false))),
      via: 'load balancer "lb"',
    },
    {
      case: "a balancing rule without outbound SNAT is none",
      resources: estate({}, member, loadBalancer(publicFront, balancingRule(true))),
      via: undefined,
    },
    {
      case: "an internal load balancer takes default outbound access away",
      resources: estate(
        { defaultOutboundAccess: true },
        member,
        loadBalancer({ privateIPAddress: "10.0.0.9" }, balancingRule(false)),
      ),
      via: undefined,
    },
    {
      case: "an internal load balancer of SKU Basic does not",
      resources: estate({ defaultOutboundAccess: true }, member, {
        ...loadBalancer({ privateIPAddress: "10.0.0.9" }, balancingRule(false)),
        sku: { name: "basic" },
      }),
      via: "default outbound access",
    },
  ])("$case: $via", ({ resources, via }) => {
    const answer = ask({ resources }, out);
    expect([answer.verdict, answer.disposition]).toEqual(
      via === undefined ? ["Deny", "NoEgress"] : ["Allow", "ExitsNetwork"],
    );
    expect(answer.hops.find((hop) => hop.step === "Egress" && hop.verdict === "Allow")?.because).toBe(via);
  });

  test.each([
    { from: "10.0.0.77", verdict: "Deny", because: "the pool lists the address" },
    { from: "10.0.0.78", verdict: "Allow", because: "it does not list the neighbour" },
  ])("$from: $verdict, $because", ({ from, verdict }) => {
    const internal = loadBalancer({ privateIPAddress: "10.0.0.9" }, balancingRule(false));
    expect(ask({ resources: estate({ defaultOutboundAccess: true }, internal) }, { ...out, from }).verdict).toBe(
      verdict,
    );
  });

  test.each([
    {
      case: "a load balancer that is not in the input",
      resources: [],
      because: 'load balancer pool "pool" is not in the input',
    },
    {
      case: "a load balancer without SKU",
      resources: [{ ...loadBalancer({ privateIPAddress: "10.0.0.9" }, {}), sku: undefined }],
      because: 'the SKU of load balancer "lb" is not in the input',
    },
  ])("$case leaves it open", ({ resources, because }) => {
    const answer = ask({ resources: estate({ defaultOutboundAccess: true }, member, ...resources) }, out);
    expect([answer.verdict, answer.because]).toEqual(["Unknown", because]);
  });

  test("a NAT gateway that is not in the input leaves it open", () => {
    const answer = ask({ resources: estate({ natGateway: ref("natGateways", "gone") }) }, out);
    expect([answer.verdict, answer.because]).toEqual(["Unknown", 'NAT gateway "gone" is not in the input']);
  });

  test.each([
    { tag: "Storage.westeurope", verdict: "Allow", because: "storage of its own region stays reachable" },
    { tag: "Storage.northeurope", verdict: "Deny", because: "storage of another region does not" },
  ])("a private subnet and $tag: $verdict, $because", ({ tag, verdict }) => {
    const serviceTags = { "Storage.westeurope": ["198.51.100.0/24"], [tag]: ["203.0.113.0/24"] };
    expect(ask({ resources: estate({}), serviceTags }, out).verdict).toBe(verdict);
  });

  test.each([
    {
      case: "nothing holds",
      verdict: "Deny",
      because: "nothing in the estate makes 203.0.113.9 reachable from the Internet",
    },
    {
      case: "a machine holds, and the address it would see is not known",
      more: [server],
      verdict: "Unknown",
      because:
        'the address that the packet to 203.0.113.9, public IP address "own" of this estate, leaves by is not one that is known',
    },
    {
      case: "a machine holds that the sender may open",
      more: [server, client],
      verdict: "Allow",
      because: '10.0.0.5 in subnet "default" is reached',
    },
    {
      case: "the sender holds itself",
      more: [networkInterface("vm", "vnet/default", "10.0.0.4", { configuration: ownAddress })],
      verdict: "Unknown",
      because:
        'whether a packet to 203.0.113.9, public IP address "own" of this estate, comes back to what sent it is not documented',
    },
  ])("to an address of the estate that $case: $verdict", ({ more = [], verdict, because }) => {
    const resources = estate(
      { defaultOutboundAccess: true },
      publicAddress("own", "203.0.113.9"),
      publicAddress("vm-pip", "192.0.2.4"),
      ...more,
    );
    const answer = ask({ resources }, out);
    expect([answer.verdict, answer.because]).toEqual([verdict, because]);
  });

  test("a Standard public address is closed without a security group", () => {
    const own = { ...publicAddress("own", "203.0.113.9"), sku: { name: "Standard" } };
    const resources = estate(
      { defaultOutboundAccess: true },
      own,
      publicAddress("vm-pip", "192.0.2.4"),
      server,
      client,
    );
    expect(ask({ resources }, out)).toMatchObject({ verdict: "Deny", disposition: "DeniedInbound" });
  });
});
