import type {
  IpConfiguration,
  LoadBalancer,
  LoadBalancingRule,
  NetworkInterface,
} from "../../../model/estate/egress.ts";
import type {
  AzureFirewall,
  FirewallIpProtocol,
  FirewallPolicy,
  FirewallRule,
} from "../../../model/estate/firewall.ts";
import type { RuleAddress } from "../../../model/estate/resource.ts";
import type { RouteTable, UserNextHopType, UserRoute } from "../../../model/estate/route-table.ts";
import type {
  Direction,
  NetworkSecurityGroup,
  SecurityRule,
  SecurityRuleProtocol,
} from "../../../model/estate/security-group.ts";
import type { Subnet, VirtualNetwork, VirtualNetworkPeering } from "../../../model/estate/virtual-network.ts";
import { type Estate, emptyEstate } from "../../../model/estate.ts";
import { parsePortRange } from "../../../model/port-range.ts";
import { parseAddress, parsePrefix, prefix } from "../../../model/prefix.ts";
import { isUnknown, type Read } from "../../../model/read.ts";
import { noReferenceData, type ReferenceData } from "../../../model/reference-data.ts";
import { type Network, networkOf, type SubnetPlace } from "../../../model/topology/network.ts";

/** Short ids: tests name resources by kind and name only. */
export const idOf = (type: string, name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/${type}/${name}`;

/** An address literal of a test. */
export function ip(text: string): number {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** `*`, a prefix, an address or, failing those, a service tag. */
export function address(text: string): RuleAddress {
  if (text === "*") return { kind: "any" };
  const block = parsePrefix(text.includes("/") ? text : `${text}/32`);
  return block.ok ? { kind: "prefix", prefix: block.value } : { kind: "serviceTag", name: text };
}

/** A port literal of a test. */
export function ports(text: string) {
  const parsed = parsePortRange(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

export interface RuleWords {
  readonly name?: string;
  readonly priority: Read<number>;
  readonly direction?: Direction;
  readonly access: Read<"Allow" | "Deny">;
  readonly protocol?: SecurityRuleProtocol;
  readonly from?: string | readonly Read<string>[];
  readonly fromGroups?: readonly string[];
  readonly to?: string | readonly Read<string>[];
  readonly toGroups?: readonly string[];
  readonly ports?: string | readonly string[];
  readonly sourcePorts?: string;
}

/** A security rule in few words: outbound, any protocol, from and to anywhere unless said. */
export function rule(words: RuleWords): SecurityRule {
  const list = (value: string | readonly Read<string>[] | undefined, groups?: readonly string[]) =>
    (value === undefined ? (groups ? [] : ["*"]) : typeof value === "string" ? [value] : value).map((text) =>
      isUnknown(text) ? text : address(text),
    );
  const portList = typeof words.ports === "string" ? [words.ports] : (words.ports ?? ["*"]);
  return {
    name: words.name ?? `${words.access}-${words.priority}`,
    priority: words.priority,
    direction: words.direction ?? "Outbound",
    access: words.access,
    protocol: words.protocol ?? "*",
    sourceAddressPrefixes: list(words.from, words.fromGroups),
    sourceApplicationSecurityGroupIds: (words.fromGroups ?? []).map((name) => idOf("applicationSecurityGroups", name)),
    sourcePortRanges: [ports(words.sourcePorts ?? "*")],
    destinationAddressPrefixes: list(words.to, words.toGroups),
    destinationApplicationSecurityGroupIds: (words.toGroups ?? []).map((name) =>
      idOf("applicationSecurityGroups", name),
    ),
    destinationPortRanges: portList.map(ports),
  };
}

export function securityGroup(name: string, rules: readonly RuleWords[]): NetworkSecurityGroup {
  return { id: idOf("networkSecurityGroups", name), name, securityRules: rules.map(rule) };
}

/** `{ "0.0.0.0/0": "VirtualAppliance 10.0.0.4" }` in ARM's words; keys are prefixes or service tags. */
export function routeTable(name: string, routes: Readonly<Record<string, string>>, propagate = true): RouteTable {
  return {
    id: idOf("routeTables", name),
    name,
    disableBgpRoutePropagation: !propagate,
    routes: Object.entries(routes).map(([to, hop], index): UserRoute => {
      const [type, via] = hop.split(" ");
      const next = {
        nextHopType: type as UserNextHopType,
        ...(via === undefined ? {} : { nextHopIpAddress: ip(via) }),
      };
      return { name: `route-${index}`, addressPrefix: address(to), ...next };
    }),
  };
}

export interface SubnetWords extends Partial<Omit<Subnet, "addressPrefixes">> {
  readonly nsg?: string;
  readonly routes?: string;
  readonly nat?: string;
}

export function subnet(vnet: string, name: string, block: string, words: SubnetWords = {}): Subnet {
  const { nsg, routes, nat, ...rest } = words;
  return {
    id: `${idOf("virtualNetworks", vnet)}/subnets/${name}`,
    name,
    addressPrefixes: [prefix(block)],
    delegations: [],
    serviceEndpoints: [],
    serviceEndpointPolicyIds: [],
    ipConfigurationIds: [],
    defaultOutboundAccess: false,
    ...(nsg === undefined ? {} : { networkSecurityGroupId: idOf("networkSecurityGroups", nsg) }),
    ...(routes === undefined ? {} : { routeTableId: idOf("routeTables", routes) }),
    ...(nat === undefined ? {} : { natGatewayId: idOf("natGateways", nat) }),
    ...rest,
  };
}

export function virtualNetwork(
  name: string,
  space: string | readonly string[],
  subnets: Readonly<Record<string, string | readonly [string, SubnetWords]>>,
  more: Partial<VirtualNetwork> = {},
): VirtualNetwork {
  return {
    id: idOf("virtualNetworks", name),
    name,
    location: "westeurope",
    addressSpace: (typeof space === "string" ? [space] : space).map(prefix),
    dnsServers: [],
    subnets: Object.entries(subnets).map(([key, value]) =>
      typeof value === "string" ? subnet(name, key, value) : subnet(name, key, value[0], value[1]),
    ),
    virtualNetworkPeerings: [],
    ...more,
  };
}

/** One direction of a peering from `local` to `remote`. */
export function peering(
  local: string,
  remote: string,
  flags: Partial<VirtualNetworkPeering> = {},
): VirtualNetworkPeering {
  return {
    id: `${idOf("virtualNetworks", local)}/virtualNetworkPeerings/to-${remote}`,
    name: `to-${remote}`,
    remoteVirtualNetworkId: idOf("virtualNetworks", remote),
    remoteAddressSpace: [],
    localSubnetNames: [],
    remoteSubnetNames: [],
    allowForwardedTraffic: true,
    ...flags,
  };
}

export function networkInterface(
  name: string,
  subnetPath: string,
  privateIpAddress: string,
  more: Partial<NetworkInterface> & { readonly ip?: Partial<IpConfiguration> } = {},
): NetworkInterface {
  const [vnet, subnetName] = subnetPath.split("/");
  const { ip: configuration, ...rest } = more;
  return {
    id: idOf("networkInterfaces", name),
    name,
    dnsServers: [],
    ipConfigurations: [
      {
        id: `${idOf("networkInterfaces", name)}/ipConfigurations/ipconfig1`,
        name: "ipconfig1",
        privateIpAddress: ip(privateIpAddress),
        subnetId: `${idOf("virtualNetworks", vnet ?? "")}/subnets/${subnetName}`,
        applicationSecurityGroupIds: [],
        loadBalancerBackendAddressPoolIds: [],
        loadBalancerInboundNatRuleIds: [],
        ...configuration,
      },
    ],
    ...rest,
  };
}

export function natGateway(name: string, ...publicIps: readonly string[]) {
  return {
    id: idOf("natGateways", name),
    name,
    skuName: "Standard" as const,
    publicIpAddressIds: publicIps.map((publicIp) => idOf("publicIPAddresses", publicIp)),
    publicIpPrefixIds: [],
  };
}

export function publicIp(name: string, text: string) {
  return { id: idOf("publicIPAddresses", name), name, skuName: "Standard", ipAddress: ip(text) };
}

/** The network of a partial estate. */
export function network(parts: Partial<Estate>, reference: Partial<ReferenceData> = {}): Network {
  return networkOf({ ...emptyEstate, ...parts }, { ...noReferenceData, ...reference });
}

/** A subnet of a network by `vnet/subnet`. */
export function place(of: Network, path: string): SubnetPlace {
  const [vnet, name] = path.split("/");
  const found = of.subnets.find(`${idOf("virtualNetworks", vnet ?? "")}/subnets/${name}`);
  if (found === undefined) throw new Error(`no subnet "${path}"`);
  return found;
}

/** A firewall policy with one group; rules by type, each in a collection of its own in the given order. */
export function firewallPolicy(
  name: string,
  collections: readonly { action?: "Allow" | "Deny" | "Dnat"; priority?: number; rules: readonly FirewallRule[] }[],
  more: Partial<FirewallPolicy> = {},
): FirewallPolicy {
  return {
    id: idOf("firewallPolicies", name),
    name,
    threatIntelAllowlist: { ipAddresses: [], fqdns: [] },
    snatPrivateRanges: [],
    hasCertificateAuthority: false,
    ruleCollectionGroups: [
      {
        id: `${idOf("firewallPolicies", name)}/ruleCollectionGroups/group`,
        name: "group",
        priority: 200,
        ruleCollections: collections.map(({ action, priority, rules }, index) => ({
          name: `collection-${index}`,
          priority: priority ?? 100 + index,
          action: action ?? "Allow",
          rules,
        })),
      },
    ],
    ...more,
  };
}

export function firewall(
  name: string,
  policy: string,
  subnetPath: string,
  privateIpAddress: string,
  publicIps: readonly string[],
): AzureFirewall {
  const [vnet, subnetName] = subnetPath.split("/");
  return {
    id: idOf("azureFirewalls", name),
    name,
    ipConfigurations: publicIps.map((publicIpName, index) => ({
      name: `ip-${index}`,
      publicIpAddressId: idOf("publicIPAddresses", publicIpName),
      ...(index > 0
        ? {}
        : {
            privateIpAddress: ip(privateIpAddress),
            subnetId: `${idOf("virtualNetworks", vnet ?? "")}/subnets/${subnetName}`,
          }),
    })),
    hubPublicIpAddresses: [],
    firewallPolicyId: idOf("firewallPolicies", policy),
    ruleCollections: [],
    additionalProperties: {},
  };
}

interface NetworkRuleWords {
  readonly name?: string;
  readonly from?: string;
  readonly to?: string | readonly string[];
  readonly fqdns?: readonly string[];
  readonly protocols?: readonly FirewallIpProtocol[];
  readonly ports?: string;
}

export function networkRule(words: NetworkRuleWords): FirewallRule {
  const to =
    words.to === undefined
      ? words.fqdns === undefined
        ? ["*"]
        : []
      : typeof words.to === "string"
        ? [words.to]
        : words.to;
  return {
    ruleType: "NetworkRule",
    name: words.name ?? "net",
    ipProtocols: words.protocols ?? ["TCP"],
    sourceAddresses: [address(words.from ?? "*")],
    sourceIpGroupIds: [],
    destinationAddresses: to.map(address),
    destinationIpGroupIds: [],
    destinationFqdns: words.fqdns ?? [],
    destinationPorts: [ports(words.ports ?? "*")],
  };
}

export function applicationRule(words: {
  readonly name?: string;
  readonly fqdns?: readonly string[];
  readonly tags?: readonly string[];
  readonly port?: number;
  readonly type?: "Http" | "Https" | "Mssql";
  readonly terminateTls?: boolean;
}): FirewallRule {
  return {
    ruleType: "ApplicationRule",
    name: words.name ?? "app",
    protocols: [{ protocolType: words.type ?? "Https", port: words.port ?? 443 }],
    sourceAddresses: [address("*")],
    sourceIpGroupIds: [],
    destinationAddresses: [],
    targetFqdns: words.fqdns ?? [],
    targetUrls: [],
    fqdnTags: words.tags ?? [],
    webCategories: [],
    ...(words.terminateTls === undefined ? {} : { terminateTls: words.terminateTls }),
  };
}

export interface LoadBalancerWords extends Partial<Omit<LoadBalancer, "loadBalancingRules" | "inboundNatRules">> {
  /** The private address of its one frontend as `vnet/subnet address`, or the name of a public IP address. */
  readonly frontend: string;
  readonly rules?: readonly Partial<LoadBalancingRule>[];
  readonly natRules?: readonly Partial<LoadBalancingRule>[];
  /** Addresses that the pool lists; members otherwise name it. */
  readonly addresses?: readonly string[];
}

/** A Standard load balancer with one frontend and the pool `poolOf(name)`; rules take TCP 443 to port 8443 unless said. */
export function loadBalancer(name: string, words: LoadBalancerWords): LoadBalancer {
  const { frontend, rules = [{}], natRules = [], addresses = [], ...more } = words;
  const id = idOf("loadBalancers", name);
  const frontendId = `${id}/frontendIPConfigurations/front`;
  const [path = "", privateAddress] = frontend.split(" ");
  const [vnet = "", subnetName] = path.split("/");
  const front =
    privateAddress === undefined
      ? { publicIpAddressId: idOf("publicIPAddresses", frontend) }
      : { privateIpAddress: ip(privateAddress), subnetId: `${idOf("virtualNetworks", vnet)}/subnets/${subnetName}` };
  const rule = (given: Partial<LoadBalancingRule>, index: number): LoadBalancingRule => ({
    name: `rule-${index}`,
    frontendIpConfigurationId: frontendId,
    backendAddressPoolIds: [poolOf(name)],
    protocol: "Tcp",
    frontendPorts: ports("443"),
    backendPort: 8443,
    ...given,
  });
  return {
    id,
    name,
    skuName: "Standard",
    frontendIpConfigurations: [{ id: frontendId, name: "front", ...front }],
    backendAddressPools: [{ id: poolOf(name), name: "pool", addresses: addresses.map(ip), ipConfigurationIds: [] }],
    loadBalancingRules: rules.map(rule),
    outboundRules: [],
    inboundNatRules: natRules.map((given, index) =>
      rule(
        { id: `${id}/inboundNatRules/nat-${index}`, name: `nat-${index}`, backendAddressPoolIds: [], ...given },
        index,
      ),
    ),
    ...more,
  };
}

/** The id of a load balancer's pool. */
export const poolOf = (name: string) => `${idOf("loadBalancers", name)}/backendAddressPools/pool`;
