import type { VirtualNetwork } from "../../../model/estate/virtual-network.ts";
import { applianceAt, privateAddressOf } from "../../../model/path/appliance.ts";
import { formatAddress, formatPrefix, parseAddress } from "../../../model/prefix.ts";
import { isUnknown, knownOr, splitKnown } from "../../../model/read.ts";
import { normalizeId, resourceName, sameResource } from "../../../model/resource-id.ts";
import { effectiveRoutes } from "../../../model/routes/effective-routes.ts";
import { type Network, refersTo, type SubnetPlace } from "../../../model/topology/network.ts";
import { peeringsOf } from "../../../model/topology/peerings.ts";
import type { Design } from "../../../policy-packs/rule.ts";

/** What a box of the picture stands for. */
export type NodeKind =
  | "virtualNetwork"
  | "cloudPcSubnet"
  | "subnet"
  | "firewall"
  | "gateway"
  | "natGateway"
  | "appliance"
  | "internet"
  | "onPremises";

/** A box of the picture. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** What it is, its name, then details. */
  readonly lines: readonly string[];
  /** The box that it is in. */
  readonly parent?: string;
}

/** A line of the picture. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** `broken`: nothing passes. `route`: a way that a route sends traffic, with an arrow. */
  readonly kind: "peering" | "broken" | "route" | "link";
}

/** What the picture of a network shows. */
export interface TopologyGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Virtual networks that were left out, because a larger picture is read by nobody. */
  readonly leftOut: number;
}

/** More virtual networks are not drawn, but for those of Cloud PCs and their peers. */
const virtualNetworksMax = 24;

/** Subnets of virtual networks with gateways and firewalls of Azure, which are drawn instead. */
const ownedSubnets = new Set([
  "gatewaysubnet",
  "azurefirewallsubnet",
  "azurefirewallmanagementsubnet",
  "azurebastionsubnet",
  "routeserversubnet",
]);

/** The virtual networks, subnets, peerings, firewalls, gateways and ways out of a design, as boxes and lines. Pure. */
export function topologyGraph(design: Design): TopologyGraph {
  const { network, cloudPcSubnets } = design;
  const places = cloudPcSubnets.map(({ place }) => place);
  const shown = shownNetworks(network, places);
  const drawing = new Drawing();
  for (const virtualNetwork of shown) addVirtualNetwork(drawing, network, virtualNetwork, places);
  for (const virtualNetwork of shown) addPeerings(drawing, network, virtualNetwork);
  addGateways(drawing, network);
  for (const place of places) addWaysOut(drawing, network, place);
  addFirewallExits(drawing, network);
  return { ...drawing.graph(), leftOut: network.estate.virtualNetworks.length - shown.length };
}

/** Boxes and lines without doubles; a line between boxes that are not drawn is none. */
class Drawing {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();

  add(node: GraphNode): void {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  connect(edge: GraphEdge): void {
    const key = [edge.kind, edge.from, edge.to].join("\n");
    const same = this.#edges.get(key);
    const label = same === undefined || same.label === edge.label ? edge.label : `${same.label}, ${edge.label}`;
    this.#edges.set(key, { ...edge, label });
  }

  graph(): Pick<TopologyGraph, "nodes" | "edges"> {
    const all = [...this.#edges.values()];
    const isSaid = ({ kind, from, to }: GraphEdge) =>
      kind === "link" && all.some((other) => other.kind === "route" && other.from === from && other.to === to);
    const edges = all.filter((edge) => this.has(edge.from) && this.has(edge.to) && !isSaid(edge));
    return { nodes: [...this.#nodes.values()], edges };
  }
}

function shownNetworks(network: Network, places: readonly SubnetPlace[]): readonly VirtualNetwork[] {
  const all = network.estate.virtualNetworks;
  if (all.length <= virtualNetworksMax) return all;
  const own = all.filter(({ id }) => places.some(({ virtualNetwork }) => virtualNetwork.id === id));
  const peers = own.flatMap((each) => peeringsOf(network, each).flatMap(({ remote }) => remote ?? []));
  return [...new Set([...own, ...peers])].slice(0, virtualNetworksMax);
}

function addVirtualNetwork(
  drawing: Drawing,
  network: Network,
  virtualNetwork: VirtualNetwork,
  places: readonly SubnetPlace[],
): void {
  const parent = normalizeId(virtualNetwork.id);
  const prefixes = splitKnown(virtualNetwork.addressSpace).known.map(formatPrefix);
  const lines = ["virtual network", virtualNetwork.name, [...prefixes, knownOr(virtualNetwork.location, "")].join(" ")];
  drawing.add({ id: parent, kind: "virtualNetwork", lines });
  for (const subnet of virtualNetwork.subnets) {
    if (ownedSubnets.has(subnet.name.toLowerCase())) continue;
    const id = normalizeId(subnet.id);
    const isCloudPc = places.some((place) => sameResource(place.id, subnet.id));
    const lines = [
      isCloudPc ? "Cloud PC subnet" : "subnet",
      subnet.name,
      splitKnown(subnet.addressPrefixes).known.map(formatPrefix).join(" "),
    ];
    drawing.add({ id, kind: isCloudPc ? "cloudPcSubnet" : "subnet", lines, parent });
    addNatGateway(drawing, network, id, subnet.natGatewayId);
  }
  addFirewalls(drawing, network, virtualNetwork);
}

function addNatGateway(
  drawing: Drawing,
  network: Network,
  subnetId: string,
  reference: VirtualNetwork["subnets"][number]["natGatewayId"],
): void {
  if (reference === undefined) return;
  const name = isUnknown(reference) ? "not known" : resourceName(reference);
  const id = isUnknown(reference) ? `nat of ${subnetId}` : normalizeId(reference);
  const found = network.find("natGateways", reference);
  const addresses = found.kind === "found" ? found.resource.publicIpAddressIds : [];
  drawing.add({ id, kind: "natGateway", lines: ["NAT gateway", name, publicText(network, addresses)] });
  drawing.connect({ from: subnetId, to: id, label: "", kind: "link" });
  addInternet(drawing);
  drawing.connect({ from: id, to: internetId, label: "", kind: "route" });
}

function publicText(
  network: Network,
  references: readonly (string | { readonly unknown: string } | undefined)[],
): string {
  const texts = references.flatMap((reference) => {
    const found = network.find("publicIPAddresses", reference);
    const address = found.kind === "found" ? knownOr(found.resource.ipAddress, undefined) : undefined;
    return address === undefined ? [] : [formatAddress(address)];
  });
  return texts.join(" ");
}

const internetId = "the Internet";

function addInternet(drawing: Drawing): void {
  drawing.add({ id: internetId, kind: "internet", lines: ["Internet"] });
}

function addFirewalls(drawing: Drawing, network: Network, { id: parentId, subnets }: VirtualNetwork): void {
  for (const firewall of network.estate.azureFirewalls) {
    const isInside = firewall.ipConfigurations.some(({ subnetId }) => subnets.some(({ id }) => refersTo(subnetId, id)));
    if (!isInside) continue;
    const address = privateAddressOf(network, firewall);
    drawing.add({
      id: normalizeId(firewall.id),
      kind: "firewall",
      lines: [
        `Azure Firewall ${knownOr(firewall.skuTier, "")}`.trimEnd(),
        firewall.name,
        address === undefined ? "" : formatAddress(address),
      ],
      parent: normalizeId(parentId),
    });
  }
}

function addFirewallExits(drawing: Drawing, network: Network): void {
  for (const { id, ipConfigurations } of network.estate.azureFirewalls) {
    const references = ipConfigurations.map(({ publicIpAddressId }) => publicIpAddressId);
    if (!drawing.has(normalizeId(id)) || references.every((reference) => reference === undefined)) continue;
    addInternet(drawing);
    drawing.connect({ from: normalizeId(id), to: internetId, label: publicText(network, references), kind: "route" });
  }
}

/** Both directions are one line; a peering that lets nothing pass is drawn as such. */
function addPeerings(drawing: Drawing, network: Network, virtualNetwork: VirtualNetwork): void {
  for (const { peering, remote, connected } of peeringsOf(network, virtualNetwork)) {
    const reference = peering.remoteVirtualNetworkId;
    if (isUnknown(reference)) continue;
    const to = normalizeId(remote?.id ?? reference);
    if (remote === undefined) {
      drawing.add({
        id: to,
        kind: "virtualNetwork",
        lines: ["virtual network", resourceName(reference), "not in the input"],
      });
    }
    const [first = "", second = ""] = [normalizeId(virtualNetwork.id), to].sort();
    const kind = connected === false ? "broken" : "peering";
    drawing.connect({ from: first, to: second, label: kind === "broken" ? "peering, not connected" : "peering", kind });
  }
}

function addGateways(drawing: Drawing, { estate }: Network): void {
  for (const gateway of estate.virtualNetworkGateways) {
    const home = estate.virtualNetworks.find(({ subnets }) =>
      subnets.some(({ id }) => gateway.subnetIds.some((subnetId) => refersTo(subnetId, id))),
    );
    if (home === undefined || !drawing.has(normalizeId(home.id))) continue;
    const id = normalizeId(gateway.id);
    const type = knownOr(gateway.gatewayType, "virtual network");
    drawing.add({ id, kind: "gateway", lines: [`${type} gateway`, gateway.name], parent: normalizeId(home.id) });
    for (const connection of estate.connections) {
      if (!refersTo(connection.virtualNetworkGateway1Id, gateway.id)) continue;
      const site = knownOr(connection.localNetworkGateway2Id, connection.name);
      drawing.add({ id: `site ${site}`, kind: "onPremises", lines: ["on-premises", resourceName(site)] });
      drawing.connect({ from: id, to: `site ${site}`, label: connection.name, kind: "link" });
    }
  }
}

/** Where the routes of a Cloud PC subnet send what is for the Internet, and what a firewall or appliance gets besides. */
function addWaysOut(drawing: Drawing, network: Network, place: SubnetPlace): void {
  const from = normalizeId(place.id);
  for (const route of effectiveRoutes(network, place)) {
    const [prefix = ""] = route.addressPrefixes;
    const label = /of service tag (.+)$/.exec(route.because ?? "")?.[1] ?? prefix;
    const isDefault = prefix === "0.0.0.0/0";
    if (route.state !== "Active" || (route.source !== "User" && !isDefault)) continue;
    const to = nextHopNode(drawing, network, place, route.nextHop, route.nextHopIpAddress[0]);
    if (to !== undefined) drawing.connect({ from, to, label, kind: route.nextHop === "None" ? "broken" : "route" });
  }
}

function nextHopNode(
  drawing: Drawing,
  network: Network,
  { subnet }: SubnetPlace,
  nextHop: string,
  address: string | undefined,
): string | undefined {
  if (nextHop === "Internet") {
    if (subnet.natGatewayId !== undefined && !isUnknown(subnet.natGatewayId)) return normalizeId(subnet.natGatewayId);
    if (subnet.defaultOutboundAccess === false) return undefined;
    addInternet(drawing);
    return internetId;
  }
  if (nextHop === "VirtualNetworkGateway") {
    return network.estate.virtualNetworkGateways.map(({ id }) => normalizeId(id)).find((id) => drawing.has(id));
  }
  if (nextHop === "None") {
    drawing.add({ id: "dropped", kind: "appliance", lines: ["dropped", "next hop None"] });
    return "dropped";
  }
  if (nextHop !== "VirtualAppliance" || address === undefined) return undefined;
  const parsed = parseAddress(address);
  const appliance = parsed.ok ? applianceAt(network, parsed.value) : undefined;
  if (appliance?.kind === "firewall") return normalizeId(appliance.firewall.id);
  drawing.add({ id: `appliance ${address}`, kind: "appliance", lines: ["appliance", address] });
  return `appliance ${address}`;
}
