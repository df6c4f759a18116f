import type { FirewallPolicy, FirewallRule } from "../../../model/estate/firewall.ts";
import type { Estate } from "../../../model/estate.ts";
import { emptyEstate } from "../../../model/estate.ts";
import { prefix } from "../../../model/prefix.ts";
import {
  firewall,
  firewallPolicy,
  idOf,
  ip,
  natGateway,
  peering,
  publicIp,
  type RuleWords,
  routeTable,
  type SubnetWords,
  securityGroup,
  virtualNetwork,
} from "./build.ts";

export interface HubAndSpoke {
  readonly rules?: readonly RuleWords[];
  readonly routes?: Readonly<Record<string, string>>;
  readonly propagate?: boolean;
  /** Routes of the GatewaySubnet. */
  readonly gatewayRoutes?: Readonly<Record<string, string>>;
  readonly cpc?: SubnetWords;
  readonly firewallRules?: readonly {
    action?: "Allow" | "Deny" | "Dnat";
    priority?: number;
    rules: readonly FirewallRule[];
  }[];
  readonly policy?: Partial<FirewallPolicy>;
  readonly dns?: readonly string[];
  readonly spokePeering?: Parameters<typeof peering>[2];
  readonly hubPeering?: Parameters<typeof peering>[2];
  readonly more?: Partial<Estate>;
}

/**
 * Hub 10.0.0.0/16 with firewall 10.0.0.4 and a VPN gateway to 172.20.0.0/16; spoke 10.1.0.0/16 with the Cloud PC subnet
 * 10.1.1.0/24 (NSG, routes, NAT gateway) and servers 10.1.2.0/24; second spoke 10.2.0.0/16.
 */
export function hubAndSpoke(words: HubAndSpoke = {}): Estate {
  const transit = { allowGatewayTransit: true, ...words.hubPeering };
  const borrow = { useRemoteGateways: true, ...words.spokePeering };
  return {
    ...emptyEstate,
    networkSecurityGroups: [securityGroup("nsg", words.rules ?? [])],
    routeTables: [
      routeTable("rt", words.routes ?? {}, words.propagate ?? true),
      routeTable("rt-gateway", words.gatewayRoutes ?? {}),
      routeTable("rt-two", { "0.0.0.0/0": "VirtualAppliance 10.0.0.4", "10.1.0.0/16": "VirtualAppliance 10.0.0.4" }),
    ],
    natGateways: [natGateway("nat", "pip-nat")],
    publicIPAddresses: [publicIp("pip-nat", "203.0.113.10"), publicIp("pip-fw", "203.0.113.20")],
    virtualNetworks: [
      virtualNetwork(
        "hub",
        "10.0.0.0/16",
        {
          AzureFirewallSubnet: "10.0.0.0/26",
          GatewaySubnet: ["10.0.1.0/27", { routes: "rt-gateway" }],
          dc: "10.0.2.0/24",
        },
        { virtualNetworkPeerings: [peering("hub", "spoke", transit), peering("hub", "two", transit)] },
      ),
      virtualNetwork(
        "spoke",
        "10.1.0.0/16",
        { cpc: ["10.1.1.0/24", { nsg: "nsg", routes: "rt", nat: "nat", ...words.cpc }], servers: "10.1.2.0/24" },
        { virtualNetworkPeerings: [peering("spoke", "hub", borrow)], dnsServers: (words.dns ?? []).map(ip) },
      ),
      virtualNetwork(
        "two",
        "10.2.0.0/16",
        { apps: ["10.2.1.0/24", { routes: "rt-two" }] },
        { virtualNetworkPeerings: [peering("two", "hub", borrow)] },
      ),
    ],
    azureFirewalls: [firewall("fw", "policy", "hub/AzureFirewallSubnet", "10.0.0.4", ["pip-fw"])],
    firewallPolicies: [firewallPolicy("policy", words.firewallRules ?? [], words.policy)],
    virtualNetworkGateways: [
      {
        id: idOf("virtualNetworkGateways", "gw"),
        name: "gw",
        gatewayType: "Vpn",
        subnetIds: [`${idOf("virtualNetworks", "hub")}/subnets/GatewaySubnet`],
        publicIpAddressIds: [],
        vpnClientAddressPool: [],
        customRoutes: [],
      },
    ],
    localNetworkGateways: [
      { id: idOf("localNetworkGateways", "site"), name: "site", addressPrefixes: [prefix("172.20.0.0/16")] },
    ],
    connections: [
      {
        id: idOf("connections", "to-site"),
        name: "to-site",
        connectionType: "IPsec",
        virtualNetworkGateway1Id: idOf("virtualNetworkGateways", "gw"),
        localNetworkGateway2Id: idOf("localNetworkGateways", "site"),
      },
    ],
    ...words.more,
  };
}

/** Routes of a spoke that sends everything through the firewall of the hub. */
export const throughFirewall = { "0.0.0.0/0": "VirtualAppliance 10.0.0.4" };
