import { overlaps, readAddress, readCidr, readCidrs } from "../addresses.ts";
import { nameOf } from "../arm-id.ts";
import { checkPrefix, forbiddenRange } from "../check-prefix.ts";
import { repeatedName } from "../child-lists.ts";
import type { ArmDelete, ArmError, ArmPut, ArmResource, Cascade, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { subnetPrefixes } from "../ip-configurations.ts";
import { virtualNetworkName } from "../name-rule.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { propertiesOf, record, records, refId, strings, text, type Wire } from "../wire.ts";
import { checkSubnet, checkSubnetIsFree, subnets } from "./subnets.ts";
import { virtualNetworkPeerings } from "./virtual-network-peerings.ts";

const subnetType = "Microsoft.Network/virtualNetworks/subnets";
const peeringType = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

/** Virtual networks; inline subnets become resources of their own, and a GET lists them again. */
export const virtualNetworks = defineRules({
  type: "Microsoft.Network/virtualNetworks",
  apiVersion: "2024-05-01",
  name: virtualNetworkName,
  place: "regional",
  defaults: { enableDdosProtection: false },
  references: [{ path: "properties.ddosProtectionPlan.id", type: "Microsoft.Network/ddosProtectionPlans" }],
  notStored: ["subnets", "virtualNetworkPeerings"],
  refusePut,
  refuseDelete,
  computed: ({ id }) => ({ resourceGuid: stableGuid(id) }),
  cascade,
  present,
  replaceOn: ["location"],
  duration: { create: 5, update: 5, delete: 12 },
});

/** The address prefixes of a network's address space. */
export function addressSpaceOf(network: { readonly properties: Wire } | undefined): readonly string[] {
  return strings(record(network?.properties.addressSpace).addressPrefixes);
}

function* refusePut(put: ArmPut): Generator<ArmError> {
  const errors = [...checkAddressSpace(put)];
  yield* errors;
  if (errors.length > 0) return;
  yield* checkDnsServers(put);
  yield* checkPeeredNetworks(put);
  yield* checkSubnets(put);
}

function* checkAddressSpace({ id, body }: ArmPut): Generator<ArmError> {
  const prefixes = addressSpaceOf(body);
  if (prefixes.length === 0) {
    yield badRequest("AddressSpaceRequired", `Virtual network ${nameOf(id)} must have at least one address prefix.`);
  }
  for (const prefix of prefixes) {
    yield* checkPrefix(prefix, id);
    const block = readCidr(prefix);
    const range = block && forbiddenRange(block);
    if (range !== undefined) {
      yield badRequest(
        "AddressPrefixNotAllowed",
        `Address prefix ${prefix} of virtual network ${nameOf(id)} overlaps with ${range}, which is reserved.`,
      );
    }
  }
  const blocks = readCidrs(prefixes);
  const twin = blocks.find((block, index) => blocks.slice(0, index).some((other) => overlaps(block, other)));
  if (twin !== undefined) {
    yield badRequest(
      "NetcfgInvalidVirtualNetworkSite",
      `Address prefix ${twin.canonical} of virtual network ${nameOf(id)} overlaps with another prefix of its address space.`,
    );
  }
}

/** DNS servers a network takes. Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (as of 2026-11-21). */
const dnsServersMax = 20;

function* checkDnsServers({ id, body }: ArmPut): Generator<ArmError> {
  const servers = strings(record(body.properties.dhcpOptions).dnsServers);
  const wrong = servers.find((server) => readAddress(server) === undefined);
  if (wrong !== undefined) {
    yield badRequest(
      "InvalidIPAddressFormat",
      `DNS server '${wrong}' of virtual network ${nameOf(id)} is not a valid IP address.`,
    );
  }
  if (servers.length > dnsServersMax) {
    yield badRequest(
      "DnsServersLimitExceeded",
      `Virtual network ${nameOf(id)} has ${servers.length} DNS servers; at most ${dnsServersMax} are allowed.`,
    );
  }
}

function* checkPeeredNetworks({ id, body, estate }: ArmPut): Generator<ArmError> {
  const own = readCidrs(addressSpaceOf(body));
  for (const peering of estate.children(id).filter(({ type }) => type.toLowerCase() === peeringType.toLowerCase())) {
    const remoteId = refId(peering.properties.remoteVirtualNetwork) ?? "";
    const remote = readCidrs(addressSpaceOf(estate.get(remoteId)));
    if (own.some((block) => remote.some((other) => overlaps(block, other)))) {
      yield badRequest(
        "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
        `Address space of virtual network ${id} overlaps with address space of virtual network ${remoteId}, which it is peered with.`,
      );
    }
  }
}

function* checkSubnets(put: ArmPut): Generator<ArmError> {
  const network = { id: put.id, location: put.body.location, prefixes: addressSpaceOf(put.body) };
  if (!Array.isArray(put.body.properties.subnets)) {
    for (const subnet of subnetsOf(put.id, put.estate))
      yield* checkSubnet({ ...put, id: subnet.id, body: subnet, previous: subnet }, network, []);
    return;
  }
  const entries = records(put.body.properties.subnets);
  const twin = repeatedName(entries);
  if (twin !== undefined)
    yield badRequest(
      "DuplicateResourceName",
      `Virtual network ${nameOf(put.id)} has more than one subnet named ${twin}.`,
    );
  const writes = inlineSubnets(put);
  for (const write of writes) {
    const others = writes
      .filter((other) => other.id !== write.id)
      .map(({ id, body }) => ({ name: nameOf(id), prefixes: subnetPrefixes(body.properties) }));
    yield* checkSubnet(write, network, others);
  }
  for (const gone of removedSubnets(put)) yield* checkSubnetIsFree(gone.id, put.estate);
}

function* refuseDelete({ id, estate }: ArmDelete): Generator<ArmError> {
  for (const subnet of subnetsOf(id, estate)) yield* checkSubnetIsFree(subnet.id, estate);
}

function cascade(put: ArmPut): Cascade {
  if (!Array.isArray(put.body.properties.subnets)) return { put: [], remove: [] };
  return {
    put: inlineSubnets(put).map((write) => subnets.complete(write)),
    remove: removedSubnets(put).map((subnet) => subnet.id),
  };
}

function present(network: ArmResource, estate: EstateView): ArmResource {
  const children = estate.children(network.id);
  const peerings = children.filter((child) => child.type.toLowerCase() === peeringType.toLowerCase());
  return {
    ...network,
    properties: {
      ...network.properties,
      subnets: subnetsOf(network.id, estate).map((subnet) => subnets.present?.(subnet, estate) ?? subnet),
      virtualNetworkPeerings: peerings.map((peering) => virtualNetworkPeerings.present?.(peering, estate) ?? peering),
    },
  };
}

function subnetsOf(id: string, estate: EstateView): readonly ArmResource[] {
  return estate.children(id).filter((child) => child.type.toLowerCase() === subnetType.toLowerCase());
}

function removedSubnets(put: ArmPut): readonly ArmResource[] {
  const named = new Set(inlineSubnets(put).map((write) => write.id.toLowerCase()));
  return subnetsOf(put.id, put.estate).filter((subnet) => !named.has(subnet.id.toLowerCase()));
}

/** The inline subnets of a network's body as PUTs of their own. */
function inlineSubnets(put: ArmPut): readonly ArmPut[] {
  return records(put.body.properties.subnets).map((entry) => {
    const name = text(entry.name) ?? nameOf(text(entry.id) ?? "");
    const id = `${put.id}/subnets/${name}`;
    const body: ArmResource = { id, name, type: subnetType, properties: propertiesOf(entry) };
    return { id, body, previous: put.estate.get(id), estate: put.estate };
  });
}
