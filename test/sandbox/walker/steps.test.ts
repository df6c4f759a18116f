import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import {
  child,
  idOf,
  networkInterface,
  peering,
  ref,
  resource,
  routeTable,
  securityGroup,
  securityRule,
  site,
  virtualNetwork,
  vpnGateway,
} from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

describe("security groups", () => {
  const guarded = (...rules: readonly Readonly<Record<string, unknown>>[]) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
    }),
    securityGroup("nsg", ...rules),
  ];
  const deny = (more: Readonly<Record<string, unknown>>) => securityRule("deny", 200, { access: "Deny", ...more });

  test.each([
    { case: "only default rules", rules: [], verdict: "Allow" },
    { case: "a deny of the tag Internet", rules: [deny({ destinationAddressPrefix: "Internet" })], verdict: "Deny" },
    { case: "a deny shadowed by an allow", rules: [securityRule("allow", 100, {}), deny({})], verdict: "Allow" },
    { case: "a deny for UDP", rules: [deny({ protocol: "Udp" })], verdict: "Allow" },
    { case: "a deny for the next port", rules: [deny({ destinationPortRange: "444-500" })], verdict: "Allow" },
    {
      case: "a deny for a range with the port",
      rules: [deny({ destinationPortRanges: ["1-442", "443"], destinationPortRange: "" })],
      verdict: "Deny",
    },
    { case: "a deny for another source port", rules: [deny({ sourcePortRange: "1-1023" })], verdict: "Allow" },
    { case: "a deny for another source", rules: [deny({ sourceAddressPrefix: "10.0.0.5" })], verdict: "Allow" },
    { case: "an inbound deny", rules: [deny({ direction: "Inbound" })], verdict: "Allow" },
    {
      case: "a deny for a tag of unknown content",
      rules: [deny({ destinationAddressPrefix: "Sql" })],
      verdict: "Unknown",
    },
    {
      case: "a deny for VirtualNetwork without a default route",
      rules: [deny({ destinationAddressPrefix: "VirtualNetwork" })],
      verdict: "Allow",
    },
    {
      case: "a deny for an application security group nobody is in",
      rules: [
        deny({ sourceAddressPrefix: "", sourceApplicationSecurityGroups: [ref("applicationSecurityGroups", "asg")] }),
      ],
      verdict: "Allow",
    },
  ])("$case: $verdict", ({ rules, verdict }) => {
    expect(ask({ resources: guarded(...rules) }, out).verdict).toBe(verdict);
  });

  test("a group that is not in the input leaves the answer open", () => {
    const resources = guarded().filter((one) => one.name !== "nsg");
    expect(summary(ask({ resources }, out))).toEqual([
      "Unknown",
      "InsufficientInfo",
      'network security group "nsg" is not in the input',
    ]);
  });

  test("a later certain denial outweighs an earlier doubt", () => {
    const resources = [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: {
          addressPrefix: "10.0.0.0/24",
          defaultOutboundAccess: false,
          networkSecurityGroup: ref("networkSecurityGroups", "gone"),
        },
      }),
    ];
    expect(ask({ resources }, out).disposition).toBe("NoEgress");
  });

  test.each([
    {
      prefix: "0.0.0.0/0",
      nextHop: ["Internet"] as const,
      verdict: "Unknown",
      because: '"might also contain default routes"',
    },
    {
      prefix: "203.0.113.0/24",
      nextHop: ["Internet"] as const,
      verdict: "Deny",
      because: "prefixes of user routes belong to the tag",
    },
    {
      prefix: "198.51.100.0/24",
      nextHop: ["Internet"] as const,
      verdict: "Allow",
      because: "another prefix does not hold it",
    },
  ])("VirtualNetwork denied beside a route for $prefix: $verdict, $because", ({ prefix, nextHop, verdict }) => {
    const resources = [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: {
          addressPrefix: "10.0.0.0/24",
          networkSecurityGroup: ref("networkSecurityGroups", "nsg"),
          routeTable: ref("routeTables", "routes"),
        },
      }),
      securityGroup("nsg", deny({ destinationAddressPrefix: "VirtualNetwork" })),
      routeTable("routes", { route: [prefix, ...nextHop] }),
    ];
    expect(ask({ resources }, out).verdict).toBe(verdict);
  });
});

describe("platform addresses", () => {
  const denyAll = securityRule("none", 100, { access: "Deny" });
  const denyDns = securityRule("no-dns", 101, { access: "Deny", destinationAddressPrefix: "AzurePlatformDNS" });
  const resources = (...rules: readonly Readonly<Record<string, unknown>>[]) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: {
        addressPrefix: "10.0.0.0/24",
        networkSecurityGroup: ref("networkSecurityGroups", "nsg"),
        routeTable: ref("routeTables", "routes"),
      },
    }),
    securityGroup("nsg", ...rules),
    routeTable("routes", { nothing: ["0.0.0.0/0", "None"] }),
  ];

  test.each([
    { to: "168.63.129.16", port: 53, rules: [denyAll], verdict: "Allow", because: "NSGs and routes do not apply" },
    { to: "169.254.169.254", port: 80, rules: [denyAll], verdict: "Allow", because: "NSGs and routes do not apply" },
    { to: "168.63.129.16", port: 53, rules: [denyDns], verdict: "Deny", because: "the tag AzurePlatformDNS is denied" },
    { to: "168.63.129.16", port: 80, rules: [denyDns], verdict: "Allow", because: "the agent's port is not DNS" },
  ])("$to:$port is answered $verdict: $because", ({ to, port, rules, verdict }) => {
    const answer = ask({ resources: resources(...rules) }, { from: "10.0.0.4", to, protocol: "Tcp", port });
    expect(answer.verdict).toBe(verdict);
  });
});

describe("peerings", () => {
  const two = (forward: Readonly<Record<string, unknown>>, back: Readonly<Record<string, unknown>>) => [
    virtualNetwork("a", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    virtualNetwork("b", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    peering("a", "b", forward),
    peering("b", "a", back),
  ];
  const toPeer: Question = { from: "10.0.0.4", to: "10.1.0.4", protocol: "Tcp", port: 443 };

  test.each([
    { case: "both Connected", forward: {}, back: {}, verdict: "Allow" },
    {
      case: "designed, no state yet",
      forward: { peeringState: undefined },
      back: { peeringState: undefined },
      verdict: "Allow",
    },
    { case: "Initiated on this side", forward: { peeringState: "Initiated" }, back: {}, verdict: "Deny" },
    { case: "Disconnected on the other", forward: {}, back: { peeringState: "Disconnected" }, verdict: "Deny" },
    {
      case: "without network access on the far side",
      forward: {},
      back: { allowVirtualNetworkAccess: false },
      verdict: "Deny",
    },
    {
      case: "synchronised before the range was added",
      forward: { remoteAddressSpace: { addressPrefixes: ["10.9.0.0/16"] } },
      back: {},
      verdict: "Deny",
    },
  ])("$case: $verdict", ({ forward, back, verdict }) => {
    expect(ask({ resources: two(forward, back) }, toPeer).verdict).toBe(verdict);
  });

  test("without network access traffic crosses where a rule of the user allows it", () => {
    const resources = [
      ...two({}, { allowVirtualNetworkAccess: false }).slice(1),
      virtualNetwork("a", ["10.0.0.0/16"], {
        default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
      }),
      securityGroup("nsg", securityRule("peer", 100, { destinationAddressPrefix: "10.1.0.0/16" })),
    ];
    expect(ask({ resources }, toPeer).verdict).toBe("Allow");
  });

  test("a peering of single subnets is not followed", () => {
    const resources = two({ peerCompleteVnets: false }, { peerCompleteVnets: false });
    expect(ask({ resources }, toPeer).because).toBe(
      'peering "a-to-b" joins single subnets, which this walker does not follow',
    );
  });

  test("a peer that is not in the input leaves private addresses open", () => {
    const resources = two({}, {}).filter((one) => one.name !== "b");
    expect(summary(ask({ resources }, toPeer))).toEqual([
      "Unknown",
      "InsufficientInfo",
      'the peered virtual network "b" is not in the input',
    ]);
  });
});

describe("virtual network gateways", () => {
  const onPremises: Question = { from: "10.1.0.4", to: "192.168.0.9", protocol: "Tcp", port: 443 };
  const estate = (transit: boolean, remote: boolean, gateway: Readonly<Record<string, unknown>> = {}) => [
    virtualNetwork("hub", ["10.0.0.0/16"], { GatewaySubnet: "10.0.0.0/27" }),
    virtualNetwork("spoke", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    peering("hub", "spoke", { allowGatewayTransit: transit }),
    peering("spoke", "hub", { useRemoteGateways: remote }),
    vpnGateway("gateway", "hub", gateway),
    ...site("gateway", "branch", ["192.168.0.0/24"]),
  ];

  test.each([
    { case: "transit allowed and used", transit: true, remote: true, verdict: "Allow", disposition: "ExitsNetwork" },
    { case: "transit not allowed", transit: false, remote: true, verdict: "Deny", disposition: "NullRouted" },
    { case: "transit not used", transit: true, remote: false, verdict: "Deny", disposition: "NullRouted" },
  ])("a spoke with $case: $disposition", ({ transit, remote, verdict, disposition }) => {
    const answer = ask({ resources: estate(transit, remote) }, onPremises);
    expect([answer.verdict, answer.disposition]).toEqual([verdict, disposition]);
  });

  test.each([
    { case: "nobody said", learned: undefined, verdict: "Unknown" },
    { case: "the prefix is learnt", learned: ["192.168.7.0/24"], verdict: "Allow" },
    { case: "another prefix is learnt", learned: ["192.168.8.0/24"], verdict: "Deny" },
  ])("routes learnt by BGP, $case: $verdict", ({ learned, verdict }) => {
    const learnedRoutes = learned === undefined ? {} : { [idOf("virtualNetworkGateways", "gateway")]: learned };
    const resources = estate(true, true, { enableBgp: true });
    expect(ask({ resources, learnedRoutes }, { ...onPremises, to: "192.168.7.9" }).verdict).toBe(verdict);
  });

  test("what nobody said of learnt routes is said with the route", () => {
    const answer = ask({ resources: estate(true, true, { enableBgp: true }) }, { ...out, from: "10.1.0.4" });
    expect(answer.hops.find((hop) => hop.step === "Route")?.because).toBe(
      'Default route for 0.0.0.0/0, taking it that gateway "gateway" learnt no default route',
    );
  });

  test("a default route learnt by BGP takes Internet traffic on-premises", () => {
    const learnedRoutes = { [idOf("virtualNetworkGateways", "gateway")]: ["0.0.0.0/0"] };
    const answer = ask(
      { resources: estate(true, true, { enableBgp: true }), learnedRoutes },
      { ...out, from: "10.1.0.4" },
    );
    expect(answer.because).toBe(
      "what the on-premises network does with Internet traffic such as 203.0.113.9 is not in the input",
    );
  });

  test("the propagation switch takes gateway routes away", () => {
    const resources = [
      ...estate(true, true).filter((one) => one.name !== "spoke"),
      virtualNetwork("spoke", ["10.1.0.0/16"], {
        default: { addressPrefix: "10.1.0.0/24", routeTable: ref("routeTables", "routes") },
      }),
      routeTable("routes", {}, { disableBgpRoutePropagation: true }),
    ];
    expect(ask({ resources }, onPremises).disposition).toBe("NullRouted");
  });

  test("a user route cannot name an ExpressRoute gateway", () => {
    const resources = [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "routes") },
        GatewaySubnet: "10.0.255.0/27",
      }),
      routeTable("routes", { onPremises: ["192.168.0.0/24", "VirtualNetworkGateway"] }),
      vpnGateway("circuit", "vnet", { gatewayType: "ExpressRoute" }),
    ];
    expect(summary(ask({ resources }, { ...onPremises, from: "10.0.0.4" }))).toEqual([
      "Deny",
      "NoRoute",
      'user route "onPremises" names a gateway, which works for VPN gateways only',
    ]);
  });
});

describe("system routes and more specific routes learnt by BGP", () => {
  const estate = (routes: Readonly<Record<string, readonly [string, string]>>) => [
    virtualNetwork("a", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "routes") },
      GatewaySubnet: "10.0.255.0/27",
    }),
    virtualNetwork("b", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    peering("a", "b"),
    peering("b", "a"),
    routeTable("routes", routes),
    vpnGateway("gateway", "a", { enableBgp: true }),
  ];
  const learnedRoutes = { [idOf("virtualNetworkGateways", "gateway")]: ["10.1.0.0/24", "192.168.0.0/16"] };

  test.each([
    {
      case: "the peering's route is preferred",
      routes: {},
      to: "10.1.0.4",
      hop: "VirtualNetworkPeering",
      verdict: "Allow",
    },
    {
      case: "a longer user route wins",
      routes: { long: ["10.1.0.0/25", "None"] as const },
      to: "10.1.0.4",
      hop: "None",
      verdict: "Deny",
    },
    {
      case: "a user route as long as the learnt one wins",
      routes: { same: ["10.1.0.0/24", "None"] as const },
      to: "10.1.0.4",
      hop: "None",
      verdict: "Deny",
    },
    {
      case: "a user route that only overrides the peering leaves it open",
      routes: { short: ["10.1.0.0/16", "None"] as const },
      to: "10.1.0.4",
      hop: "VirtualNetworkGateway",
      verdict: "Unknown",
    },
    {
      case: "a shorter user route does not override the peering",
      routes: { shorter: ["10.0.0.0/8", "None"] as const },
      to: "10.1.0.4",
      hop: "VirtualNetworkPeering",
      verdict: "Allow",
    },
    {
      case: "elsewhere the learnt route wins over a shorter user route",
      routes: { short: ["192.0.0.0/8", "None"] as const },
      to: "192.168.0.4",
      hop: "VirtualNetworkGateway",
      verdict: "Allow",
    },
    {
      case: "a user route of equal length wins",
      routes: { same: ["192.168.0.0/16", "None"] as const },
      to: "192.168.0.4",
      hop: "None",
      verdict: "Deny",
    },
  ])("$case: $hop, $verdict", ({ routes, to, hop, verdict }) => {
    const answer = ask({ resources: estate(routes), learnedRoutes }, { ...out, to });
    expect([answer.verdict, answer.hops.find((one) => one.step === "Route")?.nextHop]).toEqual([verdict, hop]);
  });
});

describe("appliances", () => {
  const estate = (ipForwarding: boolean, address = "10.0.9.4") => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "routes") },
      dmz: "10.0.9.0/24",
    }),
    routeTable("routes", { default: ["0.0.0.0/0", "VirtualAppliance", address] }),
    networkInterface("nva", "vnet/dmz", "10.0.9.4", { properties: { enableIPForwarding: ipForwarding } }),
  ];

  test.each([
    { case: "forwards, and what it does is not known", resources: estate(true), verdict: "Unknown" },
    { case: "may not forward", resources: estate(false), verdict: "Deny" },
    { case: "is out of reach", resources: estate(true, "10.8.0.4"), verdict: "Deny" },
    { case: "is in no subnet", resources: estate(true, "10.0.200.4"), verdict: "Deny" },
  ])("$case: $verdict", ({ resources, verdict }) => {
    expect(ask({ resources }, out).verdict).toBe(verdict);
  });
});

describe("service endpoint policies", () => {
  const account = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/mine";
  const estate = (serviceResources: readonly string[]) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: {
        addressPrefix: "10.0.0.0/24",
        serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope"] }],
        serviceEndpointPolicies: [ref("serviceEndpointPolicies", "policy")],
      },
    }),
    resource("serviceEndpointPolicies", "policy", {
      serviceEndpointPolicyDefinitions: [
        { name: "storage", properties: { service: "Microsoft.Storage", serviceResources } },
      ],
    }),
  ];
  const tables = {
    serviceTags: { "Storage.westeurope": ["198.51.100.0/24"] },
    dnsRecords: { "mine.blob.core.windows.net": ["198.51.100.9"], "yours.blob.core.windows.net": ["198.51.100.9"] },
  };

  test.each([
    {
      to: "mine.blob.core.windows.net",
      serviceResources: [account],
      verdict: "Allow",
      because: "the account is listed",
    },
    {
      to: "yours.blob.core.windows.net",
      serviceResources: [account],
      verdict: "Deny",
      because: "another account is not",
    },
    {
      to: "yours.blob.core.windows.net",
      serviceResources: ["/subscriptions/0"],
      verdict: "Unknown",
      because: "whose it is cannot be told",
    },
    { to: "198.51.100.9", serviceResources: [account], verdict: "Unknown", because: "an address names no account" },
  ])("$to: $verdict, $because", ({ to, serviceResources, verdict }) => {
    expect(ask({ ...tables, resources: estate(serviceResources) }, { ...out, to }).verdict).toBe(verdict);
  });
});

describe("virtual hubs", () => {
  const hub = ["virtualHubs", "vhub"] as const;
  const firewallId = idOf("azureFirewalls", "hubfw");
  const estate = (secured: boolean, destinations: readonly string[]) => [
    virtualNetwork("a", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    virtualNetwork("b", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    resource("virtualHubs", "vhub", { addressPrefix: "10.100.0.0/23" }),
    ...["a", "b"].map((name) =>
      child([...hub, "hubVirtualNetworkConnections", name], {
        remoteVirtualNetwork: ref("virtualNetworks", name),
        enableInternetSecurity: secured,
      }),
    ),
    child([...hub, "routingIntent", "intent"], {
      routingPolicies: destinations.map((destination) => ({
        name: destination,
        destinations: [destination],
        nextHop: firewallId,
      })),
    }),
    resource("azureFirewalls", "hubfw", {
      sku: { name: "AZFW_Hub", tier: "Standard" },
      virtualHub: ref(...hub),
      hubIPAddresses: {
        privateIPAddress: "10.100.0.4",
        publicIPs: { count: 1, addresses: [{ address: "192.0.2.20" }] },
      },
      firewallPolicy: ref("firewallPolicies", "policy"),
    }),
    resource("firewallPolicies", "policy", {}),
    child(["firewallPolicies", "policy", "ruleCollectionGroups", "group"], {
      priority: 200,
      ruleCollections: [
        {
          name: "https",
          priority: 100,
          action: { type: "Allow" },
          rules: [
            {
              ruleType: "NetworkRule",
              name: "https",
              ipProtocols: ["TCP"],
              sourceAddresses: ["*"],
              destinationAddresses: ["*"],
              destinationPorts: ["443"],
            },
          ],
        },
      ],
    }),
  ];
  const bothPolicies = ["Internet", "PrivateTraffic"];

  test.each([
    { to: "203.0.113.9", port: 443, secured: true, intent: bothPolicies, verdict: "Allow", at: "hubfw" },
    { to: "203.0.113.9", port: 80, secured: true, intent: bothPolicies, verdict: "Deny", at: "hubfw" },
    { to: "203.0.113.9", port: 80, secured: false, intent: bothPolicies, verdict: "Allow", at: undefined },
    { to: "10.1.0.4", port: 443, secured: true, intent: bothPolicies, verdict: "Allow", at: "hubfw" },
    { to: "10.1.0.4", port: 80, secured: true, intent: bothPolicies, verdict: "Deny", at: "hubfw" },
    { to: "10.1.0.4", port: 80, secured: true, intent: ["Internet"], verdict: "Allow", at: undefined },
    { to: "10.9.0.4", port: 443, secured: true, intent: bothPolicies, verdict: "Deny", at: "hubfw" },
  ])(
    "$to:$port, default route $secured, policies $intent: $verdict by $at",
    ({ to, port, secured, intent, verdict, at }) => {
      const answer = ask({ resources: estate(secured, intent) }, { ...out, to, port });
      expect([answer.verdict, answer.hops.find((hop) => hop.step === "Firewall")?.at]).toEqual([verdict, at]);
    },
  );
});
