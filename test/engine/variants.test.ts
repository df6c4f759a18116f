import { describe, expect, test } from "vitest";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";
import { estateProblems } from "../support/sandbox-run.ts";

const [hubSubscription, spokeSubscription, cloudPcSubscription] = [
  "11111111-1111-4111-8111-111111111111",
  "22222222-2222-4222-8222-222222222222",
  "33333333-3333-4333-8333-333333333333",
];
const environment = { profile: { kind: "entra" }, intuneLocation: "eu", protect: false };
const hub = {
  name: "weu",
  location: "westeurope",
  network: { mode: "create", addressSpace: ["10.50.0.0/24"] },
  firewall: { sku: "Standard" },
};
const region = {
  name: "weu",
  location: "westeurope",
  network: { mode: "create", addressSpace: ["10.60.0.0/20"] },
  egress: { via: "firewall" },
  pools: [{ name: "staff", cloudPcCount: 100 }],
};
const noHub = { ...region, egress: { via: "natGateway" } };
const sitesWithBgp = [
  {
    name: "hq",
    gatewayIpAddress: "203.0.113.10",
    bgp: { asn: 64_600, bgpPeeringAddress: "192.168.1.1" },
    sharedKeySecret: "keyHq",
  },
  { name: "plant", fqdn: "vpn.example.com", addressPrefixes: ["192.168.50.0/24"], sharedKeySecret: "keyPlant" },
];

/** Whole designs beyond the three examples: each must deploy, stay as it is, and go. */
const designs: readonly { readonly design: string; readonly given: object; readonly problems?: readonly string[] }[] = [
  {
    design: "a Basic firewall with its management subnet",
    given: {
      hubs: [{ ...hub, firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"] } }],
      regions: [region],
    },
  },
  {
    design: "a Premium firewall with several addresses, and RDP through it",
    given: {
      hubs: [{ ...hub, firewall: { sku: "Premium", publicIpCount: 3 } }],
      regions: [{ ...region, rdp: "egress" }],
    },
  },
  {
    design: "egress by a prefix of public addresses",
    given: { regions: [{ ...noHub, egress: { via: "natGateway", publicIps: { kind: "prefix", prefixLength: 30 } } }] },
  },
  {
    design: "egress by outbound rules of a load balancer",
    given: { regions: [{ ...noHub, egress: { via: "loadBalancer", publicIpCount: 2 } }] },
    // The walk of a NAT gateway's subnets does not look for load balancers.
    problems: ["subnet snet-w365-weu-staff is private and has no explicit egress for what it routes to the Internet"],
  },
  {
    design: "egress by an appliance in the hub",
    given: {
      hubs: [{ name: "weu", location: "westeurope", network: { mode: "create", addressSpace: ["10.50.0.0/24"] } }],
      regions: [{ ...region, egress: { via: "appliance", privateIpAddress: "10.50.0.200" } }],
    },
  },
  {
    design: "an active-active VPN gateway with BGP and two sites",
    given: {
      hubs: [{ ...hub, vpn: { activeActive: true, sites: sitesWithBgp } }],
      regions: [region],
    },
  },
  {
    design: "two hubs with a region each, in one stack",
    given: {
      hubs: [
        hub,
        { ...hub, name: "neu", location: "northeurope", network: { mode: "create", addressSpace: ["10.51.0.0/24"] } },
      ],
      regions: [
        { ...region, hub: "weu" },
        {
          ...region,
          name: "neu",
          location: "northeurope",
          hub: "neu",
          network: { mode: "create", addressSpace: ["10.61.0.0/20"] },
        },
      ],
    },
  },
  {
    design: "hub, spokes and network interfaces in three subscriptions",
    given: {
      subscriptions: { hubs: hubSubscription, spokes: spokeSubscription, networkInterfaces: cloudPcSubscription },
      hubs: [hub],
      regions: [region],
    },
  },
  {
    design: "a subscription that Windows 365 may read already",
    given: { subscriptionRoleAssignment: "existing", regions: [noHub] },
    problems: ["no role is assigned on a subscription"],
  },
  {
    design: "names that would run together without a separator",
    given: {
      regions: [
        { ...noHub, name: "a-b", pools: [{ name: "c", cloudPcCount: 10 }] },
        {
          ...noHub,
          name: "a",
          network: { mode: "create", addressSpace: ["10.62.0.0/22"] },
          pools: [{ name: "b-c", cloudPcCount: 10 }],
        },
      ],
      naming: { overrides: { "subnet/a/b-c": "snet-other" } },
    },
  },
  {
    design: "no logs at all, names by a pattern and one by hand",
    given: {
      diagnostics: { logAnalytics: { mode: "none" }, flowLogs: false },
      naming: { pattern: "contoso-{name}-{abbreviation}", overrides: { "virtualNetwork/weu": "vnet-by-hand" } },
      regions: [noHub],
    },
  },
];

describe("designs beyond the examples", () => {
  test.each(designs)("$design: deploys, stays as it is, and goes", async ({ given, problems = [] }) => {
    const workspace = await testWorkspace();
    const { azure, requests } = workspace.sandbox;
    await workspace.prepareStack("variant", { "windows365-network:environment": { ...environment, ...given } });
    expectSuccess(await workspace.pulumi(commands.preview("variant")));
    expectSuccess(await workspace.pulumi(commands.up("variant")));
    const unnamed = estateProblems(azure.resources()).filter((problem) => !problems.includes(problem));
    expect(unnamed).toEqual([]);
    expectSuccess(await workspace.pulumi([...commands.up("variant"), "--expect-no-changes"]));
    expectSuccess(await workspace.pulumi(commands.destroy("variant")));
    expect(azure.resources().map(({ id }) => id)).toEqual([]);
    expect(requests.filter(({ conflict }) => conflict)).toEqual([]);
  });
});

describe("what a firm has already", () => {
  const own = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001/resourceGroups/rg-corp";
  const network = `${own}/providers/Microsoft.Network/virtualNetworks/vnet-corp`;
  const hubNetwork = `${own}/providers/Microsoft.Network/virtualNetworks/vnet-corp-hub`;

  test("is used and not rebuilt: resource groups, a virtual network that gets our subnets, a hub that is peered from our side", async () => {
    const workspace = await testWorkspace();
    const { azure } = workspace.sandbox;
    azure.plant(own, { location: "westeurope" });
    azure.plant(network, {
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes: ["10.60.0.0/16"] } },
    });
    azure.plant(hubNetwork, {
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes: ["10.50.0.0/24"] } },
    });
    const planted = azure.resources().map(({ id }) => id);

    await workspace.prepareStack("existing", {
      "windows365-network:environment": {
        ...environment,
        hubs: [
          {
            name: "corp",
            location: "westeurope",
            network: {
              mode: "use",
              virtualNetworkId: hubNetwork,
              addressSpace: ["10.50.0.0/24"],
              firewallPrivateIpAddress: "10.50.0.4",
              firewallDnsProxy: true,
            },
          },
        ],
        regions: [
          {
            ...region,
            peering: "ours",
            resourceGroup: { mode: "use", resourceGroupId: own },
            networkInterfaces: { mode: "use", resourceGroupId: own },
            network: { mode: "extend", virtualNetworkId: network, addressSpace: ["10.60.0.0/20"] },
            dnsServers: [],
          },
          // A network made here, in the subscription that the ids above name too: its role is granted once.
          {
            ...noHub,
            name: "neu",
            location: "northeurope",
            hub: "none",
            network: { mode: "create", addressSpace: ["10.61.0.0/22"] },
          },
        ],
      },
    });
    expectSuccess(await workspace.pulumi(commands.up("existing")));
    const { azureNetworkConnections, peeringRequests } = await stackOutputs(workspace, "existing");
    expect(azureNetworkConnections).toMatchObject([
      { virtualNetworkId: network, subnetId: `${network}/subnets/snet-w365-weu-staff`, resourceGroupId: own },
      { region: "neu" },
    ]);
    expect(peeringRequests).toEqual([
      {
        region: "weu",
        virtualNetworkId: hubNetwork,
        remoteVirtualNetworkId: network,
        allowForwardedTraffic: true,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
    ]);
    const peerings = azure.resources().filter(({ type }) => type.endsWith("/virtualNetworkPeerings"));
    expect(peerings.map(({ id, properties }) => [id.split("/").at(-3), properties.peeringState])).toEqual([
      ["vnet-corp", "Initiated"],
    ]);

    expectSuccess(await workspace.pulumi(commands.destroy("existing")));
    expect(azure.resources().map(({ id }) => id)).toEqual(planted);
  });
});
