import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { idOf, peering, ref, routeTable, site, virtualNetwork, vpnGateway } from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

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
