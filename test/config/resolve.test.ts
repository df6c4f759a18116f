import { describe, expect, test } from "vitest";
import { planHubSubnets, planRegionSubnets } from "../../config/plan.ts";
import { plannedNames } from "../../config/planned-names.ts";
import { formatPrefix, type Prefix } from "../../model/prefix.ts";
import { environment, hub, hubEnvironment, hybridEnvironment, parsed, pool, region, site } from "./input.ts";

const texts = (prefixes: ReadonlyMap<string, Prefix>) =>
  Object.fromEntries([...prefixes].map(([name, block]) => [name, formatPrefix(block)]));
const onlyRegion = (input: object) => {
  const [found] = parsed(input).environment.regions;
  if (found === undefined) throw new Error("no region");
  return found;
};
const onlyHub = (input: object) => {
  const [found] = parsed(input).environment.hubs;
  if (found === undefined) throw new Error("no hub");
  return found;
};
const oneAddress = { publicIps: { kind: "addresses", count: 1 }, idleTimeoutInMinutes: 4 };

describe("defaults that follow from other settings", () => {
  test("a region has the only hub, and its firewall as next hop, DNS server and neighbour of a NAT gateway for RDP", () => {
    expect(onlyRegion(hubEnvironment())).toMatchObject({
      hub: "weu",
      nextHopIpAddress: "10.50.0.4",
      dnsServers: ["10.50.0.4"],
      natGateway: oneAddress,
      pools: [{ name: "staff", joinType: "azureADJoin", growth: 0.2 }],
    });
  });

  test.each([
    {
      case: "no hub and no DNS servers by itself",
      input: environment(),
      expected: { dnsServers: [], natGateway: oneAddress },
    },
    {
      case: "no NAT gateway when RDP passes the firewall",
      input: hubEnvironment({ regions: [{ ...region, egress: { via: "firewall" }, rdp: "egress" }] }),
      expected: { nextHopIpAddress: "10.50.0.4", natGateway: undefined },
    },
    {
      case: "the NAT gateway that it asks for",
      input: hubEnvironment({
        regions: [
          { ...region, egress: { via: "firewall" }, directEgress: { publicIps: { kind: "prefix", prefixLength: 30 } } },
        ],
      }),
      expected: { natGateway: { publicIps: { kind: "prefix", prefixLength: 30 }, idleTimeoutInMinutes: 4 } },
    },
    {
      case: "no next hop of its own with a load balancer",
      input: environment({ regions: [{ ...region, egress: { via: "loadBalancer" } }] }),
      expected: { nextHopIpAddress: undefined, natGateway: undefined },
    },
    {
      case: "an appliance as next hop, and Azure-provided DNS",
      input: environment({ regions: [{ ...region, egress: { via: "appliance", privateIpAddress: "10.60.3.4" } }] }),
      expected: { nextHopIpAddress: "10.60.3.4", dnsServers: [], natGateway: oneAddress },
    },
    {
      case: "Azure-provided DNS behind a firewall without DNS proxy",
      input: hubEnvironment({
        hubs: [{ ...hub, firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"] } }],
      }),
      expected: { nextHopIpAddress: "10.50.0.4", dnsServers: [] },
    },
    {
      case: "the domain controllers as DNS servers when egress is not through the firewall",
      input: hybridEnvironment({ regions: [region] }),
      expected: { dnsServers: ["192.168.10.4", "192.168.10.5"], pools: [{ joinType: "hybridAzureADJoin" }] },
    },
    {
      case: "no DNS servers that an existing network was not said to have",
      input: hubEnvironment({
        regions: [
          {
            ...region,
            egress: { via: "firewall" },
            network: {
              mode: "extend",
              virtualNetworkId:
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
              addressSpace: ["10.60.0.0/22"],
            },
          },
        ],
      }),
      expected: { dnsServers: [], nextHopIpAddress: "10.50.0.4" },
    },
    {
      case: "the join type that a pool asks for",
      input: hybridEnvironment({
        regions: [{ ...region, egress: { via: "firewall" }, pools: [{ ...pool, joinType: "azureADJoin" }] }],
      }),
      expected: { pools: [{ joinType: "azureADJoin" }] },
    },
    {
      case: "no hub when it says so",
      input: environment({ hubs: [hub], regions: [{ ...region, hub: "none" }] }),
      expected: { hub: undefined },
    },
  ])("a region has $case", ({ input, expected }) => {
    const found: Readonly<Record<string, unknown>> = { ...onlyRegion(input) };
    const { pools, ...rest } = expected as { pools?: unknown };
    for (const [key, value] of Object.entries(rest)) expect([key, found[key]]).toEqual([key, value]);
    if (pools !== undefined) expect(found.pools).toMatchObject(pools as object);
  });

  test.each([
    {
      case: "Standard denies and answers DNS",
      firewall: {},
      expected: { threatIntelMode: "Deny", dnsProxy: true, dnsServers: [] },
    },
    {
      case: "Basic alerts and answers none",
      firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"] },
      expected: { threatIntelMode: "Alert", dnsProxy: false, dnsServers: [] },
    },
    {
      case: "Premium may only alert",
      firewall: { sku: "Premium", threatIntelMode: "Alert" },
      expected: { threatIntelMode: "Alert", dnsProxy: true },
    },
  ])("a firewall of tier $case", ({ firewall, expected }) => {
    expect(onlyHub(hubEnvironment({ hubs: [{ ...hub, firewall }] })).firewall).toMatchObject(expected);
  });

  test("with a hybrid profile the DNS proxy asks the domain controllers", () => {
    expect(onlyHub(hybridEnvironment())).toMatchObject({
      hasGateway: true,
      firewall: { dnsServers: ["192.168.10.4", "192.168.10.5"] },
    });
  });
});

describe("planned subnets", () => {
  const addressSpace = ["10.50.0.0/24"];

  test.each([
    {
      case: "all three",
      changes: { firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"] }, vpn: { sites: [site] } },
      expected: {
        AzureFirewallSubnet: "10.50.0.0/26",
        AzureFirewallManagementSubnet: "10.50.0.64/26",
        GatewaySubnet: "10.50.0.128/27",
      },
    },
    {
      case: "the gateway where it would be with a firewall",
      changes: { firewall: undefined, vpn: { sites: [site] } },
      expected: { GatewaySubnet: "10.50.0.128/27" },
    },
    {
      case: "what it needs in a small hub",
      changes: { network: { mode: "create", addressSpace: ["10.50.0.0/25"] }, vpn: { sites: [site] } },
      expected: { AzureFirewallSubnet: "10.50.0.0/26", GatewaySubnet: "10.50.0.64/27" },
    },
  ])("a hub has $case", ({ changes, expected }) => {
    const input = hubEnvironment({
      hubs: [{ ...hub, network: { mode: "create", addressSpace }, ...changes }],
      regions: [region],
    });
    expect(texts(planHubSubnets(onlyHub(input)).prefixes)).toEqual(expected);
  });

  const subnetsOf = (pools: readonly object[]) =>
    texts(planRegionSubnets(onlyRegion(environment({ regions: [{ ...region, pools }] }))).prefixes);

  test("a count that still fits changes nothing", () => {
    const after = { name: "after", cloudPcCount: 10 };
    expect(subnetsOf([{ ...pool, cloudPcCount: 24 }, after])).toEqual(subnetsOf([pool, after]));
  });

  test("a pool that is appended moves none before it", () => {
    const before = subnetsOf([pool, { name: "b", cloudPcCount: 60 }]);
    expect(subnetsOf([pool, { name: "b", cloudPcCount: 60 }, { name: "c", cloudPcCount: 5 }])).toMatchObject(before);
  });

  test("a pool that is renamed keeps its subnet and every name in Azure", () => {
    const before = environment();
    const after = environment({ regions: [{ ...region, pools: [{ ...pool, name: "people", renamedFrom: "staff" }] }] });
    expect(Object.values(texts(planRegionSubnets(onlyRegion(after)).prefixes))).toEqual(
      Object.values(texts(planRegionSubnets(onlyRegion(before)).prefixes)),
    );
    expect(plannedNames(parsed(after).environment)).toEqual(plannedNames(parsed(before).environment));
  });

  test("a hub and a region that are renamed keep every name in Azure", () => {
    const renamed = hybridEnvironment({
      hubs: [
        {
          ...hub,
          name: "frankfurt",
          renamedFrom: "weu",
          vpn: { sites: [{ ...site, name: "hq", renamedFrom: "berlin" }] },
        },
      ],
      regions: [{ ...region, name: "europe", renamedFrom: "weu", egress: { via: "firewall" } }],
    });
    const names = (input: object) => plannedNames(parsed(input).environment).map(({ key, name }) => [key, name]);
    expect(names(renamed)).toEqual(names(hybridEnvironment()));
  });
});
