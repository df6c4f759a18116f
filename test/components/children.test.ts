import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { CloudPcSpoke } from "../../components/cloud-pc-spoke.ts";
import { FlowLogs } from "../../components/flow-logs.ts";
import { GuardedConnection } from "../../components/guarded-connection.ts";
import { HubFirewall } from "../../components/hub-firewall.ts";
import { HubNetwork } from "../../components/hub-network.ts";
import { LoadBalancerEgress } from "../../components/load-balancer-egress.ts";
import { NatEgress } from "../../components/nat-egress.ts";
import { PeeringPair } from "../../components/peering-pair.ts";
import { SingleSignOn } from "../../components/single-sign-on.ts";
import { SiteToSiteVpn } from "../../components/site-to-site-vpn.ts";
import { Windows365Permissions } from "../../components/windows365-permissions.ts";
import { prefix } from "../../model/prefix.ts";
import { componentPages } from "../../tools/generate-component-docs.ts";
import { common, connectionArgs, firewallArgs, spokeArgs } from "../support/component-arguments.ts";
import { declare } from "../support/declare.ts";

type Options = pulumi.ComponentResourceOptions;
const end = {
  virtualNetworkId: "/mock/vnet",
  virtualNetworkName: "vnet",
  resourceGroupName: "rg",
  peeringName: "peer",
};

/** One of each component, with every part that it can have. */
const components: readonly {
  readonly component: string;
  readonly create: (opts: Options) => pulumi.ComponentResource;
}[] = [
  { component: "CloudPcSpoke", create: (opts) => new CloudPcSpoke("it", spokeArgs, opts) },
  {
    component: "FlowLogs",
    create: (opts) =>
      new FlowLogs(
        "it",
        {
          ...common,
          flowLogName: "fl",
          storageAccountName: "st",
          virtualNetworkId: "/mock/vnet",
          retentionDays: 30,
          workspaceId: "/mock/log",
          after: [],
        },
        opts,
      ),
  },
  {
    component: "HubFirewall",
    create: (opts) =>
      new HubFirewall(
        "it",
        { ...firewallArgs, management: { subnetId: "/mock/management", publicIpAddressName: "pip-management" } },
        opts,
      ),
  },
  {
    component: "HubNetwork",
    create: (opts) =>
      new HubNetwork(
        "it",
        {
          ...common,
          virtualNetworkName: "vnet",
          addressSpace: [prefix("10.50.0.0/24")],
          reservedSubnets: [
            { name: "AzureFirewallSubnet", addressPrefix: prefix("10.50.0.0/26") },
            { name: "GatewaySubnet", addressPrefix: prefix("10.50.0.128/27") },
          ],
          gatewayRouteTable: {
            name: "rt",
            spokePrefixes: [prefix("10.60.0.0/20")],
            firewallPrivateIpAddress: "10.50.0.4",
          },
          protect: true,
        },
        opts,
      ),
  },
  {
    component: "LoadBalancerEgress",
    create: (opts) =>
      new LoadBalancerEgress(
        "it",
        {
          ...common,
          loadBalancerName: "lb",
          publicIpAddressNames: ["pip"],
          virtualNetworkId: "/mock/vnet",
          addressPrefixes: [prefix("10.60.0.0/28")],
          idleTimeoutInMinutes: 4,
        },
        opts,
      ),
  },
  {
    component: "NatEgress",
    create: (opts) =>
      new NatEgress(
        "it",
        {
          ...common,
          natGatewayName: "ng",
          publicIp: { kind: "prefix", name: "ippre", prefixLength: 30 },
          idleTimeoutInMinutes: 4,
        },
        opts,
      ),
  },
  {
    component: "PeeringPair",
    create: (opts) =>
      new PeeringPair("it", { hub: end, spoke: end, gatewayTransit: true, sides: "both", after: [] }, opts),
  },
  {
    component: "SiteToSiteVpn",
    create: (opts) =>
      new SiteToSiteVpn(
        "it",
        {
          ...common,
          virtualNetworkGatewayName: "vgw",
          sku: "VpnGw1AZ",
          publicIpAddressNames: ["pip-1", "pip-2"],
          gatewaySubnetId: "/mock/GatewaySubnet",
          bgpAsn: 65_515,
          sites: [
            {
              key: "berlin",
              localNetworkGatewayName: "lgw",
              connectionName: "con",
              gatewayIpAddress: "203.0.113.10",
              addressPrefixes: [prefix("192.168.10.0/24")],
              sharedKey: pulumi.secret("key"),
            },
          ],
        },
        opts,
      ),
  },
  {
    component: "Windows365Permissions",
    create: (opts) =>
      new Windows365Permissions(
        "it",
        {
          principalId: "00000000-0000-4000-8000-000000000001",
          scopes: [{ kind: "subscription", key: "own", id: "/subscriptions/s" }],
        },
        opts,
      ),
  },
  {
    component: "GuardedConnection",
    create: (opts) => new GuardedConnection("it", { ...connectionArgs, guard: { passed: true } }, opts),
  },
  {
    component: "SingleSignOn",
    create: (opts) =>
      new SingleSignOn("it", { targetDeviceGroups: [{ id: "/mock/group", displayName: "Cloud PCs" }] }, opts),
  },
];

/** What the components look up. */
const answers = { "azuread:index/getServicePrincipal:getServicePrincipal": { objectId: "/mock/principal" } };

/** Components that only say something. */
const withoutChildren = ["CloudPcPlan"];

test.each(components)("every resource of $component is its child", async ({ create }) => {
  const children = new Set<string>();
  const declared = await declare(
    () =>
      create({
        transformations: [
          ({ name }) => {
            children.add(name);
            return undefined;
          },
        ],
      }),
    answers,
  );
  expect(declared.length).toBeGreaterThan(1);
  expect(declared.filter(({ name }) => !children.has(name))).toEqual([]);
});

test("every component has this test, and a page", () => {
  const pages = [...componentPages()].filter(([file]) => file !== "README.md");
  expect(pages.map(([, page]) => /^# (\w+)/.exec(page)?.[1]).sort()).toEqual(
    [...components.map(({ component }) => component), ...withoutChildren].sort(),
  );
});
