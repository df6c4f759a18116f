import type { PrivateDnsZone, PrivateEndpoint, RecordSet } from "../estate/dns.ts";
import type { Reference } from "../estate/resource.ts";
import type { VirtualNetwork } from "../estate/virtual-network.ts";
import { isUnknown, splitKnown } from "../read.ts";
import { resourceName } from "../resource-id.ts";
import { type Network, refersTo } from "../topology/network.ts";
import { fails, type NameAnswer, resolves, unsure } from "./name-answer.ts";

/** What the private zones linked to a virtual network say of a name. */
export type ZoneAnswer =
  | { readonly kind: "answer"; readonly answer: NameAnswer }
  | { readonly kind: "alias"; readonly name: string }
  /** No linked zone is responsible, or it hands on to public DNS. */
  | { readonly kind: "pass" };

/**
 * Looks a name up in the private zones linked to a virtual network: the longest matching zone answers alone, and a name it
 * lacks does not exist unless the link says `NxDomainRedirect`. https://learn.microsoft.com/azure/dns/private-dns-overview, read 2026-11-20.
 */
export function lookInZones(network: Network, virtualNetwork: VirtualNetwork, fqdn: string): ZoneAnswer {
  const own = linkedZones(network, virtualNetwork)
    .filter(({ zone }) => isWithin(fqdn, zone.name))
    .sort((a, b) => b.zone.name.length - a.zone.name.length)[0];
  if (own === undefined) return { kind: "pass" };
  const found = lookInZone(own.zone, relativeName(fqdn, own.zone.name));
  if (found !== undefined) return found;
  if (own.link.resolutionPolicy === "NxDomainRedirect") return { kind: "pass" };
  return { kind: "answer", answer: endpointAnswer(network, own.zone, fqdn) };
}

/**
 * What a linked `privatelink` zone says of a name that public DNS redirects to it: where the zone has the record, or where a
 * private endpoint of the input leads to the resource of that name, since such an endpoint is why public DNS redirects it.
 * Azure's resolver comes here last, since the name that was asked is not in the zone.
 * https://learn.microsoft.com/azure/private-link/private-endpoint-dns, read 2026-11-21.
 */
export function lookInRedirectedZones(network: Network, virtualNetwork: VirtualNetwork, fqdn: string): ZoneAnswer {
  const linked = linkedZones(network, virtualNetwork);
  if (linked.some(({ zone }) => isWithin(fqdn, zone.name))) return { kind: "pass" };
  for (const { zone, link } of linked) {
    if (!zone.name.toLowerCase().startsWith("privatelink.")) continue;
    const suffix = zone.name.slice("privatelink.".length);
    if (!isWithin(fqdn, suffix)) continue;
    const found = lookInZone(zone, relativeName(fqdn, suffix));
    if (found !== undefined) return found;
    const endpoints = network.estate.privateEndpoints.filter((each) => leadsTo(each, fqdn, suffix));
    const [endpoint] = endpoints;
    if (endpoint === undefined || link.resolutionPolicy === "NxDomainRedirect") continue;
    const answer = endpointAnswer(network, zone, fqdn, endpoints);
    return { kind: "answer", answer: redirectedAnswer(endpoint, zone, fqdn, answer) };
  }
  return { kind: "pass" };
}

function linkedZones(network: Network, virtualNetwork: VirtualNetwork) {
  return network.estate.privateDnsZones.flatMap((zone) => {
    const link = zone.virtualNetworkLinks.find((each) => refersTo(each.virtualNetworkId, virtualNetwork.id));
    return link === undefined ? [] : [{ zone, link }];
  });
}

/** Whether a name is a domain or below it. */
export function isWithin(fqdn: string, domain: string): boolean {
  const [name, above] = [plain(fqdn), plain(domain)];
  return name === above || name.endsWith(`.${above}`);
}

function lookInZone(zone: PrivateDnsZone, label: string): ZoneAnswer | undefined {
  const { known } = splitKnown(zone.recordSets);
  const wanted = (name: string) => known.filter((record) => record.name.toLowerCase() === name);
  const records = wanted(label).length > 0 ? wanted(label) : wanted(wildcardOf(label));
  const alias = records.find((record) => record.type === "CNAME");
  if (alias?.cname !== undefined && !isUnknown(alias.cname)) return { kind: "alias", name: alias.cname };
  const address = records.find((record) => record.type === "A");
  return address === undefined ? undefined : { kind: "answer", answer: addressAnswer(zone, address) };
}

function addressAnswer(zone: PrivateDnsZone, record: RecordSet): NameAnswer {
  const { known, unknown } = splitKnown(record.addresses);
  const [missing] = unknown;
  if (missing !== undefined)
    return unsure(`the address of "${record.name}" in private zone "${zone.name}": ${missing.unknown}`);
  return resolves(`private zone "${zone.name}" has the name`, { addresses: known });
}

/** Records that private endpoints write into a zone are not resources of their own, so a missing one need not be missing. */
function endpointAnswer(
  network: Network,
  zone: PrivateDnsZone,
  fqdn: string,
  leading: readonly PrivateEndpoint[] = [],
): NameAnswer {
  const writers = network.estate.privateEndpoints.filter((each) =>
    each.privateDnsZoneIds.some((id) => refersTo(id, zone.id)),
  );
  const named = writers.find((each) => leading.includes(each) || hasName(each, fqdn));
  if (named !== undefined) {
    const { known } = splitKnown(named.ipAddresses);
    if (known.length > 0) return resolves(`private endpoint "${named.name}" has the name`, { addresses: known });
  }
  if (writers.length > 0 || zone.recordSets.length === 0 || zone.recordSets.some(isUnknown)) {
    return unsure(
      `private zone "${zone.name}" is responsible for "${fqdn}", and whether it has the name is not in the input`,
    );
  }
  return fails(`private zone "${zone.name}" is responsible for "${fqdn}" and does not have it`);
}

/** A zone that lacks a name which public DNS redirects to it: the name does not exist for who asks there. */
function redirectedAnswer(
  endpoint: PrivateEndpoint,
  zone: PrivateDnsZone,
  fqdn: string,
  answer: NameAnswer,
): NameAnswer {
  if (answer.verdict === "Allow") return answer;
  const because = `private endpoint "${endpoint.name}" makes public DNS redirect it to "${zone.name}": ${answer.because}`;
  const isTold = hasName(endpoint, fqdn) || endpoint.privateLinkServiceIds.some(isStorageAccount);
  if (!isTold) return unsure(`whether ${because}, is not in the input`);
  return {
    ...answer,
    because,
    assumptions: [`the connection of private endpoint "${endpoint.name}" is approved`],
  };
}

/**
 * Whether an endpoint leads to the resource that a public name stands for: it says so itself, or the resource is called as the
 * name's first label. A storage account has a name for each of its services, and the endpoint must lead to that one; of other
 * types the resource may be another service's with the same name.
 */
function leadsTo(endpoint: PrivateEndpoint, fqdn: string, suffix: string): boolean {
  if (hasName(endpoint, fqdn)) return true;
  const [label, service] = [relativeName(fqdn, suffix), plain(suffix).split(".")[0]];
  return endpoint.privateLinkServiceIds.some((id) => {
    if (isUnknown(id) || resourceName(id).toLowerCase() !== label) return false;
    return (
      !isStorageAccount(id) || endpoint.groupIds.some((group) => isUnknown(group) || group.toLowerCase() === service)
    );
  });
}

function isStorageAccount(id: Reference): boolean {
  return !isUnknown(id) && id.toLowerCase().includes("/microsoft.storage/storageaccounts/");
}

function hasName(endpoint: PrivateEndpoint, fqdn: string): boolean {
  return endpoint.fqdns.some((name) => !isUnknown(name) && plain(name) === plain(fqdn));
}

function relativeName(fqdn: string, zone: string): string {
  const [name, above] = [plain(fqdn), plain(zone)];
  return name === above ? "@" : name.slice(0, -above.length - 1);
}

function wildcardOf(label: string): string {
  const dot = label.indexOf(".");
  return dot < 0 ? "*" : `*${label.slice(dot)}`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
