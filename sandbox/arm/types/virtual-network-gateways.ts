import { readCidrs, writeAddress } from "../addresses.ts";
import { nameOf, parentId, sameId } from "../arm-id.ts";
import type { ArmDelete, ArmError, ArmPut, ArmResource } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkStandardPublicIp, identified, subnetPrefixes } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { normalizeLocation, zonesOf } from "../regions.ts";
import { checkGatewayRoutes, checkServiceSubnet, routesOfTable } from "../reserved-subnets.ts";
import { stableGuid } from "../stable.ts";
import { number, propertiesOf, record, records, refId, sameText, strings, text, type Wire } from "../wire.ts";

const type = "Microsoft.Network/virtualNetworkGateways";

/**
 * VPN and ExpressRoute gateways. Sources (as of 2026-11-21): https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq,
 * .../about-gateway-skus, https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways.
 */
export const virtualNetworkGateways = defineRules({
  type,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    { path: "properties.ipConfigurations[].properties.subnet.id", type: "Microsoft.Network/virtualNetworks/subnets" },
    {
      path: "properties.ipConfigurations[].properties.publicIPAddress.id",
      type: "Microsoft.Network/publicIPAddresses",
      sameRegion: true,
      sameSubscription: true,
    },
    { path: "properties.gatewayDefaultSite.id", type: "Microsoft.Network/localNetworkGateways" },
  ],
  defaults: { enableBgp: false, activeActive: false, enablePrivateIpAddress: false, vpnType: "RouteBased" },
  refusePut,
  refuseDelete,
  computed,
  replaceOn: [],
  duration: { create: 1800, update: 900, delete: 900 },
});

function* refusePut(put: ArmPut): Generator<ArmError> {
  yield* checkSku(put);
  yield* checkConfigurations(put);
  yield* checkSubnet(put);
}

// `NonAzSkusNotAllowedForVPNGateway` and its wording: public deployment reports of 2026, see README.md.
function* checkSku({ id, body, previous }: ArmPut): Generator<ArmError> {
  const { gatewayType, vpnType, activeActive, enableBgp } = body.properties;
  const sku = text(record(body.properties.sku).name) ?? "";
  const tier = text(record(body.properties.sku).tier) ?? sku;
  const isVpn = sameText(gatewayType, "Vpn");
  const isBasic = sameText(sku, "Basic");
  if (sku === "" || tier.toLowerCase() !== sku.toLowerCase()) {
    yield badRequest(
      "VirtualNetworkGatewaySkuInvalid",
      `Virtual network gateway ${nameOf(id)} must have a SKU whose name and tier agree: name ${sku}, tier ${tier}.`,
    );
  }
  if (isVpn && previous === undefined && /^VpnGw[1-5]$/i.test(sku)) {
    yield badRequest(
      "NonAzSkusNotAllowedForVPNGateway",
      "VpnGw1-5 non-AZ SKUs are no longer supported for VPN gateways. Only VpnGw1-5AZ SKUs can be created going forward.",
    );
  } else if (isVpn !== (isBasic || /^VpnGw[1-5](AZ)?$/i.test(sku))) {
    yield badRequest(
      "VirtualNetworkGatewaySkuNotSupported",
      `Gateway SKU ${sku} is not supported for a new gateway of type ${text(gatewayType)} (${nameOf(id)}).`,
    );
  }
  if (sameText(vpnType, "PolicyBased") && (!isBasic || enableBgp === true || activeActive === true)) {
    yield badRequest(
      "PolicyBasedVpnNotSupported",
      `Virtual network gateway ${nameOf(id)}: VPN type PolicyBased is only supported with SKU Basic, without BGP and active-active mode.`,
    );
  }
  if (isBasic && (enableBgp === true || activeActive === true)) {
    yield badRequest(
      "BasicGatewaySkuFeatureNotSupported",
      `Virtual network gateway ${nameOf(id)}: SKU Basic supports neither BGP nor active-active mode.`,
    );
  }
  for (const fixed of ["gatewayType", "vpnType"] as const) {
    const before = text(previous?.properties[fixed]);
    if (before !== undefined && !sameText(body.properties[fixed] ?? before, before)) {
      yield badRequest(
        "VirtualNetworkGatewayPropertyCannotBeChanged",
        `${fixed} of virtual network gateway ${nameOf(id)} cannot be changed from ${before}.`,
      );
    }
  }
}

function* checkConfigurations(put: ArmPut): Generator<ArmError> {
  const { id, body, estate } = put;
  const isVpn = sameText(body.properties.gatewayType, "Vpn");
  const entries = records(body.properties.ipConfigurations);
  const needed = body.properties.activeActive === true ? 2 : 1;
  if (entries.length < needed) {
    yield badRequest(
      "VirtualNetworkGatewayIpConfigurationsInvalid",
      `Virtual network gateway ${nameOf(id)} ${needed === 2 ? "in active-active mode " : ""}must have at least ${needed} IP configuration(s); it has ${entries.length}.`,
    );
  }
  const addresses = entries
    .map((entry) => refId(propertiesOf(entry).publicIPAddress))
    .filter((one) => one !== undefined);
  if (isVpn && addresses.length < entries.length) {
    yield badRequest(
      "VirtualNetworkGatewayPublicIpRequired",
      `Virtual network gateway ${nameOf(id)}: every IP configuration of a VPN gateway must have a public IP address.`,
    );
  }
  if (new Set(addresses.map((one) => one.toLowerCase())).size < addresses.length) {
    yield badRequest(
      "PublicIPAddressInUse",
      `Resource ${id} is referencing a public IP address in more than one IP configuration.`,
    );
  }
  for (const address of addresses) {
    yield* checkStandardPublicIp(put, address);
    yield* checkZones(body, estate.get(address));
  }
}

function* checkZones(body: ArmResource, address: ArmResource | undefined): Generator<ArmError> {
  const isAz = /^VpnGw\dAZ$/i.test(text(record(body.properties.sku).name) ?? "");
  const hasZones = (zonesOf(text(body.location) ?? "") ?? []).length > 0;
  if (!isAz || !hasZones || address === undefined || strings(address.zones).length > 0) return;
  yield badRequest(
    "VmssVpnGatewayPublicIpsMustHaveZonesConfigured",
    "Standard Public IPs associated with VPN Gateways with AZ VPN skus must have zones configured.",
  );
}

function* checkSubnet({ id, body, estate }: ArmPut): Generator<ArmError> {
  const subnetId = gatewaySubnet(body);
  const subnet = estate.get(subnetId ?? "");
  const networkId = parentId(subnetId ?? "");
  if (subnetId === undefined || subnet === undefined || networkId === undefined) return;
  yield* checkServiceSubnet(estate, subnetId, "GatewaySubnet", "VirtualNetworkGateway");
  const tableId = refId(subnet.properties.routeTable);
  const { table, routes } = routesOfTable(estate, tableId);
  yield* checkGatewayRoutes(table, routes, nameOf(tableId ?? ""));
  const network = estate.get(networkId);
  if (
    network?.location !== undefined &&
    normalizeLocation(network.location) !== normalizeLocation(text(body.location) ?? "")
  ) {
    yield badRequest(
      "InvalidResourceReference",
      `Resource ${subnetId} referenced by resource ${id} was not found. ` +
        "Please make sure that the referenced resource exists, and that both resources are in the same region.",
    );
  }
  const others = usersOf(estate, subnetId, type).filter((other) => !sameId(other.id, id));
  if (others.some((other) => sameText(other.properties.gatewayType, String(body.properties.gatewayType)))) {
    yield badRequest(
      "VirtualNetworkGatewayOfSameTypeExists",
      `Virtual network ${networkId} already has a gateway of type ${text(body.properties.gatewayType)}.`,
    );
  }
  if (others.length > 0 && readCidrs(subnetPrefixes(subnet.properties)).every((block) => block.length > 27)) {
    yield badRequest(
      "GatewaySubnetTooSmallForCoexistence",
      `GatewaySubnet of virtual network ${networkId} must be /27 or larger to hold a VPN and an ExpressRoute gateway.`,
    );
  }
  const transit = estate.children(networkId).find((peering) => peering.properties.useRemoteGateways === true);
  if (transit !== undefined) {
    yield badRequest(
      "VnetUsesRemoteGateways",
      `Virtual network ${networkId} cannot have a gateway of its own while peering ${transit.id} has UseRemoteGateways flag set to true.`,
    );
  }
}

function* refuseDelete({ id, estate }: ArmDelete): Generator<ArmError> {
  const users = usersOf(estate, id, "Microsoft.Network/connections");
  if (users.length === 0) return;
  yield badRequest(
    "VirtualNetworkGatewayCannotBeDeleted",
    `Virtual network gateway ${id} cannot be deleted because it is used by connection(s) ${users.map((user) => user.id).join(", ")}.`,
  );
}

/** Default ASN of a VPN gateway: https://learn.microsoft.com/azure/vpn-gateway/configure-bgp (as of 2026-11-21). */
const defaultAsn = 65515;

function computed({ id, body, estate }: ArmPut): Wire {
  const bgp = record(body.properties.bgpSettings);
  const subnet = estate.get(gatewaySubnet(body) ?? "");
  const block = readCidrs(subnetPrefixes(subnet?.properties ?? {}))[0];
  const peer = block === undefined ? undefined : writeAddress(block.last - 1);
  const ipConfigurations = identified(id, "ipConfigurations", body.properties.ipConfigurations, () => ({
    privateIPAllocationMethod: "Dynamic",
  }));
  return {
    resourceGuid: stableGuid(id),
    ipConfigurations,
    ...(sameText(body.properties.gatewayType, "Vpn") && peer !== undefined
      ? {
          bgpSettings: {
            ...bgp,
            asn: number(bgp.asn) ?? defaultAsn,
            bgpPeeringAddress: text(bgp.bgpPeeringAddress) ?? peer,
            peerWeight: number(bgp.peerWeight) ?? 0,
          },
        }
      : {}),
  };
}

function gatewaySubnet(body: ArmResource): string | undefined {
  return records(body.properties.ipConfigurations)
    .map((entry) => refId(propertiesOf(entry).subnet))
    .find((one) => one !== undefined);
}
