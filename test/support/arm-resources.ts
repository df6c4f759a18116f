/** One resource in the shape that Azure's REST API returns, for tests. */
export interface WireResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly location: string;
  readonly sku?: { readonly name: string } | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Properties = Readonly<Record<string, unknown>>;

const resourceGroup = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-test";

/** The id of a resource of Microsoft.Network, such as `idOf("virtualNetworks", "hub", "subnets", "default")`. */
export function idOf(...segments: readonly string[]): string {
  return `${resourceGroup}/providers/Microsoft.Network/${segments.join("/")}`;
}

/** A reference to another resource. */
export function ref(...segments: readonly string[]): { readonly id: string } {
  return { id: idOf(...segments) };
}

/** Any resource of Microsoft.Network. */
export function resource(kind: string, name: string, properties: Properties): WireResource {
  return {
    id: idOf(kind, name),
    type: `Microsoft.Network/${kind}`,
    name,
    location: "westeurope",
    properties: { provisioningState: "Succeeded", ...properties },
  };
}

/** A child resource standing alone, such as a rule collection group. */
export function child(path: readonly string[], properties: Properties): WireResource {
  return {
    id: idOf(...path),
    type: `Microsoft.Network/${path.filter((_, index) => index % 2 === 0).join("/")}`,
    name: path.at(-1) ?? "",
    location: "westeurope",
    properties,
  };
}

/** A virtual network with subnets given as name to prefix, or name to prefix and further properties. */
export function virtualNetwork(
  name: string,
  addressPrefixes: readonly string[],
  subnets: Readonly<Record<string, string | (Properties & { readonly addressPrefix: string })>>,
  more: Properties = {},
): WireResource {
  return resource("virtualNetworks", name, {
    addressSpace: { addressPrefixes },
    subnets: Object.entries(subnets).map(([subnet, given]) => ({
      name: subnet,
      id: idOf("virtualNetworks", name, "subnets", subnet),
      properties: typeof given === "string" ? { addressPrefix: given } : given,
    })),
    ...more,
  });
}

/** One direction of a connected peering, standing alone. */
export function peering(from: string, to: string, more: Properties = {}): WireResource {
  return child(["virtualNetworks", from, "virtualNetworkPeerings", `${from}-to-${to}`], {
    remoteVirtualNetwork: ref("virtualNetworks", to),
    peeringState: "Connected",
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: true,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    ...more,
  });
}

/** One security rule with everything open that is not given. */
export function securityRule(name: string, priority: number, more: Properties): { readonly name: string } & Properties {
  return {
    name,
    properties: {
      priority,
      direction: "Outbound",
      access: "Allow",
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
      ...more,
    },
  };
}

/** A network security group. */
export function securityGroup(name: string, ...securityRules: readonly Properties[]): WireResource {
  return resource("networkSecurityGroups", name, { securityRules });
}

/** A route table; routes as name to [prefix, next hop type, address of the appliance]. */
export function routeTable(
  name: string,
  routes: Readonly<Record<string, readonly [prefix: string, nextHopType: string, nextHopIpAddress?: string]>>,
  more: Properties = {},
): WireResource {
  return resource("routeTables", name, {
    disableBgpRoutePropagation: false,
    routes: Object.entries(routes).map(([route, [addressPrefix, nextHopType, nextHopIpAddress]]) => ({
      name: route,
      properties: { addressPrefix, nextHopType, ...(nextHopIpAddress === undefined ? {} : { nextHopIpAddress }) },
    })),
    ...more,
  });
}

/** A network interface with one address; `subnet` as "network/subnet". */
export function networkInterface(
  name: string,
  subnet: string,
  privateIPAddress: string,
  more: { readonly properties?: Properties; readonly configuration?: Properties } = {},
): WireResource {
  const [network = "", subnetName = ""] = subnet.split("/");
  return resource("networkInterfaces", name, {
    ipConfigurations: [
      {
        name: "primary",
        properties: {
          privateIPAddress,
          subnet: ref("virtualNetworks", network, "subnets", subnetName),
          ...more.configuration,
        },
      },
    ],
    ...more.properties,
  });
}

/** A public IP address. */
export function publicAddress(name: string, ipAddress: string): WireResource {
  return resource("publicIPAddresses", name, { ipAddress, publicIPAllocationMethod: "Static" });
}

/** A NAT gateway with one public address. */
export function natGateway(name: string, publicAddressName = `${name}-pip`): WireResource {
  return resource("natGateways", name, { publicIpAddresses: [ref("publicIPAddresses", publicAddressName)] });
}

/** An Azure Firewall in AzureFirewallSubnet of a network, with one public address and a policy of the same name. */
export function firewall(name: string, network: string, privateIPAddress: string, more: Properties = {}): WireResource {
  return resource("azureFirewalls", name, {
    sku: { name: "AZFW_VNet", tier: "Standard" },
    firewallPolicy: ref("firewallPolicies", name),
    ipConfigurations: [
      {
        name: "primary",
        properties: {
          privateIPAddress,
          subnet: ref("virtualNetworks", network, "subnets", "AzureFirewallSubnet"),
          publicIPAddress: ref("publicIPAddresses", `${name}-pip`),
        },
      },
    ],
    ...more,
  });
}

/** A firewall policy. */
export function firewallPolicy(name: string, more: Properties = {}): WireResource {
  return resource("firewallPolicies", name, { sku: { tier: "Standard" }, threatIntelMode: "Alert", ...more });
}

/** A rule collection group of a policy. */
export function ruleGroup(
  policy: string,
  name: string,
  priority: number,
  ...ruleCollections: readonly Properties[]
): WireResource {
  return child(["firewallPolicies", policy, "ruleCollectionGroups", name], { priority, ruleCollections });
}

/** A rule collection that allows or denies. */
export function ruleCollection(
  name: string,
  priority: number,
  action: "Allow" | "Deny",
  ...rules: readonly Properties[]
): Properties {
  return {
    ruleCollectionType: "FirewallPolicyFilterRuleCollection",
    name,
    priority,
    action: { type: action },
    rules,
  };
}

/** A network rule for TCP from everywhere. */
export function networkRule(name: string, destinationPorts: readonly string[], more: Properties = {}): Properties {
  return {
    ruleType: "NetworkRule",
    name,
    ipProtocols: ["TCP"],
    sourceAddresses: ["*"],
    destinationAddresses: ["*"],
    destinationPorts,
    ...more,
  };
}

/** An application rule for HTTPS on 443 from everywhere. */
export function applicationRule(name: string, targetFqdns: readonly string[], more: Properties = {}): Properties {
  return {
    ruleType: "ApplicationRule",
    name,
    protocols: [{ protocolType: "Https", port: 443 }],
    sourceAddresses: ["*"],
    targetFqdns,
    ...more,
  };
}

/** A VPN gateway in GatewaySubnet of a network. */
export function vpnGateway(name: string, network: string, more: Properties = {}): WireResource {
  return resource("virtualNetworkGateways", name, {
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    enableBgp: false,
    ipConfigurations: [
      { name: "primary", properties: { subnet: ref("virtualNetworks", network, "subnets", "GatewaySubnet") } },
    ],
    ...more,
  });
}

/** A site behind a VPN gateway: the local network gateway and its connection. */
export function site(gateway: string, name: string, addressPrefixes: readonly string[]): readonly WireResource[] {
  return [
    resource("localNetworkGateways", name, { localNetworkAddressSpace: { addressPrefixes } }),
    resource("connections", `${gateway}-to-${name}`, {
      connectionType: "IPsec",
      virtualNetworkGateway1: ref("virtualNetworkGateways", gateway),
      localNetworkGateway2: ref("localNetworkGateways", name),
    }),
  ];
}
