import { readCidrs } from "../addresses.ts";
import { nameOf, parentId, sameId } from "../arm-id.ts";
import type { ArmError, ArmPut, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { freeAddress, ipConfigurationsUsing, subnetPrefixes } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest, conflict } from "../refusal.ts";
import { normalizeLocation } from "../regions.ts";
import { stableGuid } from "../stable.ts";
import { list, propertiesOf, records, refId, sameText, text } from "../wire.ts";

const resolverType = "Microsoft.Network/dnsResolvers";
const outboundType = `${resolverType}/outboundEndpoints`;
const apiVersion = "2023-07-01-preview";
const subnetReference = { type: "Microsoft.Network/virtualNetworks/subnets", sameSubscription: true };

/** Sources of this file: https://learn.microsoft.com/azure/dns/dns-private-resolver-overview, .../private-resolver-endpoints-rulesets (as of 2026-11-21). */
export const dnsResolvers = defineRules({
  type: resolverType,
  apiVersion,
  name: networkName,
  place: "regional",
  references: [{ path: "properties.virtualNetwork.id", type: "Microsoft.Network/virtualNetworks", sameRegion: true }],
  *refusePut({ id, body, estate }) {
    const network = refId(body.properties.virtualNetwork) ?? "";
    const other = usersOf(estate, network, resolverType).find((user) => !sameId(user.id, id));
    if (other !== undefined) {
      yield badRequest(
        "VirtualNetworkAlreadyHasDnsResolver",
        `Virtual network ${network} already has DNS resolver ${other.id}.`,
      );
    }
  },
  *refuseDelete({ id, estate }) {
    if (estate.children(id).length > 0)
      yield conflict("CannotDeleteResource", `Cannot delete resource '${nameOf(id)}' while nested resources exist.`);
  },
  computed: ({ id }) => ({ dnsResolverState: "Connected", resourceGuid: stableGuid(id) }),
  replaceOn: ["location"],
  duration: { create: 40, update: 20, delete: 30 },
});

/** Inbound endpoints: an address of their own subnet that answers DNS. */
export const dnsInboundEndpoints = defineRules({
  type: `${resolverType}/inboundEndpoints`,
  apiVersion,
  name: networkName,
  place: "regional",
  references: [{ path: "properties.ipConfigurations[].subnet.id", ...subnetReference }],
  *refusePut(put) {
    for (const entry of records(put.body.properties.ipConfigurations))
      yield* checkEndpointSubnet(put, refId(entry.subnet));
  },
  computed: ({ id, body, previous, estate }) => ({
    resourceGuid: stableGuid(id),
    ipConfigurations: records(body.properties.ipConfigurations).map((entry, index) => ({
      privateIpAllocationMethod: "Dynamic",
      ...entry,
      privateIpAddress:
        text(entry.privateIpAddress) ??
        text(records(previous?.properties.ipConfigurations)[index]?.privateIpAddress) ??
        freeAddress(estate, refId(entry.subnet) ?? ""),
    })),
  }),
  locks: (id) => [parentId(id) ?? id],
  replaceOn: ["location"],
  duration: { create: 60, update: 20, delete: 60 },
});

/** Outbound endpoints: where forwarding rulesets send queries from. */
export const dnsOutboundEndpoints = defineRules({
  type: outboundType,
  apiVersion,
  name: networkName,
  place: "regional",
  references: [{ path: "properties.subnet.id", ...subnetReference }],
  *refusePut(put) {
    yield* checkEndpointSubnet(put, refId(put.body.properties.subnet));
  },
  *refuseDelete({ id, estate }) {
    const users = usersOf(estate, id, "Microsoft.Network/dnsForwardingRulesets");
    if (users.length > 0)
      yield conflict(
        "CannotDeleteResource",
        `Cannot delete outbound endpoint '${nameOf(id)}' while it is used by ${users.map((user) => user.id).join(", ")}.`,
      );
  },
  computed: ({ id }) => ({ resourceGuid: stableGuid(id) }),
  locks: (id) => [parentId(id) ?? id],
  replaceOn: ["location"],
  duration: { create: 60, update: 20, delete: 60 },
});

/** Forwarding rulesets of outbound endpoints. */
export const dnsForwardingRulesets = defineRules({
  type: "Microsoft.Network/dnsForwardingRulesets",
  apiVersion,
  name: networkName,
  place: "regional",
  references: [{ path: "properties.dnsResolverOutboundEndpoints[].id", type: outboundType, sameRegion: true }],
  *refusePut({ id, body }) {
    const count = list(body.properties.dnsResolverOutboundEndpoints).length;
    if (count < 1 || count > 2)
      yield badRequest(
        "DnsForwardingRulesetEndpointsInvalid",
        `DNS forwarding ruleset ${nameOf(id)} must have 1 or 2 outbound endpoints; it has ${count}.`,
      );
  },
  *refuseDelete({ id, estate }) {
    const links = estate.children(id).filter((child) => child.type.toLowerCase().endsWith("/virtualnetworklinks"));
    if (links.length > 0)
      yield conflict(
        "CannotDeleteResource",
        `Cannot delete resource '${nameOf(id)}' while nested resources 'virtualNetworkLinks' exist.`,
      );
  },
  computed: ({ id }) => ({ resourceGuid: stableGuid(id) }),
  replaceOn: ["location"],
  duration: { create: 15, update: 15, delete: 15 },
});

/** Forwarding rules: a domain and where its queries go. */
export const dnsForwardingRules = defineRules({
  type: "Microsoft.Network/dnsForwardingRulesets/forwardingRules",
  apiVersion,
  name: networkName,
  place: "none",
  defaults: { forwardingRuleState: "Enabled" },
  *refusePut({ id, body, estate }) {
    const domain = text(body.properties.domainName) ?? "";
    const labels = domain.split(".").slice(0, -1);
    const isName =
      domain === "." ||
      (domain.endsWith(".") &&
        labels.length >= 2 &&
        labels.length <= 34 &&
        labels.every((label) => /^[A-Za-z0-9_-]{1,63}$/.test(label)));
    if (!isName)
      yield badRequest(
        "InvalidDomainName",
        `Domain name '${domain}' of forwarding rule ${nameOf(id)} must be "." or end with a dot and have 2 to 34 labels.`,
      );
    const targets = list(body.properties.targetDnsServers).length;
    if (targets < 1 || targets > 6)
      yield badRequest(
        "TargetDnsServersInvalid",
        `Forwarding rule ${nameOf(id)} must have 1 to 6 target DNS servers; it has ${targets}.`,
      );
    const twin = estate
      .children(parentId(id) ?? "")
      .find((other) => !sameId(other.id, id) && sameText(other.properties.domainName, domain));
    if (twin !== undefined)
      yield conflict("DomainNameAlreadyExists", `Forwarding rule ${twin.name} already forwards ${domain}.`);
  },
  locks: (id) => [parentId(id) ?? id],
  replaceOn: [],
  duration: { create: 5, update: 5, delete: 5 },
});

/** Links of a ruleset to virtual networks of its region. */
export const dnsForwardingRulesetLinks = defineRules({
  type: "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks",
  apiVersion,
  name: networkName,
  place: "none",
  references: [{ path: "properties.virtualNetwork.id", type: "Microsoft.Network/virtualNetworks" }],
  *refusePut({ id, body, estate }) {
    const network = refId(body.properties.virtualNetwork) ?? "";
    const ruleset = estate.get(parentId(id) ?? "");
    if (
      normalizeLocation(text(ruleset?.location) ?? "") !== normalizeLocation(text(estate.get(network)?.location) ?? "")
    ) {
      yield badRequest(
        "VirtualNetworkLinkRegionMismatch",
        `DNS forwarding ruleset ${ruleset?.name} and virtual network ${network} must be in the same region.`,
      );
    }
    const other = usersOf(estate, network, "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks").find(
      (user) => !sameId(user.id, id),
    );
    if (other !== undefined)
      yield badRequest(
        "VirtualNetworkAlreadyLinked",
        `Virtual network ${network} is already linked to a DNS forwarding ruleset by ${other.id}.`,
      );
  },
  locks: (id) => [parentId(id) ?? id],
  replaceOn: [],
  duration: { create: 15, update: 15, delete: 15 },
});

// An endpoint has a subnet to itself: /28 to /24, delegated, in the resolver's network.
function* checkEndpointSubnet({ id, estate }: ArmPut, subnetId: string | undefined): Generator<ArmError> {
  const subnet = estate.get(subnetId ?? "");
  if (subnetId === undefined || subnet === undefined) return;
  const blocks = readCidrs(subnetPrefixes(subnet.properties));
  if (blocks.some((block) => block.length > 28 || block.length < 24)) {
    yield badRequest(
      "DnsResolverSubnetSizeInvalid",
      `Subnet ${subnetId} of DNS resolver endpoint ${nameOf(id)} must be /28 to /24.`,
    );
  }
  const services = list(subnet.properties.delegations).map((entry) => text(propertiesOf(entry).serviceName));
  if (!services.some((service) => sameText(service, resolverType))) {
    yield badRequest(
      "SubnetMissingRequiredDelegation",
      `Subnet ${subnetId} requires a delegation to ${resolverType} for DNS resolver endpoint ${nameOf(id)}.`,
    );
  }
  if (!sameId(parentId(subnetId), resolverNetwork(id, estate))) {
    yield badRequest(
      "DnsResolverSubnetInAnotherNetwork",
      `Subnet ${subnetId} of DNS resolver endpoint ${nameOf(id)} must be in the virtual network of its DNS resolver.`,
    );
  }
  const others = ipConfigurationsUsing(estate, subnetId).filter((user) => !sameId(user, id));
  if (others.length > 0) {
    yield badRequest(
      "DnsResolverSubnetInUse",
      `Subnet ${subnetId} of DNS resolver endpoint ${nameOf(id)} is used by ${others.join(", ")}; an endpoint needs a subnet of its own.`,
    );
  }
}

function resolverNetwork(endpointId: string, estate: EstateView): string | undefined {
  return refId(estate.get(parentId(endpointId) ?? "")?.properties.virtualNetwork);
}
