import type {
  BgpSettings,
  Connection,
  ExpressRouteCircuit,
  LocalNetworkGateway,
  VirtualNetworkGateway,
} from "../../model/estate/gateway.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

/** VPN and ExpressRoute gateways. */
export function readVirtualNetworkGateways(set: ResourceSet): readonly VirtualNetworkGateway[] {
  return set.of("Microsoft.Network/virtualNetworkGateways").map((source) => {
    const { fields } = source;
    const configurations = fields.objects("ipConfigurations");
    const clients = fields.object("vpnClientConfiguration")?.object("vpnClientAddressPool");
    return {
      ...resourceOf(source),
      gatewayType: fields.required(fields.oneOf("gatewayType", ["Vpn", "ExpressRoute"]), "gatewayType"),
      ...defined({
        vpnType: fields.oneOf("vpnType", ["RouteBased", "PolicyBased"]),
        skuName: fields.object("sku")?.text("name"),
        // The Azure CLI and Pulumi shorten the two names.
        activeActive: fields.boolean("activeActive") ?? fields.boolean("active"),
        enableBgp: fields.boolean("enableBgp"),
        bgpSettings: readBgpSettings(fields),
        gatewayDefaultSiteId: fields.reference("gatewayDefaultSite"),
      }),
      subnetIds: configurations.flatMap(
        (configuration) => configuration.unknown ?? configuration.reference("subnet") ?? [],
      ),
      publicIpAddressIds: configurations.flatMap(
        (configuration) => configuration.unknown ?? configuration.reference("publicIPAddress") ?? [],
      ),
      vpnClientAddressPool: clients?.prefixes("addressPrefixes") ?? [],
      customRoutes: fields.object("customRoutes")?.prefixes("addressPrefixes") ?? [],
    };
  });
}

/** Local network gateways: the sites on-premises. */
export function readLocalNetworkGateways(set: ResourceSet): readonly LocalNetworkGateway[] {
  return set.of("Microsoft.Network/localNetworkGateways").map((source) => {
    const { fields } = source;
    return {
      ...resourceOf(source),
      addressPrefixes: fields.object("localNetworkAddressSpace")?.prefixes("addressPrefixes") ?? [],
      ...defined({
        gatewayIpAddress: fields.address("gatewayIpAddress"),
        fqdn: fields.text("fqdn"),
        bgpSettings: readBgpSettings(fields),
      }),
    };
  });
}

/** Connections of gateways. Shared keys are never looked at. */
export function readConnections(set: ResourceSet): readonly Connection[] {
  return set.of("Microsoft.Network/connections").map((source) => {
    const { fields, condition } = source;
    return {
      ...resourceOf(source),
      connectionType:
        condition ??
        fields.required(
          fields.oneOf("connectionType", ["IPsec", "Vnet2Vnet", "ExpressRoute", "VPNClient"]),
          "connectionType",
        ),
      ...defined({
        virtualNetworkGateway1Id: fields.reference("virtualNetworkGateway1"),
        virtualNetworkGateway2Id: fields.reference("virtualNetworkGateway2"),
        localNetworkGateway2Id: fields.reference("localNetworkGateway2"),
        expressRouteCircuitId: fields.reference("peer"),
        enableBgp: fields.boolean("enableBgp"),
        connectionStatus: fields.oneOf("connectionStatus", ["Unknown", "Connecting", "Connected", "NotConnected"]),
      }),
    };
  });
}

/** ExpressRoute circuits. */
export function readExpressRouteCircuits(set: ResourceSet): readonly ExpressRouteCircuit[] {
  return set.of("Microsoft.Network/expressRouteCircuits").map((source) => {
    const { fields } = source;
    return {
      ...resourceOf(source),
      ...defined({
        skuTier: fields.object("sku")?.text("tier"),
        circuitProvisioningState: fields.text("circuitProvisioningState"),
        serviceProviderProvisioningState: fields.text("serviceProviderProvisioningState"),
      }),
    };
  });
}

function readBgpSettings(fields: Fields): BgpSettings | undefined {
  const settings = fields.object("bgpSettings");
  if (settings === undefined) return undefined;
  return defined({ asn: settings.integer("asn"), bgpPeeringAddress: readPeeringAddress(settings) });
}

/** An active-active gateway answers with both its addresses in one text; the model knows one. */
function readPeeringAddress(settings: Fields): BgpSettings["bgpPeeringAddress"] {
  const text = settings.text("bgpPeeringAddress");
  if (typeof text === "string" && text.includes(","))
    return { unknown: `bgpPeeringAddress "${text}" is several addresses`, place: settings.place };
  return settings.address("bgpPeeringAddress");
}
