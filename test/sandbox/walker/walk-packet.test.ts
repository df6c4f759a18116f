import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openEstate } from "../../../sandbox/walker/estate.ts";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { walkPacket } from "../../../sandbox/walker/walk-packet.ts";
import {
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
  securityGroup,
  securityRule,
  site,
  virtualNetwork,
  vpnGateway,
} from "../../support/arm-resources.ts";
import { workedExamples } from "../../support/worked-examples.ts";
import { ask, input, summary } from "./ask.ts";

const example = fc.constantFrom(...workedExamples);

function verdicts(resources: (typeof workedExamples)[number]["resources"], of: (typeof workedExamples)[number]) {
  const estate = openEstate(input({ resources, serviceTags: of.serviceTags ?? {}, dnsRecords: of.dnsRecords ?? {} }));
  return of.questions.map((question) => {
    const { verdict, disposition } = walkPacket(estate, question);
    return [verdict, disposition];
  });
}

/** The resources with the ids of all references, not those of the resources, in capitals. */
function shouting(resources: (typeof workedExamples)[number]["resources"]) {
  return JSON.parse(JSON.stringify(resources), (key, value) =>
    key === "id" && typeof value === "string" ? value.toUpperCase() : value,
  );
}

/** Every place in a JSON value. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsIn(inner, [...path, key])])
    : [];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return by;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === key ? replaced(v, rest, by) : v]))
    : value;
}

describe("the walk", () => {
  test("does not depend on the order of the resources", () => {
    fc.assert(
      fc.property(
        example.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.resources], { minLength: one.resources.length })),
        ),
        ([one, shuffled]) => {
          expect(verdicts(shuffled, one)).toEqual(verdicts(one.resources, one));
        },
      ),
    );
  });

  test("does not depend on the letter case of ids", () => {
    for (const one of workedExamples) {
      expect(verdicts(shouting(one.resources), one)).toEqual(verdicts(one.resources, one));
    }
  });

  test("answers whatever is wrong with a resource", () => {
    const junk = fc.constantFrom<unknown>(
      undefined,
      null,
      "",
      "?",
      -1,
      [],
      {},
      [null],
      "10.0.0.1/8",
      "0.0.0.0/0",
      true,
    );
    fc.assert(
      fc.property(
        example.chain((one) => {
          const paths = one.resources.flatMap((item, index) =>
            pathsIn(item.properties).map((path) => [String(index), "properties", ...path]),
          );
          return fc.tuple(fc.constant(one), fc.constantFrom(...paths), junk);
        }),
        ([one, path, by]) => {
          const broken = JSON.parse(JSON.stringify(replaced(one.resources, path, by)));
          for (const [verdict] of verdicts(broken, one)) {
            expect(["Allow", "Deny", "Unknown"]).toContain(verdict);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("answers whatever resource is missing", () => {
    for (const one of workedExamples) {
      one.resources.forEach((_, gone) => {
        const rest = one.resources.filter((_item, index) => index !== gone);
        expect(verdicts(rest, one)).toHaveLength(one.questions.length);
      });
    }
  });

  test("answers 20,000 packets over small estates in seconds", () => {
    const estates = workedExamples.map((one) => ({
      questions: one.questions,
      estate: openEstate(
        input({ resources: one.resources, serviceTags: one.serviceTags ?? {}, dnsRecords: one.dnsRecords ?? {} }),
      ),
    }));
    let walked = 0;
    while (walked < 20_000) {
      for (const { estate, questions } of estates) {
        for (const question of questions) {
          walked +=
            walkPacket(estate, { ...question, sourcePort: 49_152 + (walked % 16_000) }).hops.length > -1 ? 1 : 0;
        }
      }
    }
    expect(walked).toBeGreaterThanOrEqual(20_000);
  }, 10_000);
});

describe("where a packet comes from", () => {
  const twins = [
    virtualNetwork("one", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    virtualNetwork("two", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", defaultOutboundAccess: false },
    }),
  ];
  const question: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

  test.each([
    { case: "two networks hold the address", hint: undefined, verdict: "Unknown" },
    { case: "the first is named", hint: "one/default", verdict: "Allow" },
    {
      case: "the second is named by its id",
      hint: idOf("virtualNetworks", "two", "subnets", "default"),
      verdict: "Deny",
    },
  ])("$case: $verdict", ({ hint, verdict }) => {
    const answer = ask({ resources: twins }, hint === undefined ? question : { ...question, fromSubnet: hint });
    expect(answer.verdict).toBe(verdict);
  });

  test("nowhere, when no subnet and no gateway knows a private address", () => {
    const answer = ask({ resources: twins }, { ...question, from: "172.20.0.4", to: "10.0.0.4" });
    expect(summary(answer)).toEqual(["Deny", "NoRoute", "no subnet and no gateway of the estate knows 172.20.0.4"]);
  });
});

describe("from the Internet", () => {
  const estate = (
    routes: Readonly<Record<string, readonly [string, string]>>,
    rules = [
      securityRule("web", 100, { direction: "Inbound", sourceAddressPrefix: "Internet", destinationPortRange: "443" }),
    ],
  ) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: {
        addressPrefix: "10.0.0.0/24",
        networkSecurityGroup: ref("networkSecurityGroups", "nsg"),
        routeTable: ref("routeTables", "routes"),
      },
    }),
    securityGroup("nsg", ...rules),
    routeTable("routes", routes),
    publicAddress("vm-pip", "192.0.2.4"),
    networkInterface("vm", "vnet/default", "10.0.0.4", {
      configuration: { publicIPAddress: ref("publicIPAddresses", "vm-pip") },
    }),
  ];
  const visit: Question = { from: "198.51.100.7", to: "192.0.2.4", protocol: "Tcp", port: 443 };

  test.each([
    { case: "the public address of a machine", resources: estate({}), to: "192.0.2.4", disposition: "Delivered" },
    {
      case: "the private address of a machine that has a public one",
      resources: estate({}),
      to: "10.0.0.4",
      disposition: "Delivered",
    },
    { case: "a private address without a public one", resources: estate({}), to: "10.0.0.5", disposition: "NoRoute" },
    {
      case: "a public address that is not the estate's",
      resources: estate({}),
      to: "192.0.2.9",
      disposition: "NoRoute",
    },
    {
      case: "a rule that denies the Internet before",
      resources: estate({}, [
        securityRule("none", 90, { direction: "Inbound", access: "Deny", sourceAddressPrefix: "Internet" }),
      ]),
      to: "192.0.2.4",
      disposition: "DeniedInbound",
    },
    {
      case: "a machine whose replies are routed to a gateway",
      resources: [...estate({ default: ["0.0.0.0/0", "VirtualNetworkGateway"] })],
      to: "192.0.2.4",
      disposition: "AsymmetricReturn",
    },
    {
      case: "a machine whose replies are dropped",
      resources: estate({ default: ["0.0.0.0/0", "None"] }),
      to: "192.0.2.4",
      disposition: "NullRouted",
    },
  ])("$case: $disposition", ({ resources, to, disposition }) => {
    expect(ask({ resources }, { ...visit, to }).disposition).toBe(disposition);
  });
});

describe("the reply", () => {
  const resources = (back: Readonly<Record<string, readonly [string, string, string?]>>) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      client: "10.0.0.0/24",
      server: { addressPrefix: "10.0.1.0/24", routeTable: ref("routeTables", "back") },
      AzureFirewallSubnet: "10.0.2.0/26",
    }),
    routeTable("back", back),
    firewall("fw", "vnet", "10.0.2.4"),
    firewallPolicy("fw"),
  ];
  const question: Question = { from: "10.0.0.4", to: "10.0.1.4", protocol: "Tcp", port: 443 };

  test.each([
    {
      case: "through a firewall that did not see the beginning",
      back: { client: ["10.0.0.0/24", "VirtualAppliance", "10.0.2.4"] as const },
      expected: [
        "Deny",
        "AsymmetricReturn",
        'the reply from subnet "server" to 10.0.0.4 goes to the appliance 10.0.2.4 instead of straight back',
      ],
    },
    {
      case: "into nothing",
      back: { client: ["10.0.0.0/24", "None"] as const },
      expected: ["Deny", "NullRouted", 'the reply from subnet "server" to 10.0.0.4 is dropped by its route'],
    },
    {
      case: "to the Internet",
      back: { client: ["10.0.0.0/24", "Internet"] as const },
      expected: [
        "Deny",
        "AsymmetricReturn",
        'the reply from subnet "server" to 10.0.0.4 goes to the Internet instead of straight back',
      ],
    },
    {
      case: "home, by another name",
      back: { client: ["10.0.0.0/24", "VnetLocal"] as const },
      expected: ["Allow", "Delivered", '10.0.1.4 in subnet "server" is reached'],
    },
  ])("$case: $expected", ({ back, expected }) => {
    expect(summary(ask({ resources: resources(back) }, question))).toEqual(expected);
  });
});

describe("from on premises", () => {
  const estate = [
    virtualNetwork("hub", ["10.0.0.0/16"], { GatewaySubnet: "10.0.0.0/27", servers: "10.0.1.0/24" }),
    virtualNetwork("user", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    virtualNetwork("stranger", ["10.2.0.0/16"], { default: "10.2.0.0/24" }),
    peering("hub", "user", { allowGatewayTransit: true }),
    peering("user", "hub", { useRemoteGateways: true }),
    peering("hub", "stranger"),
    peering("stranger", "hub"),
    vpnGateway("gateway", "hub"),
    ...site("gateway", "branch", ["192.168.0.0/24"]),
  ];

  test.each([
    { to: "10.0.1.4", disposition: "Delivered", because: "the gateway's own network" },
    { to: "10.1.0.4", disposition: "Delivered", because: "a peer that uses the gateway" },
    { to: "10.2.0.4", disposition: "NoRoute", because: "a peer that does not" },
    { to: "168.63.129.16", disposition: "NoRoute", because: "the platform address answers only inside Azure" },
    {
      to: "203.0.113.9",
      disposition: "InsufficientInfo",
      because: "the branch's own Internet access is not in the input",
    },
  ])("to $to: $disposition, $because", ({ to, disposition }) => {
    const answer = ask({ resources: estate }, { from: "192.168.0.9", to, protocol: "Tcp", port: 53 });
    expect(answer.disposition).toBe(disposition);
  });
});

describe("circles", () => {
  const question: Question = { from: "10.0.0.4", to: "www.contoso.com", protocol: "Tcp", port: 443 };

  test("a DNS proxy that asks itself does not resolve", () => {
    const resources = [
      virtualNetwork(
        "vnet",
        ["10.0.0.0/16"],
        { default: "10.0.0.0/24", AzureFirewallSubnet: "10.0.1.0/26" },
        { dhcpOptions: { dnsServers: ["10.0.1.4"] } },
      ),
      firewall("fw", "vnet", "10.0.1.4"),
      firewallPolicy("fw", { dnsSettings: { enableProxy: true, servers: ["10.0.1.4"] } }),
    ];
    expect(summary(ask({ resources }, question))).toEqual([
      "Deny",
      "NameNotResolvable",
      'DNS proxy of firewall "fw" is asked again, a circle',
    ]);
  });

  test("a ruleset linked to the network of its own target does not resolve", () => {
    const resources = [
      virtualNetwork("vnet", ["10.0.0.0/16"], { default: "10.0.0.0/24", in: "10.0.1.0/28", out: "10.0.2.0/28" }),
      resource("dnsResolvers", "resolver", { virtualNetwork: ref("virtualNetworks", "vnet") }),
      child(["dnsResolvers", "resolver", "inboundEndpoints", "in"], {
        ipConfigurations: [{ privateIpAddress: "10.0.1.4" }],
      }),
      child(["dnsResolvers", "resolver", "outboundEndpoints", "out"], {
        subnet: ref("virtualNetworks", "vnet", "subnets", "out"),
      }),
      resource("dnsForwardingRulesets", "ruleset", {
        dnsResolverOutboundEndpoints: [{ id: idOf("dnsResolvers", "resolver", "outboundEndpoints", "out") }],
      }),
      child(["dnsForwardingRulesets", "ruleset", "virtualNetworkLinks", "vnet"], {
        virtualNetwork: ref("virtualNetworks", "vnet"),
      }),
      child(["dnsForwardingRulesets", "ruleset", "forwardingRules", "all"], {
        domainName: ".",
        targetDnsServers: [{ ipAddress: "10.0.1.4", port: 53 }],
        forwardingRuleState: "Enabled",
      }),
    ];
    expect(summary(ask({ resources }, question))).toEqual([
      "Deny",
      "NameNotResolvable",
      'forwarding rule "all" leads back to "vnet", a circle',
    ]);
  });
});
