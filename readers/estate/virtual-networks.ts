import type {
  PrivateEndpointNetworkPolicies,
  ServiceEndpoint,
  ServiceEndpointPolicy,
  Subnet,
  VirtualNetwork,
  VirtualNetworkPeering,
} from "../../model/estate/virtual-network.ts";
import { isUnknown, type Read } from "../../model/read.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

const type = "Microsoft.Network/virtualNetworks";

/** Virtual networks with their subnets and peerings. */
export function readVirtualNetworks(set: ResourceSet): readonly VirtualNetwork[] {
  return set.of(type, ["subnets", "virtualNetworkPeerings"]).map((source) => {
    const { fields } = source;
    const encryption = fields.object("encryption");
    // Of a network that only its children mention, no list says what else it holds: `inInput` does.
    const inline = (list: string) => (source.inInput ? list : undefined);
    return {
      ...resourceOf(source),
      addressSpace: fields.object("addressSpace")?.prefixes("addressPrefixes") ?? [],
      dnsServers: fields.object("dhcpOptions")?.addresses("dnsServers") ?? [],
      subnets: set.children(source, `${type}/subnets`, inline("subnets")).map(readSubnet),
      virtualNetworkPeerings: set
        .children(source, `${type}/virtualNetworkPeerings`, inline("virtualNetworkPeerings"))
        .map(readPeering),
      ...defined({ encryptionEnabled: encryption?.boolean("enabled") }),
    };
  });
}

/** Service endpoint policies with their definitions. */
export function readServiceEndpointPolicies(set: ResourceSet): readonly ServiceEndpointPolicy[] {
  const policies = "Microsoft.Network/serviceEndpointPolicies";
  const definitions = `${policies}/serviceEndpointPolicyDefinitions`;
  return set.of(policies, ["serviceEndpointPolicyDefinitions"]).map((source) => ({
    ...resourceOf(source),
    definitions: set.children(source, definitions, "serviceEndpointPolicyDefinitions").map(
      ({ name, fields, condition }) =>
        condition ??
        fields.unknown ?? {
          name,
          service: fields.required(fields.text("service"), "service"),
          serviceResources: fields.texts("serviceResources"),
        },
    ),
  }));
}

function readSubnet(source: Source): Subnet {
  const { fields } = source;
  const several = fields.prefixes("addressPrefixes");
  const single = fields.value("addressPrefix") === undefined ? undefined : fields.prefix("addressPrefix");
  return {
    ...resourceOf(source),
    addressPrefixes: several.length > 0 || single === undefined ? several : [single],
    ...defined({
      networkSecurityGroupId: fields.reference("networkSecurityGroup"),
      routeTableId: fields.reference("routeTable"),
      natGatewayId: fields.reference("natGateway"),
      defaultOutboundAccess: fields.boolean("defaultOutboundAccess"),
      privateEndpointNetworkPolicies: fields.oneOf<PrivateEndpointNetworkPolicies>("privateEndpointNetworkPolicies", [
        "Disabled",
        "Enabled",
        "NetworkSecurityGroupEnabled",
        "RouteTableEnabled",
      ]),
    }),
    delegations: fields
      .objects("delegations")
      .map((delegation) => delegation.unknown ?? delegation.required(delegation.text("serviceName"), "serviceName")),
    serviceEndpoints: fields.objects("serviceEndpoints").map(readServiceEndpoint),
    serviceEndpointPolicyIds: fields.references("serviceEndpointPolicies"),
    ipConfigurationIds: fields.references("ipConfigurations"),
  };
}

function readServiceEndpoint(endpoint: Fields): Read<ServiceEndpoint> {
  const service = endpoint.unknown ?? endpoint.required(endpoint.text("service"), "service");
  if (isUnknown(service)) return service;
  const locations = endpoint.texts("locations");
  const missing = locations.find(isUnknown);
  return missing ?? { service, locations: locations.filter((location) => typeof location === "string") };
}

function readPeering(source: Source): VirtualNetworkPeering {
  const { fields, condition } = source;
  const remote = fields.object("remoteAddressSpace");
  return {
    ...resourceOf(source),
    remoteVirtualNetworkId: fields.required(fields.reference("remoteVirtualNetwork"), "remoteVirtualNetwork"),
    remoteAddressSpace: remote?.prefixes("addressPrefixes") ?? [],
    ...defined({
      peeringState: condition ?? fields.oneOf("peeringState", ["Initiated", "Connected", "Disconnected"]),
      peeringSyncLevel: fields.oneOf("peeringSyncLevel", [
        "FullyInSync",
        "RemoteNotInSync",
        "LocalNotInSync",
        "LocalAndRemoteNotInSync",
      ]),
      allowVirtualNetworkAccess: fields.boolean("allowVirtualNetworkAccess"),
      allowForwardedTraffic: fields.boolean("allowForwardedTraffic"),
      allowGatewayTransit: fields.boolean("allowGatewayTransit"),
      useRemoteGateways: fields.boolean("useRemoteGateways"),
      peerCompleteVnets: fields.boolean("peerCompleteVnets"),
    }),
    localSubnetNames: fields.texts("localSubnetNames"),
    remoteSubnetNames: fields.texts("remoteSubnetNames"),
  };
}
