import { isInside, overlaps, readCidr, readCidrs } from "../addresses.ts";
import { nameOf, parentId, sameId } from "../arm-id.ts";
import { checkPrefix } from "../check-prefix.ts";
import type { ArmDelete, ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { ipConfigurationsUsing, subnetPrefixes } from "../ip-configurations.ts";
import { checkName, networkName } from "../name-rule.ts";
import { checkReferences, type Reference, usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { checkAttachments, checkFirewallRoutes, checkGatewayRoutes, routesOfTable } from "../reserved-subnets.ts";
import { record, refId, strings, text } from "../wire.ts";

/** Subnets; each PUT replaces the whole subnet, so one written without its NSG loses it. */
export const subnets = defineRules({
  type: "Microsoft.Network/virtualNetworks/subnets",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "none",
  defaults: { privateEndpointNetworkPolicies: "Disabled", privateLinkServiceNetworkPolicies: "Enabled" },
  notStored: [
    "ipConfigurations",
    "ipConfigurationProfiles",
    "serviceAssociationLinks",
    "resourceNavigationLinks",
    "purpose",
  ],
  *refusePut(put) {
    const networkId = parentId(put.id) ?? "";
    const network = put.estate.get(networkId);
    const others = put.estate
      .children(networkId)
      .filter((other) => other.type.toLowerCase().endsWith("/subnets") && !sameId(other.id, put.id))
      .map((other) => ({ name: other.name, prefixes: subnetPrefixes(other.properties) }));
    const prefixes = strings(record(network?.properties.addressSpace).addressPrefixes);
    yield* checkSubnet(put, { id: networkId, location: network?.location, prefixes }, others);
  },
  refuseDelete: ({ id, estate }: ArmDelete) => checkSubnetIsFree(id, estate),
  computed: ({ id, body }) => ({ delegations: delegations(id, body) }),
  present,
  locks: (id) => [parentId(id) ?? id],
  replaceOn: [],
  duration: { create: 4, update: 4, delete: 11 },
});

/** The network a subnet is written to, as it is or as it will be. */
export interface SubnetNetwork {
  readonly id: string;
  readonly location: string | undefined;
  readonly prefixes: readonly string[];
}

const references: readonly Reference[] = [
  {
    path: "properties.networkSecurityGroup.id",
    type: "Microsoft.Network/networkSecurityGroups",
    sameRegion: true,
    sameSubscription: true,
  },
  { path: "properties.routeTable.id", type: "Microsoft.Network/routeTables", sameRegion: true, sameSubscription: true },
  { path: "properties.natGateway.id", type: "Microsoft.Network/natGateways", sameRegion: true, sameSubscription: true },
];

/** Refuses a subnet, written by itself or inside its network; `others` are the subnets beside it. */
export function* checkSubnet(
  put: ArmPut,
  network: SubnetNetwork,
  others: readonly { readonly name: string; readonly prefixes: readonly string[] }[],
): Generator<ArmError> {
  yield* checkName(networkName, put.id);
  const errors = [...checkPrefixes(put, network)];
  yield* errors;
  if (errors.length > 0) return;
  const own = readCidrs(subnetPrefixes(put.body.properties));
  const name = nameOf(put.id);
  if (others.some((other) => readCidrs(other.prefixes).some((block) => own.some((mine) => overlaps(mine, block))))) {
    yield badRequest(
      "NetcfgSubnetRangesOverlap",
      `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet ` +
        `in virtual network '${nameOf(network.id)}'.`,
    );
  }
  yield* checkResize(put);
  yield* checkReferences(references, put, network.location);
  yield* checkAttachments(name, put.body.properties);
  yield* checkNatGatewayNetwork(put, network.id);
  yield* checkServiceRoutes(put);
}

/** Refuses to take a subnet away from what stands in it. */
export function* checkSubnetIsFree(id: string, estate: EstateView): Generator<ArmError> {
  const users = ipConfigurationsUsing(estate, id);
  if (users.length === 0) return;
  yield badRequest(
    "InUseSubnetCannotBeDeleted",
    `Subnet ${nameOf(id)} is in use by ${users.join(", ")} and cannot be deleted. ` +
      "In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.",
  );
}

/** Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq ("smallest supported IPv4 subnet is /29") (as of 2026-11-21). */
const longestPrefix = 29;

function* checkPrefixes({ id, body }: ArmPut, network: SubnetNetwork): Generator<ArmError> {
  const { addressPrefix, addressPrefixes } = body.properties;
  const prefixes = subnetPrefixes(body.properties);
  const name = nameOf(id);
  if (text(addressPrefix) !== undefined && strings(addressPrefixes).length > 0) {
    yield badRequest(
      "SubnetAddressPrefixAndPrefixesSpecified",
      `Subnet ${name} must have either addressPrefix or addressPrefixes, not both.`,
    );
    return;
  }
  if (prefixes.length === 0) {
    yield badRequest(
      "AddressPrefixStringCannotBeNullOrEmpty",
      `Address prefix string for resource ${id} cannot be null or empty.`,
    );
    return;
  }
  for (const prefix of prefixes) yield* checkPrefix(prefix, id);
  const space = readCidrs(network.prefixes);
  for (const block of prefixes.map(readCidr).filter((one) => one !== undefined)) {
    if (!space.some((outer) => isInside(block, outer))) {
      yield badRequest(
        "NetcfgSubnetRangeOutsideVnet",
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of ` +
          `virtual network '${nameOf(network.id)}'.`,
      );
    }
    if (block.length > longestPrefix) {
      yield badRequest(
        "NetcfgInvalidSubnet",
        `Subnet '${name}' is not valid in virtual network '${nameOf(network.id)}': ${block.canonical} is smaller than /${longestPrefix}.`,
      );
    }
  }
}

// A prefix with addresses in use can go only when the new one still holds them, and ARM does not even try.
function* checkResize({ id, body, previous, estate }: ArmPut): Generator<ArmError> {
  if (previous === undefined || ipConfigurationsUsing(estate, id).length === 0) return;
  const kept = new Set(subnetPrefixes(body.properties));
  for (const prefix of subnetPrefixes(previous.properties).filter((old) => !kept.has(old))) {
    yield badRequest(
      "InUsePrefixCannotBeDeleted",
      `IpPrefix ${prefix} on Subnet ${nameOf(id)} has active allocations and cannot be deleted.`,
    );
  }
}

function* checkNatGatewayNetwork({ id, body, estate }: ArmPut, networkId: string): Generator<ArmError> {
  const nat = refId(body.properties.natGateway);
  if (nat === undefined) return;
  const elsewhere = usersOf(estate, nat, "Microsoft.Network/virtualNetworks/subnets").find(
    (user) => !sameId(user.id, id) && !sameId(parentId(user.id), networkId),
  );
  if (elsewhere === undefined) return;
  yield badRequest(
    "NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks",
    `NAT gateway ${nameOf(nat)} cannot be used by subnet ${id}: it is used by ${elsewhere.id}, which is in another virtual network.`,
  );
}

// A gateway or firewall that stands in the subnet already keeps its demands on the routes.
function* checkServiceRoutes({ id, body, estate }: ArmPut): Generator<ArmError> {
  const tableId = refId(body.properties.routeTable);
  if (tableId === undefined) return;
  const { table, routes } = routesOfTable(estate, tableId);
  if (usersOf(estate, id, "Microsoft.Network/virtualNetworkGateways").length > 0) {
    yield* checkGatewayRoutes(table, routes, nameOf(tableId));
  }
  const firewall = usersOf(estate, id, "Microsoft.Network/azureFirewalls")[0];
  if (firewall !== undefined && (!isManaged(firewall) || nameOf(id) === "AzureFirewallManagementSubnet")) {
    yield* checkFirewallRoutes(routes, nameOf(tableId));
  }
}

function isManaged(firewall: ArmResource): boolean {
  return firewall.properties.managementIpConfiguration !== undefined;
}

function delegations(id: string, body: ArmResource) {
  const entries = Array.isArray(body.properties.delegations) ? body.properties.delegations : [];
  return entries.map((entry) => {
    const { name, properties } = record(entry);
    return {
      ...record(entry),
      id: `${id}/delegations/${text(name) ?? ""}`,
      properties: { ...record(properties), provisioningState: "Succeeded" },
    };
  });
}

function present(subnet: ArmResource, estate: EstateView): ArmResource {
  const ids = ipConfigurationsUsing(estate, subnet.id);
  if (ids.length === 0) return subnet;
  return { ...subnet, properties: { ...subnet.properties, ipConfigurations: ids.map((id) => ({ id })) } };
}
