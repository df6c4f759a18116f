import { describe, expect, test } from "vitest";
import { explain, type Question } from "../../model/explain.ts";
import { type Unknown, unknown } from "../../model/read.ts";
import {
  idOf,
  ip,
  type LoadBalancerWords,
  loadBalancer,
  network,
  networkInterface,
  poolOf,
  ports,
  publicIp,
  type RuleWords,
  securityGroup,
  virtualNetwork,
} from "./support/build.ts";

interface Words {
  readonly balancer?: Partial<LoadBalancerWords>;
  /** The rules of the security group of the members' subnet; without them there is no group. */
  readonly rules?: readonly RuleWords[];
  /** Whether the network interfaces name the pool. @default true */
  readonly named?: boolean;
  /** The inbound NAT rule that the network interface of the second machine names. */
  readonly natRule?: string;
}

const web2 = `${idOf("networkInterfaces", "web-2")}/ipConfigurations/ipconfig1`;

/** Two machines behind a load balancer, and a client beside them. */
function estate({ balancer, rules, named = true, natRule }: Words) {
  const ipOf = named ? { loadBalancerBackendAddressPoolIds: [poolOf("lb")] } : {};
  return network({
    virtualNetworks: [
      virtualNetwork("vnet", "10.0.0.0/16", {
        web: ["10.0.1.0/24", { defaultOutboundAccess: true, ...(rules === undefined ? {} : { nsg: "nsg" }) }],
        clients: ["10.0.2.0/24", { defaultOutboundAccess: true }],
      }),
    ],
    networkSecurityGroups: [securityGroup("nsg", rules ?? [])],
    networkInterfaces: [
      networkInterface("web-1", "vnet/web", "10.0.1.4", { ip: ipOf }),
      networkInterface("web-2", "vnet/web", "10.0.1.5", {
        ip: { ...ipOf, ...(natRule !== undefined && { loadBalancerInboundNatRuleIds: [natRule] }) },
      }),
      networkInterface("client", "vnet/clients", "10.0.2.4"),
    ],
    publicIPAddresses: [publicIp("lb-pip", "203.0.113.10")],
    loadBalancers: [loadBalancer("lb", { frontend: "lb-pip", ...balancer })],
  });
}

function ask(words: Words, question: Partial<Question>) {
  const answer = explain(estate(words), { from: "198.51.100.7", to: "203.0.113.10", protocol: "Tcp", ...question });
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

const open: readonly RuleWords[] = [
  { name: "web", priority: 100, direction: "Inbound", access: "Allow", ports: "8443" },
];
const closed = (doubt: string) => `"web-1" is behind load balancer "lb" and no network security group opens it${doubt}`;

describe("from the Internet to a public load balancer", () => {
  test.each<Words & { case: string; says: string; because: string; question?: Partial<Question> }>([
    {
      case: "Standard without any security group is closed",
      says: "Deny DeniedInbound",
      because: closed(""),
    },
    {
      case: "the SKU is compared without case",
      balancer: { skuName: "standard" },
      says: "Deny DeniedInbound",
      because: closed(""),
    },
    {
      case: "a SKU that could not be read",
      balancer: { skuName: unknown('parameter "sku" has no default') },
      says: "Unknown InsufficientInfo",
      because: closed('; parameter "sku" has no default'),
    },
    {
      case: "no SKU at all",
      balancer: { skuName: undefined as never },
      says: "Unknown InsufficientInfo",
      because: closed('; the SKU of load balancer "lb" is not given'),
    },
    {
      case: "Basic is open",
      balancer: { skuName: "Basic" },
      says: "Allow Delivered",
      because: "nothing stands in the way",
    },
    {
      case: "a security rule for the backend port opens it",
      rules: open,
      says: "Allow Delivered",
      because: 'rule "web" allows it (network security group "nsg")',
    },
    {
      case: "a security rule for the frontend port does not",
      rules: [{ name: "web", priority: 100, direction: "Inbound", access: "Allow", ports: "443" }],
      says: "Deny DeniedInbound",
      because: 'default rule "DenyAllInBound" denies it (network security group "nsg")',
    },
    {
      case: "a port that no rule takes",
      rules: open,
      question: { port: 80 },
      says: "Deny NoRoute",
      because: 'no rule of load balancer "lb" takes it',
    },
    {
      case: "ping is answered by the frontend",
      rules: open,
      question: { protocol: "Icmp" },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": whether a public frontend answers ping depends on health probes',
    },
    {
      case: "a pool without a member in the input",
      rules: open,
      named: false,
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0": its pool has no member in the input',
    },
    {
      case: "a pool by address",
      rules: open,
      named: false,
      balancer: { addresses: ["10.0.1.4"] },
      says: "Allow Delivered",
      because: 'rule "web" allows it (network security group "nsg")',
    },
    {
      case: "a listed member that is not in the input",
      rules: open,
      named: false,
      balancer: {
        backendAddressPools: [{ id: poolOf("lb"), name: "pool", addresses: [], ipConfigurationIds: [`${web2}0`] }],
      },
      says: "Unknown InsufficientInfo",
      because: `load balancer "lb": rule "rule-0": member "${web2}0" of pool "pool" is not in the input`,
    },
    {
      case: "an address of the pool that no subnet holds",
      rules: open,
      named: false,
      balancer: { addresses: ["10.9.0.4"] },
      says: "Unknown InsufficientInfo",
      because:
        'load balancer "lb": rule "rule-0": no subnet of the input holds backend address 10.9.0.4 of load balancer "lb"',
    },
    {
      case: "a backend port that could not be read",
      rules: open,
      balancer: { rules: [{ backendPort: unknown('parameter "port" has no default') }] },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0": parameter "port" has no default',
    },
    {
      case: "floating IP",
      rules: open,
      balancer: { rules: [{ enableFloatingIP: true }] },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0" uses floating IP, which is not modelled',
    },
    {
      case: "an inbound NAT rule to one machine",
      rules: open,
      question: { port: 50001 },
      balancer: { natRules: [{ frontendPorts: ports("50001"), backendIpConfigurationId: web2 }] },
      says: "Allow Delivered",
      because: 'rule "web" allows it (network security group "nsg")',
    },
    {
      case: "an inbound NAT rule that a machine's interface names, as templates do",
      rules: [
        { name: "web", priority: 100, direction: "Inbound", access: "Allow", ports: "8443", to: "10.0.1.5/32" },
        { name: "others", priority: 200, direction: "Inbound", access: "Deny" },
      ],
      question: { port: 50001 },
      balancer: { natRules: [{ frontendPorts: ports("50001") }] },
      natRule: `${idOf("loadBalancers", "LB")}/inboundNatRules/NAT-0`,
      says: "Allow Delivered",
      because: 'rule "web" allows it (network security group "nsg")',
    },
    {
      case: "an inbound NAT rule when the interface names another",
      rules: open,
      question: { port: 50001 },
      balancer: { natRules: [{ frontendPorts: ports("50001") }] },
      natRule: `${idOf("loadBalancers", "lb")}/inboundNatRules/nat-1`,
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "nat-0": the machine that it leads to is not in the input',
    },
    {
      case: "an inbound NAT rule that nothing in the input says the machine of",
      rules: open,
      question: { port: 50001 },
      balancer: { natRules: [{ frontendPorts: ports("50001") }] },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "nat-0": the machine that it leads to is not in the input',
    },
    {
      case: "an inbound NAT rule for a pool",
      rules: open,
      question: { port: 50003 },
      balancer: { natRules: [{ frontendPorts: ports("50000-50099"), backendAddressPoolIds: [poolOf("lb")] }] },
      says: "Unknown InsufficientInfo",
      because:
        'load balancer "lb": rule "nat-0": which member of its pool an inbound NAT rule gives a port to is not in the input',
    },
  ])("$case", ({ says, because, question, ...words }) => {
    const answer = ask(words, { ...((question?.protocol ?? "Tcp") === "Icmp" ? {} : { port: 443 }), ...question });
    expect([`${answer.verdict} ${answer.disposition}`, answer.because]).toEqual([says, because]);
  });

  test.each([
    {
      case: "not said",
      says: "Unknown InsufficientInfo",
      because: "several subnets of the input hold backend address",
    },
    { case: "the one that is open", inNetwork: idOf("virtualNetworks", "VNET"), says: "Allow Delivered", because: "" },
    {
      case: "the one that is closed",
      inNetwork: idOf("virtualNetworks", "other"),
      says: "Deny DeniedInbound",
      because: 'default rule "DenyAllInBound" denies it (network security group "closed")',
    },
    {
      case: "not in the input",
      inNetwork: idOf("virtualNetworks", "away"),
      says: "Unknown InsufficientInfo",
      because: "no subnet of the input holds backend address 10.0.1.4",
    },
    {
      case: "not read",
      inNetwork: unknown('parameter "vnet" has no default'),
      says: "Unknown InsufficientInfo",
      because: 'pool "pool" of load balancer "lb": parameter "vnet" has no default',
    },
  ])("an address that two virtual networks hold is in the one that its pool names: $case", (given) => {
    const pool = { id: poolOf("lb"), name: "pool", addresses: [ip("10.0.1.4")], ipConfigurationIds: [] };
    const { inNetwork, says, because } = given;
    const virtualNetworkId = inNetwork === undefined ? {} : { virtualNetworkId: inNetwork };
    const asked = network({
      virtualNetworks: ["vnet", "other"].map((name) =>
        virtualNetwork(name, "10.0.0.0/16", {
          web: ["10.0.1.0/24", { defaultOutboundAccess: true, nsg: name === "vnet" ? "nsg" : "closed" }],
        }),
      ),
      networkSecurityGroups: [securityGroup("nsg", open), securityGroup("closed", [])],
      publicIPAddresses: [publicIp("lb-pip", "203.0.113.10")],
      loadBalancers: [
        loadBalancer("lb", { frontend: "lb-pip", backendAddressPools: [{ ...pool, ...virtualNetworkId }] }),
      ],
    });
    const answer = explain(asked, { from: "198.51.100.7", to: "203.0.113.10", protocol: "Tcp", port: 443 });
    if (!answer.ok) throw new Error(answer.message);
    expect(`${answer.value.verdict} ${answer.value.disposition}`).toBe(says);
    expect(answer.value.because).toContain(because);
  });

  test("every member of the pool must take it", () => {
    const rules: readonly RuleWords[] = [
      { name: "no", priority: 90, direction: "Inbound", access: "Deny", to: "10.0.1.5/32" },
      ...open,
    ];
    expect(ask({ rules }, { port: 443 })).toMatchObject({
      verdict: "Deny",
      because: 'rule "no" denies it (network security group "nsg")',
    });
  });
});

const outbound = (protocol: "Tcp" | "Udp" | "All" | Unknown) => ({
  outboundRules: [
    {
      name: "out",
      protocol,
      backendAddressPoolId: poolOf("lb"),
      frontendIpConfigurationIds: [`${idOf("loadBalancers", "lb")}/frontendIPConfigurations/front`],
    },
  ],
});
const internal = { frontend: "vnet/web 10.0.1.100" };
const noAccess =
  '"web-1" is in a pool of Standard load balancer "lb", which leaves no default outbound access, and none of its rules carries the flow out';

describe("from a member of a pool to the Internet, in a subnet with default outbound access", () => {
  test.each<Words & { case: string; says: string; because: string; question?: Partial<Question> }>([
    { case: "an internal Standard one", balancer: internal, says: "Deny NoEgress", because: noAccess },
    {
      case: "a public Standard one whose rules leave source translation to outbound rules",
      balancer: { rules: [{ disableOutboundSnat: true }] },
      says: "Deny NoEgress",
      because: noAccess,
    },
    {
      case: "a public Standard one with a rule for the protocol",
      says: "Allow ExitsNetwork",
      because: 'leaves by rule "rule-0" of load balancer "lb"',
    },
    {
      case: "an outbound rule",
      balancer: { rules: [], ...outbound("All") },
      says: "Allow ExitsNetwork",
      because: 'leaves by rule "out" of load balancer "lb"',
    },
    {
      case: "an outbound rule for another protocol",
      balancer: { rules: [], ...outbound("Udp") },
      says: "Deny NoEgress",
      because: noAccess,
    },
    {
      case: "an outbound rule whose protocol could not be read",
      balancer: { rules: [], ...outbound(unknown('parameter "protocol" has no default')) },
      says: "Unknown InsufficientInfo",
      because: 'rule "out": parameter "protocol" has no default',
    },
    {
      case: "whether a rule translates the source could not be read",
      balancer: { rules: [{ disableOutboundSnat: unknown('parameter "snat" has no default') }] },
      says: "Unknown InsufficientInfo",
      because: 'rule "rule-0": parameter "snat" has no default',
    },
    {
      case: "an internal Basic one",
      balancer: { ...internal, skuName: "basic" },
      says: "Allow ExitsNetwork",
      because: 'leaves by the default outbound access of subnet "web"',
    },
    {
      case: "an internal one without SKU",
      balancer: { ...internal, skuName: undefined as never },
      says: "Unknown InsufficientInfo",
      because: 'the SKU of load balancer "lb" is not given',
    },
    {
      case: "an internal one that lists the address",
      named: false,
      balancer: { ...internal, addresses: ["10.0.1.4"] },
      says: "Deny NoEgress",
      because: noAccess,
    },
    {
      case: "one that lists an address without a network interface in the input",
      balancer: { ...internal, addresses: ["10.0.1.77"] },
      question: { from: "10.0.1.77" },
      says: "Deny NoEgress",
      because: noAccess.replace("web-1", "web"),
    },
    {
      case: "another address of the subnet",
      balancer: { ...internal, addresses: ["10.0.1.77"] },
      question: { from: "10.0.1.78" },
      says: "Allow ExitsNetwork",
      because: 'leaves by the default outbound access of subnet "web"',
    },
    {
      case: "an internal one of which an address could not be read",
      named: false,
      balancer: {
        ...internal,
        backendAddressPools: [
          {
            id: poolOf("lb"),
            name: "pool",
            addresses: [unknown('parameter "ip" has no default')],
            ipConfigurationIds: [],
          },
        ],
      },
      says: "Unknown InsufficientInfo",
      because: 'parameter "ip" has no default',
    },
    {
      case: "a pool that is not in the input",
      balancer: { id: idOf("loadBalancers", "other"), backendAddressPools: [] },
      says: "Unknown InsufficientInfo",
      because: `load balancer pool "${poolOf("lb")}" is not in the input`,
    },
  ])("$case", ({ says, because, question, ...words }) => {
    const answer = ask(words, { from: "10.0.1.4", to: "192.0.2.1", port: 443, ...question });
    expect([`${answer.verdict} ${answer.disposition}`, answer.because]).toEqual([says, because]);
  });

  test("a whole subnet is answered for its members and the others apart", () => {
    const answer = ask({ balancer: internal }, { from: "vnet/web", to: "192.0.2.1", port: 443 });
    expect(answer.parts.map(({ from, verdict }) => [from, verdict])).toEqual([
      ["10.0.1.4/32", "Deny"],
      ["10.0.1.5/32", "Deny"],
      ["10.0.1.0/30, 10.0.1.6/31, 10.0.1.8/29, 10.0.1.16/28 and 3 more", "Allow"],
    ]);
  });
});

describe("from inside to the frontend of an internal load balancer", () => {
  test.each<Words & { case: string; says: string; because: string; question?: Partial<Question> }>([
    {
      case: "needs no security group",
      says: "Allow Delivered",
      because: "system route 10.0.0.0/16 sends it to VirtualNetwork",
    },
    {
      case: "the security group of the members sees the backend port",
      rules: [{ name: "no", priority: 100, direction: "Inbound", access: "Deny", ports: "8443" }],
      says: "Deny DeniedInbound",
      because: 'rule "no" denies it (network security group "nsg")',
    },
    {
      case: "and not the frontend port",
      rules: [{ name: "no", priority: 100, direction: "Inbound", access: "Deny", ports: "443" }],
      says: "Allow Delivered",
      because: 'default rule "AllowVnetInBound" allows it (network security group "nsg")',
    },
    {
      case: "one of the members does not take it",
      rules: [{ name: "no", priority: 100, direction: "Inbound", access: "Deny", to: "10.0.1.5/32" }],
      says: "Deny DeniedInbound",
      because: 'rule "no" denies it (network security group "nsg")',
    },
    {
      case: "a port that no rule takes is dropped",
      question: { port: 80 },
      says: "Deny NoRoute",
      because: 'no rule of load balancer "lb" takes it',
    },
    {
      case: "and so is ping",
      question: { protocol: "Icmp" },
      says: "Deny NoRoute",
      because: 'no rule of load balancer "lb" takes it',
    },
    {
      case: "a rule for all ports keeps the port",
      balancer: { rules: [{ protocol: "All", frontendPorts: ports("0-65535"), backendPort: 0 }] },
      rules: [{ name: "no", priority: 100, direction: "Inbound", access: "Deny", ports: "22" }],
      question: { port: 22 },
      says: "Deny DeniedInbound",
      because: 'rule "no" denies it (network security group "nsg")',
    },
    {
      case: "a member itself",
      question: { from: "10.0.1.4" },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0" may give a flow of a member back to itself',
    },
    {
      case: "floating IP",
      balancer: { rules: [{ enableFloatingIP: true }] },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0" uses floating IP, which is not modelled',
    },
    {
      case: "a pool without a member in the input",
      named: false,
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0": its pool has no member in the input',
    },
    {
      case: "a pool that lists the frontend itself",
      named: false,
      balancer: { addresses: ["10.0.1.100"] },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": its pool leads back to it',
    },
    {
      case: "a rule whose frontend could not be read",
      balancer: { rules: [{ frontendIpConfigurationId: unknown('parameter "front" has no default') }] },
      says: "Unknown InsufficientInfo",
      because: 'load balancer "lb": rule "rule-0": parameter "front" has no default',
    },
  ])("$case", ({ says, because, question, balancer, ...words }) => {
    const port = question?.protocol === "Icmp" ? {} : { port: 443 };
    const asked = { from: "10.0.2.4", to: "10.0.1.100", ...port, ...question };
    const answer = ask({ balancer: { ...internal, ...balancer }, ...words }, asked);
    expect([`${answer.verdict} ${answer.disposition}`, answer.because]).toEqual([says, because]);
  });

  test("the subnet of the frontend is answered for it and the machines apart", () => {
    const answer = ask({ balancer: internal }, { from: "10.0.2.4", to: "vnet/web", port: 80 });
    expect(answer.parts.map(({ to, disposition }) => [to.split(",")[0], disposition])).toEqual([
      ["10.0.1.100/32", "NoRoute"],
      ["10.0.1.0/26", "Delivered"],
    ]);
  });
});

describe("from the Internet to a machine's own public address", () => {
  test.each([
    { case: "Standard in any case is closed", skuName: "STANDARD", says: "Deny" },
    { case: "a SKU that could not be read", skuName: unknown("not read"), says: "Unknown" },
    { case: "Basic is open", skuName: "Basic", says: "Allow" },
  ])("$case without a security group", ({ skuName, says }) => {
    const of = network({
      virtualNetworks: [virtualNetwork("vnet", "10.0.0.0/16", { web: "10.0.1.0/24" })],
      networkInterfaces: [
        networkInterface("web-1", "vnet/web", "10.0.1.4", {
          ip: { publicIpAddressId: idOf("publicIPAddresses", "pip") },
        }),
      ],
      publicIPAddresses: [{ ...publicIp("pip", "203.0.113.10"), skuName, ipAddress: ip("203.0.113.10") }],
    });
    const answer = explain(of, { from: "198.51.100.7", to: "203.0.113.10", protocol: "Tcp", port: 443 });
    expect(answer).toMatchObject({ ok: true, value: { verdict: says } });
  });
});
