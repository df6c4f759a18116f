import { describe, expect, test } from "vitest";
import type { Estate } from "../../model/estate.ts";
import { explain, type Question } from "../../model/explain.ts";
import {
  firewall,
  firewallPolicy,
  idOf,
  loadBalancer,
  natGateway,
  network,
  networkInterface,
  networkRule,
  poolOf,
  publicIp,
  type RuleWords,
  routeTable,
  securityGroup,
  virtualNetwork,
} from "./support/build.ts";

const held = (name: string) => ({ ip: { publicIpAddressId: idOf("publicIPAddresses", name) } });

interface Words extends Partial<Question> {
  /** Rules of the security group of the servers' subnet; `false` for none. @default lets 198.51.100.1 in */
  readonly rules?: readonly RuleWords[] | false;
  readonly more?: Partial<Estate>;
}

const letClientIn: readonly RuleWords[] = [
  { name: "client", priority: 100, direction: "Inbound", access: "Allow", from: "198.51.100.1/32", ports: "443" },
];

/** Clients with public addresses, behind a NAT gateway and with default outbound access; a server with a public address. */
function estate(rules: readonly RuleWords[] | false, more: Partial<Estate>) {
  return network({
    virtualNetworks: [
      virtualNetwork("vnet", "10.0.0.0/16", {
        clients: ["10.0.1.0/24", { defaultOutboundAccess: true }],
        nat: ["10.0.2.0/24", { nat: "nat" }],
        servers: ["10.0.3.0/24", { defaultOutboundAccess: true, ...(rules === false ? {} : { nsg: "nsg" }) }],
        GatewaySubnet: "10.0.4.0/27",
        AzureFirewallSubnet: ["10.0.5.0/26", { defaultOutboundAccess: true }],
        forced: ["10.0.6.0/24", { routes: "forced" }],
      }),
    ],
    networkSecurityGroups: [securityGroup("nsg", rules === false ? [] : rules)],
    routeTables: [routeTable("forced", { "0.0.0.0/0": "VirtualAppliance 10.0.5.4" })],
    natGateways: [natGateway("nat", "nat-pip")],
    azureFirewalls: [firewall("fw", "policy", "vnet/AzureFirewallSubnet", "10.0.5.4", ["fw-pip"])],
    firewallPolicies: [firewallPolicy("policy", [])],
    networkInterfaces: [
      networkInterface("client", "vnet/clients", "10.0.1.4", held("client-pip")),
      networkInterface("server", "vnet/servers", "10.0.3.4", held("server-pip")),
      networkInterface("web", "vnet/servers", "10.0.3.5", {
        ip: { loadBalancerBackendAddressPoolIds: [poolOf("lb")] },
      }),
    ],
    loadBalancers: [loadBalancer("lb", { frontend: "lb-pip", rules: [{ backendPort: 443 }] })],
    publicIPAddresses: [
      publicIp("client-pip", "198.51.100.1"),
      publicIp("nat-pip", "198.51.100.2"),
      publicIp("server-pip", "198.51.100.3"),
      publicIp("free-pip", "198.51.100.4"),
      publicIp("gateway-pip", "198.51.100.5"),
      publicIp("fw-pip", "198.51.100.6"),
      publicIp("lb-pip", "198.51.100.7"),
      { ...publicIp("app-pip", "198.51.100.8"), ipConfigurationId: "/elsewhere/applicationGateways/app" },
    ],
    virtualNetworkGateways: [
      {
        id: idOf("virtualNetworkGateways", "vgw"),
        name: "vgw",
        gatewayType: "Vpn",
        subnetIds: [`${idOf("virtualNetworks", "vnet")}/subnets/GatewaySubnet`],
        publicIpAddressIds: [idOf("publicIPAddresses", "gateway-pip")],
        vpnClientAddressPool: [],
        customRoutes: [],
      },
    ],
    ...more,
  });
}

function ask({ rules = letClientIn, more = {}, ...question }: Words) {
  const asked = { from: "10.0.1.4", to: "198.51.100.3", protocol: "Tcp", port: 443, ...question } as const;
  const answer = explain(estate(rules, more), asked);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

const natSource = { from: "10.0.2.4" };
const defaultSource = { from: "10.0.1.77" };

describe("from inside to a public address of the estate", () => {
  test.each<Words & { case: string; says: string; because: string }>([
    {
      case: "the security group of the machine sees the public address of the client",
      says: "Allow Delivered",
      because: 'rule "client" allows it (network security group "nsg")',
    },
    {
      case: "and lets nobody else in",
      ...natSource,
      says: "Deny DeniedInbound",
      because: 'default rule "DenyAllInBound" denies it (network security group "nsg")',
    },
    {
      case: "without a security group a Standard address is closed",
      rules: false,
      says: "Deny DeniedInbound",
      because: '"server" has a Standard public IP address and no network security group opens it',
    },
    {
      case: "by default outbound access, where only some addresses may come in",
      ...defaultSource,
      says: "Unknown InsufficientInfo",
      because:
        'it depends on the public address that the flow leaves by: default rule "DenyAllInBound" denies it (network security group "nsg")',
    },
    {
      case: "by default outbound access, where everybody may come in",
      ...defaultSource,
      rules: [{ name: "all", priority: 100, direction: "Inbound", access: "Allow" }],
      says: "Allow Delivered",
      because: 'rule "all" allows it (network security group "nsg")',
    },
    {
      case: "by default outbound access, where nobody may come in",
      ...defaultSource,
      rules: [],
      says: "Deny DeniedInbound",
      because: 'default rule "DenyAllInBound" denies it (network security group "nsg")',
    },
    {
      case: "its own public address",
      to: "198.51.100.1",
      says: "Unknown InsufficientInfo",
      because:
        '198.51.100.1 is public IP address "client-pip" of the input, and whether a flow reaches the address that it leaves by is not modelled',
    },
    {
      case: "an address that nothing holds",
      to: "198.51.100.4",
      says: "Deny NoRoute",
      because: 'nothing of the input answers at public IP address "free-pip"',
    },
    {
      case: "a NAT gateway takes nothing in, not even from itself",
      ...natSource,
      to: "198.51.100.2",
      says: "Deny NoRoute",
      because: 'nothing of the input answers at public IP address "nat-pip"',
    },
    {
      case: "a VPN gateway",
      to: "198.51.100.5",
      says: "Unknown InsufficientInfo",
      because:
        'public IP address "gateway-pip" is held by virtual network gateway "vgw", whose answers are not modelled',
    },
    {
      case: "a holder that is not in the input",
      to: "198.51.100.8",
      says: "Unknown InsufficientInfo",
      because:
        'public IP address "app-pip" is held by "/elsewhere/applicationGateways/app", whose answers are not modelled',
    },
    {
      case: "a firewall without a DNAT rule",
      to: "198.51.100.6",
      says: "Deny DeniedByFirewall",
      because: 'no NAT rule of firewall "fw" takes it, so it is denied by default',
    },
    {
      case: "the firewall that the flow passes",
      from: "10.0.6.4",
      to: "198.51.100.6",
      more: {
        firewallPolicies: [
          firewallPolicy("policy", [
            {
              rules: [networkRule({ protocols: ["Any"] })],
            },
          ]),
        ],
      },
      says: "Deny DeniedByFirewall",
      because: 'no NAT rule of firewall "fw" takes it, so it is denied by default',
    },
    {
      case: "a load balancer's frontend",
      to: "198.51.100.7",
      says: "Allow Delivered",
      because: 'rule "client" allows it (network security group "nsg")',
    },
    {
      case: "the frontend that its own pool leaves by",
      from: "10.0.3.5",
      to: "198.51.100.7",
      says: "Unknown InsufficientInfo",
      because:
        '198.51.100.7 is public IP address "lb-pip" of the input, and whether a flow reaches the address that it leaves by is not modelled',
    },
    {
      case: "a client that has no way out never comes in",
      more: { natGateways: [natGateway("nat")] },
      ...natSource,
      says: "Deny NoEgress",
      because: 'NAT gateway "nat" has no public IP address',
    },
  ])("$case", ({ says, because, ...words }) => {
    const answer = ask(words);
    expect([`${answer.verdict} ${answer.disposition}`, answer.because]).toEqual([says, because]);
  });

  test("a prefix is answered for the estate's own addresses apart", () => {
    const { verdict, parts } = ask({ to: "198.51.100.0/28" });
    expect(verdict).toBe("Deny");
    expect(parts.map((part) => [part.to, part.verdict, part.disposition])).toEqual([
      ["198.51.100.2/32", "Deny", "NoRoute"],
      ["198.51.100.4/32", "Deny", "NoRoute"],
      ["198.51.100.6/32", "Deny", "DeniedByFirewall"],
      ["198.51.100.1/32", "Unknown", "InsufficientInfo"],
      ["198.51.100.5/32", "Unknown", "InsufficientInfo"],
      ["198.51.100.8/32", "Unknown", "InsufficientInfo"],
      ["198.51.100.0/32, 198.51.100.9/32, 198.51.100.10/31, 198.51.100.12/30", "Allow", "ExitsNetwork"],
      ["198.51.100.3/32, 198.51.100.7/32", "Allow", "Delivered"],
    ]);
  });

  test("the Internet as a whole does not mean the estate's own addresses", () => {
    expect(ask({ to: "Internet" })).toMatchObject({ verdict: "Allow", disposition: "ExitsNetwork" });
  });

  test("the way there shows the egress and the filters of the machine", () => {
    expect(ask({}).steps.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "Route vnet/clients",
      "Egress clients",
      "SecurityRules nsg",
    ]);
  });
});
