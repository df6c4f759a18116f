import type {
  HubRoute,
  HubRouteTable,
  HubStaticRoute,
  HubVirtualNetworkConnection,
  RouteServer,
  RoutingPolicy,
  VirtualHub,
  VirtualWan,
} from "../../model/estate/gateway.ts";
import type { Reference } from "../../model/estate/resource.ts";
import { isUnknown, type Read } from "../../model/read.ts";
import { sameResource } from "../../model/resource-id.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

const type = "Microsoft.Network/virtualHubs";
const childTypes = [
  "hubVirtualNetworkConnections",
  "hubRouteTables",
  "routingIntent",
  "bgpConnections",
  "ipConfigurations",
];

/** Virtual WANs. Their field `type` has the name of the resource type, so the Azure CLI prints it under another. */
export function readVirtualWans(set: ResourceSet): readonly VirtualWan[] {
  return set.of("Microsoft.Network/virtualWans").map((source) => {
    const { fields } = source;
    const type = fields.text("type");
    const isResourceType = typeof type === "string" && type.includes("/");
    const wanType = fields.oneOf(isResourceType ? "typePropertiesType" : "type", ["Basic", "Standard"]);
    return { ...resourceOf(source), ...defined({ wanType }) };
  });
}

/** Virtual hubs of a virtual WAN. */
export function readVirtualHubs(set: ResourceSet): readonly VirtualHub[] {
  const gateways = ["vpnGateways", "expressRouteGateways", "p2sVpnGateways"].flatMap((kind) =>
    set.of(`Microsoft.Network/${kind}`),
  );
  return set
    .of(type, childTypes)
    .filter((source) => !isRouteServer(source, set))
    .map((source) => {
      const { fields } = source;
      const policies = set.children(source, `${type}/routingIntent`, undefined);
      return {
        ...resourceOf(source),
        ...defined({
          addressPrefix: fields.prefix("addressPrefix"),
          virtualWanId: fields.reference("virtualWan"),
          azureFirewallId: fields.reference("azureFirewall"),
        }),
        connections: set.children(source, `${type}/hubVirtualNetworkConnections`, undefined).map(readConnection),
        routeTables: set.children(source, `${type}/hubRouteTables`, undefined).map(readRouteTable),
        routingPolicies: policies.flatMap((intent) => intent.fields.objects("routingPolicies").map(readRoutingPolicy)),
        gatewayIds: readGatewayIds(source, gateways),
      };
    });
}

/** Route servers: hubs that have a subnet of a virtual network and belong to no virtual WAN. */
export function readRouteServers(set: ResourceSet): readonly RouteServer[] {
  return set
    .of(type, childTypes)
    .filter((source) => isRouteServer(source, set))
    .map((source) => {
      const { fields } = source;
      const [configuration] = set.children(source, `${type}/ipConfigurations`, "ipConfigurations");
      return {
        ...resourceOf(source),
        ...defined({
          subnetId: configuration?.fields.reference("subnet"),
          allowBranchToBranchTraffic: fields.boolean("allowBranchToBranchTraffic"),
        }),
        bgpConnections: set.children(source, `${type}/bgpConnections`, "bgpConnections").map((peer) => ({
          name: peer.name,
          ...defined({ peerIp: peer.fields.address("peerIp"), peerAsn: peer.fields.integer("peerAsn") }),
        })),
      };
    });
}

function isRouteServer(source: Source, set: ResourceSet): boolean {
  const kind = source.fields.text("kind");
  if (typeof kind === "string") return kind.toLowerCase() === "routeserver";
  if (!source.inInput || source.fields.value("virtualWan") !== undefined) return false;
  return set.children(source, `${type}/ipConfigurations`, "ipConfigurations").length > 0;
}

function readConnection(source: Source): HubVirtualNetworkConnection {
  const { fields } = source;
  const routing = fields.object("routingConfiguration");
  const propagated = routing?.object("propagatedRouteTables");
  return {
    ...resourceOf(source),
    remoteVirtualNetworkId: fields.required(fields.reference("remoteVirtualNetwork"), "remoteVirtualNetwork"),
    ...defined({
      enableInternetSecurity: fields.boolean("enableInternetSecurity"),
      associatedRouteTableId: routing?.reference("associatedRouteTable"),
    }),
    propagatedRouteTableIds: propagated?.references("ids") ?? [],
    propagatedLabels: propagated?.texts("labels") ?? [],
    staticRoutes: (routing?.object("vnetRoutes")?.objects("staticRoutes") ?? []).map(readStaticRoute),
  };
}

function readStaticRoute(fields: Fields): Read<HubStaticRoute> {
  return (
    fields.unknown ?? {
      name: fields.label("name"),
      addressPrefixes: fields.prefixes("addressPrefixes"),
      nextHopIpAddress: fields.required(fields.address("nextHopIpAddress"), "nextHopIpAddress"),
    }
  );
}

function readRouteTable(source: Source): HubRouteTable {
  return {
    ...resourceOf(source),
    labels: source.fields.texts("labels"),
    routes: source.fields.objects("routes").map(readRoute),
  };
}

function readRoute(fields: Fields): Read<HubRoute> {
  return (
    fields.unknown ?? {
      name: fields.label("name"),
      destinationType: fields.required(fields.text("destinationType"), "destinationType"),
      destinations: fields.texts("destinations"),
      nextHopId: fields.required(fields.reference("nextHop"), "nextHop"),
    }
  );
}

/** A routing intent that is not known is a policy of which nothing is known. */
function readRoutingPolicy(fields: Fields): RoutingPolicy {
  return {
    name: fields.unknown === undefined ? fields.label("name") : "",
    destinations: fields.unknown === undefined ? fields.texts("destinations") : [fields.unknown],
    nextHopId: fields.required(fields.reference("nextHop"), "nextHop"),
  };
}

/** A hub names its gateways, or they name the hub. */
function readGatewayIds({ id, fields }: Source, gateways: readonly Source[]): readonly Reference[] {
  const named = ["vpnGateway", "expressRouteGateway", "p2SVpnGateway"].flatMap(
    (field) => fields.reference(field) ?? [],
  );
  const naming = gateways.filter((gateway) => {
    const hub = gateway.fields.reference("virtualHub");
    return hub !== undefined && !isUnknown(hub) && sameResource(hub, id);
  });
  const others = naming
    .map((gateway) => gateway.id)
    .filter((other) => !named.some((known) => !isUnknown(known) && sameResource(known, other)));
  return [...named, ...others];
}
