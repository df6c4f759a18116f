import { describe, expect, test } from "vitest";
import { rulesFor } from "../../../sandbox/arm/rules.ts";
import { type ArmBench, armBench, networkId, ref } from "./support.ts";

const hub = networkId("virtualNetworks/hub");
const spoke = networkId("virtualNetworks/spoke");
const toSpoke = `${hub}/virtualNetworkPeerings/to-spoke`;
const toHub = `${spoke}/virtualNetworkPeerings/to-hub`;
const space = (...addressPrefixes: string[]) => ({
  location: "westeurope",
  properties: { addressSpace: { addressPrefixes } },
});
const peering = (remote: string, more: object = {}) => ({
  properties: { remoteVirtualNetwork: { id: remote }, ...more },
});

function networks(azure: ArmBench): void {
  azure.put(hub, space("10.0.0.0/16"));
  azure.put(spoke, space("10.1.0.0/16"));
}

function gateway(azure: ArmBench, network: string, prefix: string): void {
  azure.put(`${network}/subnets/GatewaySubnet`, { properties: { addressPrefix: prefix } });
  azure.put(networkId("publicIPAddresses/pip-gw"), {
    location: "westeurope",
    sku: { name: "Standard" },
    zones: ["1", "2", "3"],
    properties: { publicIPAllocationMethod: "Static" },
  });
  azure.put(networkId("virtualNetworkGateways/gw"), {
    location: "westeurope",
    properties: {
      gatewayType: "Vpn",
      vpnType: "RouteBased",
      sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" },
      ipConfigurations: [
        {
          name: "default",
          properties: {
            subnet: { id: `${network}/subnets/GatewaySubnet` },
            publicIPAddress: ref("publicIPAddresses/pip-gw"),
          },
        },
      ],
    },
  });
}

const stateOf = (azure: ArmBench, id: string) => azure.get(id).properties.peeringState;

describe("peering states", () => {
  test("one side is Initiated, both are Connected, the one left over is Disconnected", () => {
    const bench = armBench(networks);
    bench.put(toSpoke, peering(spoke));
    expect(stateOf(bench, toSpoke)).toBe("Initiated");
    bench.put(toHub, peering(hub));
    expect([stateOf(bench, toSpoke), stateOf(bench, toHub)]).toEqual(["Connected", "Connected"]);
    bench.delete(toHub);
    expect(stateOf(bench, toSpoke)).toBe("Disconnected");
  });

  test("a Disconnected side must be written again before the other can come back", () => {
    const bench = armBench(networks);
    bench.put(toSpoke, peering(spoke));
    bench.put(toHub, peering(hub));
    bench.delete(toHub);
    expect(bench.verdict(toHub, peering(hub))).toBe("RemotePeeringIsDisconnected");
    bench.put(toSpoke, peering(spoke));
    expect(stateOf(bench, toSpoke)).toBe("Initiated");
    bench.put(toHub, peering(hub));
    expect(stateOf(bench, toSpoke)).toBe("Connected");
  });

  test("a network that goes away disconnects its peers", () => {
    const bench = armBench(networks);
    bench.put(toSpoke, peering(spoke));
    bench.put(toHub, peering(hub));
    bench.delete(spoke);
    expect(stateOf(bench, toSpoke)).toBe("Disconnected");
  });

  test("a changed address space puts both sides out of sync until each is written with syncRemoteAddressSpace", () => {
    const bench = armBench(networks);
    bench.put(toSpoke, peering(spoke));
    bench.put(toHub, peering(hub));
    const level = (id: string) => bench.get(id).properties.peeringSyncLevel;
    expect([level(toSpoke), level(toHub)]).toEqual(["FullyInSync", "FullyInSync"]);
    bench.put(spoke, space("10.1.0.0/16", "10.2.0.0/16"));
    expect([level(toSpoke), level(toHub)]).toEqual(["LocalNotInSync", "RemoteNotInSync"]);
    bench.put(toSpoke, peering(spoke));
    expect(level(toSpoke)).toBe("LocalNotInSync");
    bench.put(toSpoke, peering(spoke), { syncRemoteAddressSpace: "true" });
    expect([level(toSpoke), level(toHub)]).toEqual(["FullyInSync", "FullyInSync"]);
  });

  test("a GET of the network lists its peerings", () => {
    const bench = armBench(networks);
    bench.put(toSpoke, peering(spoke));
    expect(bench.get(hub).properties.virtualNetworkPeerings).toMatchObject([
      {
        id: toSpoke,
        properties: {
          peeringState: "Initiated",
          remoteVirtualNetworkAddressSpace: { addressPrefixes: ["10.1.0.0/16"] },
        },
      },
    ]);
  });

  test("a write locks both networks", () => {
    const body = {
      id: toSpoke,
      name: "to-spoke",
      type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
      ...peering(spoke),
    };
    expect(rulesFor(body.type)?.locks(toSpoke, body)).toEqual([toSpoke, hub, spoke]);
  });
});

describe("what ARM refuses of a peering", () => {
  test.each([
    { case: "to a network that is there", body: peering(spoke), verdict: "accepted" },
    {
      case: "to a network that is not",
      body: peering(networkId("virtualNetworks/none")),
      verdict: "InvalidResourceReference",
    },
    { case: "to nothing", body: { properties: {} }, verdict: "InvalidRequestFormat" },
    { case: "to itself", body: peering(hub), verdict: "CannotPeerVirtualNetworkWithItself" },
  ])("a peering $case is $verdict", ({ body, verdict }) => {
    expect(armBench(networks).verdict(toSpoke, body)).toBe(verdict);
  });

  test("peered spaces do not overlap", () => {
    const bench = armBench((azure) => {
      azure.put(hub, space("10.0.0.0/16", "10.9.0.0/16"));
      azure.put(spoke, space("10.0.4.0/24"));
    });
    expect(bench.refusals(toSpoke, peering(spoke))).toEqual([
      `VnetAddressSpacesOverlap: Cannot create or update peering ${toSpoke}. Virtual networks ${hub} and ${spoke} cannot be peered because their address spaces overlap. Overlapping address prefixes: 10.0.0.0/16`,
    ]);
  });

  test("two spokes of one hub do not overlap either", () => {
    const other = networkId("virtualNetworks/other");
    const bench = armBench((azure) => {
      networks(azure);
      azure.put(other, space("10.1.8.0/24"));
      azure.put(toSpoke, peering(spoke));
    });
    expect(bench.verdict(`${hub}/virtualNetworkPeerings/to-other`, peering(other))).toBe(
      "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
    );
    bench.put(other, space("10.2.8.0/24"));
    expect(bench.verdict(`${hub}/virtualNetworkPeerings/to-other`, peering(other))).toBe("accepted");
  });

  test("a network does not grow into a peer", () => {
    const bench = armBench((azure) => {
      networks(azure);
      azure.put(toSpoke, peering(spoke));
    });
    expect(bench.verdict(hub, space("10.0.0.0/16", "10.1.0.0/20"))).toBe(
      "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
    );
    expect(bench.verdict(hub, space("10.0.0.0/16", "10.2.0.0/20"))).toBe("accepted");
  });

  test("there is one peering a pair, and its remote network is fixed", () => {
    const other = networkId("virtualNetworks/other");
    const bench = armBench((azure) => {
      networks(azure);
      azure.put(other, space("10.2.0.0/16"));
      azure.put(toSpoke, peering(spoke));
    });
    expect(bench.verdict(`${hub}/virtualNetworkPeerings/again`, peering(spoke))).toBe(
      "AnotherPeeringAlreadyReferencesRemoteVnet",
    );
    expect(bench.verdict(toSpoke, peering(other))).toBe("ChangingRemoteVirtualNetworkNotAllowed");
    expect(bench.verdict(toSpoke, peering(spoke, { allowForwardedTraffic: true }))).toBe("accepted");
  });
});

describe("gateways through peerings", () => {
  const transit = { allowGatewayTransit: true };
  const use = { useRemoteGateways: true };

  test("a remote gateway must be there", () => {
    const bench = armBench(networks);
    expect(bench.refusals(toHub, peering(hub, use))).toEqual([
      `RemoteVnetHasNoGateways: Peering ${toHub} cannot have UseRemoteGateway flag set to true because remote virtual network ${hub} referenced by the peering does not have any gateways.`,
    ]);
    gateway(bench, hub, "10.0.255.0/27");
    expect(bench.verdict(toHub, peering(hub, use))).toBe("accepted");
  });

  test("a gateway that is still being made does not count", () => {
    const bench = armBench((azure) => {
      networks(azure);
      gateway(azure, hub, "10.0.255.0/27");
    });
    const updating = {
      ...bench.estate,
      referrers: (id: string) =>
        bench.estate
          .referrers(id)
          .map((one) => ({ ...one, properties: { ...one.properties, provisioningState: "Updating" } })),
    };
    const body = {
      id: toHub,
      name: "to-hub",
      type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
      ...peering(hub, use),
    };
    const errors = rulesFor(body.type)?.validatePut({ id: toHub, body, previous: undefined, estate: updating });
    expect(errors?.map((error) => error.code)).toEqual(["RemoteVnetHasNoGateways"]);
  });

  test.each([
    { case: "the far side allows transit", far: transit, near: use, verdict: "accepted" },
    { case: "the far side does not", far: {}, near: use, verdict: "RemotePeeringAllowGatewayTransitDisabled" },
    {
      case: "both flags are set on one side",
      far: transit,
      near: { ...use, ...transit },
      verdict: "AllowGatewayTransitAndUseRemoteGatewaysBothSet",
    },
  ])("using the hub's gateway when $case is $verdict", ({ far, near, verdict }) => {
    const bench = armBench((azure) => {
      networks(azure);
      gateway(azure, hub, "10.0.255.0/27");
      azure.put(toSpoke, peering(spoke, far));
    });
    expect(bench.verdict(toHub, peering(hub, near))).toBe(verdict);
  });

  test("transit stays allowed while it is used", () => {
    const bench = armBench((azure) => {
      networks(azure);
      gateway(azure, hub, "10.0.255.0/27");
      azure.put(toSpoke, peering(spoke, transit));
      azure.put(toHub, peering(hub, use));
    });
    expect(bench.verdict(toSpoke, peering(spoke))).toBe("AllowGatewayTransitInUse");
    expect(bench.verdict(toSpoke, peering(spoke, transit))).toBe("accepted");
  });

  test("a network uses the gateway of one peer, and has none of its own", () => {
    const second = networkId("virtualNetworks/second");
    const bench = armBench((azure) => {
      networks(azure);
      azure.put(second, space("10.3.0.0/16"));
      gateway(azure, hub, "10.0.255.0/27");
      azure.put(toHub, peering(hub, use));
    });
    expect(
      bench.verdict(
        `${spoke}/virtualNetworkPeerings/to-second`,
        peering(second, { ...use, doNotVerifyRemoteGateways: true }),
      ),
    ).toBe("OnlyOnePeeringCanUseRemoteGateways");
    expect(bench.verdict(toSpoke, peering(spoke, { ...transit, ...use, doNotVerifyRemoteGateways: true }))).toBe(
      "AllowGatewayTransitAndUseRemoteGatewaysBothSet",
    );
    expect(bench.verdict(toSpoke, peering(spoke, { ...use, doNotVerifyRemoteGateways: true }))).toBe(
      "AllowGatewayTransitInUse",
    );
    bench.delete(toHub);
    expect(bench.verdict(toSpoke, peering(spoke, { ...use, doNotVerifyRemoteGateways: true }))).toBe("VnetHasGateways");
  });
});
