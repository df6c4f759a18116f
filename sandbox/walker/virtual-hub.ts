import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, record, reference, text, texts } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Block } from "./ipv4.ts";
import { block } from "./ipv4.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { virtualNetworkById } from "./virtual-network.ts";

/** A Virtual WAN hub as its connected networks see it. */
export interface VirtualHub {
  readonly id: string;
  readonly name: string;
  readonly connections: readonly HubConnection[];
  /** Azure Firewall of the hub that routing intent sends Internet traffic to, by id. */
  readonly internetNextHop: string | undefined;
  /** The same for private traffic. */
  readonly privateNextHop: string | undefined;
  /** Why the walker does not follow this hub; undefined when it does. */
  readonly notFollowed: string | undefined;
}

/** A virtual network's connection to a hub. */
export interface HubConnection {
  readonly name: string;
  readonly network: string;
  /** Whether the default route is propagated to this network. */
  readonly enableInternetSecurity: boolean;
}

const rfc1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(block);

/** The hub a network is connected to, with the connection. */
export interface HubLink {
  readonly hub: VirtualHub;
  readonly connection: HubConnection;
}

/** The hub that a virtual network is connected to. */
export function hubOf(estate: Estate, network: VirtualNetwork): HubLink | undefined {
  return estate.remember(`hubOf ${network.id}`, () => {
    for (const hub of hubs(estate)) {
      const connection = hub.connections.find((one) => one.network === network.id);
      if (connection !== undefined) {
        return { hub, connection };
      }
    }
    return undefined;
  });
}

/**
 * Prefixes that a hub announces to a connected network. With routing intent: RFC 1918 for the private policy and 0.0.0.0/0 for
 * the Internet policy if the connection takes the default route; without it the other connected networks.
 * https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies (page of 2025-08-01)
 */
export function hubPrefixes(estate: Estate, link: HubLink, network: VirtualNetwork): readonly Block[] {
  const { hub, connection } = link;
  const others = hub.connections
    .filter((one) => one.network !== network.id)
    .flatMap((one) => virtualNetworkById(estate, one.network)?.addressSpace ?? []);
  const toInternet = hub.internetNextHop !== undefined && connection.enableInternetSecurity ? [block("0.0.0.0/0")] : [];
  return [...(hub.privateNextHop === undefined ? others : [...rfc1918, ...others]), ...toInternet];
}

/** The networks connected to a hub. */
export function networksOf(estate: Estate, hub: VirtualHub): readonly VirtualNetwork[] {
  return hub.connections.flatMap((one) => virtualNetworkById(estate, one.network) ?? []);
}

function hubs(estate: Estate): readonly VirtualHub[] {
  return estate.remember("hubs", () =>
    estate.ofType("Microsoft.Network/virtualHubs").map((hub) => readHub(estate, hub)),
  );
}

function readHub(estate: Estate, resource: ArmResource): VirtualHub {
  const policies = ["routingIntent", "routingIntents"]
    .flatMap((kind) => estate.children(resource, kind))
    .flatMap((intent) => list(record(intent.properties).routingPolicies).map(record));
  const nextHop = (destination: string) =>
    policies
      .filter((policy) => texts(policy.destinations).includes(destination))
      .map((policy) => text(policy.nextHop)?.toLowerCase())[0];
  const branches = ["vpnGateway", "expressRouteGateway", "p2SVpnGateway"].filter(
    (kind) => reference(record(resource.properties)[kind]) !== undefined,
  );
  const routes = estate
    .children(resource, "hubRouteTables")
    .some((table) => list(record(table.properties).routes).length > 0);
  return {
    id: resource.id.toLowerCase(),
    name: nameOf(resource.id),
    connections: estate.children(resource, "hubVirtualNetworkConnections").map(readConnection),
    internetNextHop: nextHop("Internet"),
    privateNextHop: nextHop("PrivateTraffic"),
    notFollowed:
      branches.length > 0
        ? `virtual hub "${nameOf(resource.id)}" has branches, whose learnt routes are not in the input`
        : routes && policies.length === 0
          ? `virtual hub "${nameOf(resource.id)}" has static routes, which this walker does not follow`
          : undefined,
  };
}

function readConnection(resource: ArmResource): HubConnection {
  const properties = record(resource.properties);
  return {
    name: nameOf(resource.id),
    network: reference(properties.remoteVirtualNetwork) ?? "",
    enableInternetSecurity: properties.enableInternetSecurity === true,
  };
}

/** The hub of an id, such as the one an Azure Firewall stands in. */
export function hubById(estate: Estate, id: string): VirtualHub | undefined {
  return hubs(estate).find((hub) => hub.id === id);
}
