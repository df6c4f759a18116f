import { readCidrs } from "./addresses.ts";
import { nameOf } from "./arm-id.ts";
import type { ArmError, EstateView } from "./contract.ts";
import { subnetPrefixes } from "./ip-configurations.ts";
import { badRequest } from "./refusal.ts";
import { tableRoutes } from "./route.ts";
import { refId, sameText, text, type Wire } from "./wire.ts";

/** What Azure asks of a subnet with a name of its own. */
export interface ReservedSubnet {
  /** The longest prefix, so the smallest subnet, that its service is created in. */
  readonly longestPrefix: number;
  readonly takesNetworkSecurityGroup: boolean;
  readonly takesRouteTable: boolean;
  readonly takesNatGateway: boolean;
}

/**
 * Subnets whose name is reserved. Sources (as of 2026-11-21):
 * https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq, https://learn.microsoft.com/azure/nat-gateway/nat-overview,
 * https://learn.microsoft.com/azure/firewall/firewall-faq, https://learn.microsoft.com/azure/bastion/configuration-settings,
 * https://learn.microsoft.com/azure/bastion/bastion-faq (no user defined routes).
 */
const reserved: Readonly<Record<string, ReservedSubnet>> = {
  gatewaysubnet: {
    longestPrefix: 29,
    takesNetworkSecurityGroup: false,
    takesRouteTable: true,
    takesNatGateway: false,
  },
  azurefirewallsubnet: {
    longestPrefix: 26,
    takesNetworkSecurityGroup: false,
    takesRouteTable: true,
    takesNatGateway: true,
  },
  azurefirewallmanagementsubnet: {
    longestPrefix: 26,
    takesNetworkSecurityGroup: false,
    takesRouteTable: true,
    takesNatGateway: false,
  },
  azurebastionsubnet: {
    longestPrefix: 26,
    takesNetworkSecurityGroup: true,
    takesRouteTable: false,
    takesNatGateway: false,
  },
};

/** The rules of a reserved subnet; undefined for an ordinary one. */
export function reservedSubnet(name: string): ReservedSubnet | undefined {
  return reserved[name.toLowerCase()];
}

/** Refuses what may not be attached to a reserved subnet. */
export function* checkAttachments(subnetName: string, properties: Wire): Generator<ArmError> {
  const rules = reservedSubnet(subnetName);
  if (rules === undefined) return;
  const group = refId(properties.networkSecurityGroup);
  if (group !== undefined && !rules.takesNetworkSecurityGroup) {
    yield badRequest(
      `NetworkSecurityGroupCannotBeAttachedTo${subnetName}`,
      `The operation failed because the network security group ${nameOf(group)} can not be associated to the ${subnetName}. ` +
        `Please remove the network security group associated to the ${subnetName}.`,
    );
  }
  const table = refId(properties.routeTable);
  if (table !== undefined && !rules.takesRouteTable) {
    yield badRequest(
      `RouteTableCannotBeAttachedFor${subnetName}`,
      `Route table ${nameOf(table)} cannot be attached to subnet ${subnetName}. This is not allowed.`,
    );
  }
  const nat = refId(properties.natGateway);
  if (nat !== undefined && !rules.takesNatGateway) {
    yield badRequest(
      `NatGatewayCannotBeAttachedTo${subnetName}`,
      `NAT gateway ${nameOf(nat)} cannot be attached to subnet ${subnetName}.`,
    );
  }
}

/** Refuses a service in a subnet of another name, or in one too small. */
export function* checkServiceSubnet(
  estate: EstateView,
  subnetId: string,
  name: string,
  service: string,
): Generator<ArmError> {
  if (!sameText(nameOf(subnetId), name)) {
    yield badRequest(
      `${service}SubnetNameInvalid`,
      `${service} can only be deployed in a subnet with name '${name}', not in '${nameOf(subnetId)}'.`,
    );
    return;
  }
  const longest = reservedSubnet(name)?.longestPrefix ?? 32;
  const blocks = readCidrs(subnetPrefixes(estate.get(subnetId)?.properties ?? {}));
  const small = blocks.find((block) => block.length > longest);
  if (small === undefined) return;
  yield badRequest(
    `${service}SubnetTooSmall`,
    `Subnet ${name} with address prefix ${small.canonical} is too small for ${service}: it must be /${longest} or larger.`,
  );
}

/**
 * Refuses a route table that a VPN or ExpressRoute gateway cannot live with: a default route, or no propagation.
 * Source: https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways (as of 2026-11-21).
 */
export function* checkGatewayRoutes(
  table: Wire | undefined,
  routes: readonly Wire[],
  name: string,
): Generator<ArmError> {
  if (routes.some((route) => route.addressPrefix === "0.0.0.0/0")) {
    yield badRequest(
      "GatewaySubnetDefaultRouteNotSupported",
      `Route table ${name} has a route for 0.0.0.0/0, which is not supported on GatewaySubnet.`,
    );
  }
  if (table?.disableBgpRoutePropagation === true) {
    yield badRequest(
      "GatewaySubnetRoutePropagationRequired",
      `Route table ${name} disables gateway route propagation, which is not supported on GatewaySubnet.`,
    );
  }
}

/**
 * Refuses a default route of AzureFirewallSubnet that does not lead to the Internet.
 * Source: https://learn.microsoft.com/azure/firewall/forced-tunneling (as of 2026-11-21).
 */
export function* checkFirewallRoutes(routes: readonly Wire[], name: string): Generator<ArmError> {
  const route = routes.find((candidate) => candidate.addressPrefix === "0.0.0.0/0");
  if (route === undefined || sameText(route.nextHopType, "Internet")) return;
  yield badRequest(
    "AzureFirewallSubnetDefaultRouteInvalid",
    `Route table ${name} sends 0.0.0.0/0 to ${text(route.nextHopType)}: AzureFirewallSubnet must have a default route ` +
      "with next hop Internet unless the firewall has a management IP configuration.",
  );
}

/** The routes in effect for a subnet's route table, whoever wrote them. */
export function routesOfTable(estate: EstateView, tableId: string | undefined) {
  const table = tableId === undefined ? undefined : estate.get(tableId);
  return { table: table?.properties, routes: table === undefined ? [] : tableRoutes(table, estate) };
}
