import { describe, expect, test } from "vitest";
import type { WalkerInput } from "../../../sandbox/walker/estate.ts";
import type { Question } from "../../../sandbox/walker/packet.ts";
import {
  applicationRule,
  child,
  firewall,
  firewallPolicy,
  idOf,
  networkInterface,
  peering,
  publicAddress,
  ref,
  resource,
  routeTable,
  ruleCollection,
  ruleGroup,
  securityGroup,
  securityRule,
  virtualNetwork,
} from "../../support/arm-resources.ts";
import { ask } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

/** A network whose subnet has what is given. */
const network = (subnet: Readonly<Record<string, unknown>>) =>
  virtualNetwork("vnet", ["10.0.0.0/16"], {
    default: { addressPrefix: "10.0.0.0/24", ...subnet },
    dmz: "10.0.9.0/24",
    AzureFirewallSubnet: "10.0.8.0/26",
  });

const toAppliance = (address: string) => routeTable("routes", { default: ["0.0.0.0/0", "VirtualAppliance", address] });
const routed = network({ routeTable: ref("routeTables", "routes") });
const guarded = network({ networkSecurityGroup: ref("networkSecurityGroups", "nsg") });

const behindFirewall = (rule: Readonly<Record<string, unknown>>, policy: Readonly<Record<string, unknown>> = {}) => [
  routed,
  toAppliance("10.0.8.4"),
  publicAddress("fw-pip", "192.0.2.10"),
  firewall("fw", "vnet", "10.0.8.4"),
  firewallPolicy("fw", policy),
  ruleGroup("fw", "group", 200, ruleCollection("rules", 100, "Allow", rule)),
];

const adminDeny = (staticMembers: readonly string[]) => [
  guarded,
  securityGroup("nsg"),
  child(["networkManagers", "m", "networkGroups", "group"], {}),
  ...staticMembers.map((member) =>
    child(["networkManagers", "m", "networkGroups", "group", "staticMembers", member], {
      resourceId: idOf("virtualNetworks", member),
    }),
  ),
  child(["networkManagers", "m", "securityAdminConfigurations", "c", "ruleCollections", "r"], {
    appliesToGroups: [{ networkGroupId: idOf("networkManagers", "m", "networkGroups", "group") }],
  }),
  child(["networkManagers", "m", "securityAdminConfigurations", "c", "ruleCollections", "r", "rules", "none"], {
    priority: 1,
    direction: "Outbound",
    access: "Deny",
    protocol: "Any",
  }),
];

describe("a doubt says what is missing", () => {
  const cases: readonly (Partial<WalkerInput> & {
    readonly case: string;
    readonly because: string;
    readonly ask?: Partial<Question>;
  })[] = [
    {
      case: "a route table",
      resources: [network({ routeTable: ref("routeTables", "gone") })],
      because: 'route table "gone" is not in the input',
    },
    {
      case: "the content of a service tag in a rule",
      resources: [
        guarded,
        securityGroup("nsg", securityRule("sql", 100, { access: "Deny", destinationAddressPrefix: "Sql" })),
      ],
      because: 'the content of service tag "Sql" is not known',
    },
    {
      case: "the content of a service tag in a route",
      resources: [routed, routeTable("routes", { tag: ["Sql", "None"] })],
      because: 'which route of subnet "default" wins cannot be told from the input',
    },
    {
      case: "a rule with ports for a protocol without",
      resources: [
        guarded,
        securityGroup("nsg", securityRule("web", 100, { access: "Deny", destinationPortRange: "443" })),
      ],
      ask: { protocol: "Icmp", port: 0 },
      because: "no page says whether a rule with single ports takes Icmp, which has none",
    },
    {
      case: "what an appliance does",
      resources: [
        routed,
        toAppliance("10.0.9.4"),
        networkInterface("nva", "vnet/dmz", "10.0.9.4", { properties: { enableIPForwarding: true } }),
      ],
      because: "what the appliance at 10.0.9.4 does with the packet is not in the input",
    },
    {
      case: "a parent policy",
      resources: behindFirewall(applicationRule("a", ["*"]), { basePolicy: ref("firewallPolicies", "gone") }),
      dnsRecords: { "www.contoso.com": ["203.0.113.20"] },
      ask: { to: "www.contoso.com" },
      because: 'firewall policy "gone" is not in the input, so its rules are not known',
    },
    {
      case: "an FQDN tag",
      resources: behindFirewall(applicationRule("a", [], { fqdnTags: ["Unread"] })),
      dnsRecords: { "www.contoso.com": ["203.0.113.20"] },
      ask: { to: "www.contoso.com" },
      because: 'the content of FQDN tag "Unread" is not known',
    },
    {
      case: "the members of a network group",
      resources: adminDeny([]),
      because: 'whether security admin rule "none" (1) applies here cannot be told from the input',
    },
    {
      case: "a load balancer's backends",
      resources: [
        network({}),
        resource("loadBalancers", "lb", {
          frontendIPConfigurations: [
            {
              name: "front",
              properties: { privateIPAddress: "10.0.9.9", subnet: ref("virtualNetworks", "vnet", "subnets", "dmz") },
            },
          ],
          loadBalancingRules: [
            {
              name: "all",
              properties: {
                frontendIPConfiguration: ref("loadBalancers", "lb", "frontendIPConfigurations", "front"),
                protocol: "All",
              },
            },
          ],
        }),
      ],
      ask: { to: "10.0.9.9" },
      because: 'load balancer "lb" has no backend in the input',
    },
    {
      case: "a source that is no address",
      resources: [network({})],
      ask: { from: "10.0.0.04" },
      because: '"10.0.0.04" is not an IPv4 address',
    },
  ];

  test.each(cases)("$case: $because", ({ because, ask: change, case: _, ...given }) => {
    const answer = ask(given, { ...out, ...change });
    expect([answer.verdict, answer.because]).toEqual(["Unknown", because]);
  });
});

describe("a denial says what stands in the way", () => {
  test.each([
    {
      case: "a security rule",
      resources: [guarded, securityGroup("nsg", securityRule("no-web", 100, { access: "Deny" }))],
      because: 'rule "no-web" (100) of network security group "nsg" denies outbound traffic from 10.0.0.4',
    },
    {
      case: "a security admin rule",
      resources: adminDeny(["vnet"]),
      because: 'security admin rule "none" (1) denies it',
    },
    {
      case: "a route to None",
      resources: [routed, routeTable("routes", { drop: ["203.0.113.0/24", "None"] })],
      because: 'User route "drop" for 203.0.113.0/24 drops 203.0.113.9',
    },
    {
      case: "an appliance that may not forward",
      resources: [routed, toAppliance("10.0.9.4"), networkInterface("nva", "vnet/dmz", "10.0.9.4")],
      because: 'interface "nva" of the appliance 10.0.9.4 has enableIPForwarding false',
    },
    {
      case: "an appliance out of reach",
      resources: [routed, toAppliance("10.8.0.4")],
      because: 'appliance 10.8.0.4 of route "default" is neither in "vnet" nor in a peered network',
    },
    {
      case: "a gateway that is not there",
      resources: [routed, routeTable("routes", { tunnel: ["0.0.0.0/0", "VirtualNetworkGateway"] })],
      because: 'virtual network "vnet" has no virtual network gateway to use',
    },
    {
      case: "a private subnet",
      resources: [network({ defaultOutboundAccess: false })],
      because:
        'subnet "default" is private (defaultOutboundAccess false) and has no NAT gateway, public address or outbound rule',
    },
  ])("$case", ({ resources, because }) => {
    const answer = ask({ resources }, out);
    expect([answer.verdict, answer.because]).toEqual(["Deny", because]);
  });

  test("a network outside the group of an admin rule is not touched", () => {
    expect(ask({ resources: adminDeny(["other"]) }, out).verdict).toBe("Allow");
  });
});

test("a crossed peering is a hop of its own", () => {
  const resources = [
    network({}),
    virtualNetwork("far", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    peering("vnet", "far"),
    peering("far", "vnet"),
  ];
  const { hops } = ask({ resources }, { ...out, to: "10.1.0.4" });
  expect(hops.map(({ step, at, verdict }) => [step, at, verdict])).toEqual([
    ["Route", "default", "Allow"],
    ["Peering", "vnet-to-far", "Allow"],
    ["Arrival", "default", "Allow"],
  ]);
});

test("of two networks with the same range, the one whose interface carries the address is meant", () => {
  const resources = [
    virtualNetwork("one", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    virtualNetwork("two", ["10.0.0.0/16"], { default: { addressPrefix: "10.0.0.0/24", defaultOutboundAccess: false } }),
    networkInterface("vm", "two/default", "10.0.0.4"),
  ];
  expect(ask({ resources }, out).disposition).toBe("NoEgress");
});
