import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, record, reference, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { parseAddress } from "./ipv4.ts";

/** What a DNS server says of a name. */
export type DnsAnswer =
  | { readonly kind: "found"; readonly addresses: readonly number[]; readonly because: string }
  | { readonly kind: "failed"; readonly because: string }
  | { readonly kind: "open"; readonly because: string };

const zoneType = "Microsoft.Network/privateDnsZones";

/** What Azure's own DNS says inside a virtual network, without forwarding rules: linked private zones, then public DNS. */
export function azureAnswer(estate: Estate, networkId: string | undefined, name: string, depth = 0): DnsAnswer {
  return zoneAnswer(estate, networkId, name, depth) ?? publicAnswer(estate, networkId, plain(name), depth);
}

/**
 * What the private zones linked to a network say of a name; undefined when none is responsible, or when the link lets missing
 * names fall back to public DNS.
 */
export function zoneAnswer(
  estate: Estate,
  networkId: string | undefined,
  name: string,
  depth = 0,
): DnsAnswer | undefined {
  const wanted = plain(name);
  if (depth > mostAliases) {
    return { kind: "failed", because: `aliases of "${name}" lead in a circle` };
  }
  const linked = networkId === undefined ? undefined : linkedZone(estate, networkId, wanted);
  if (linked === undefined) {
    return undefined;
  }
  const answer = recordAnswer(estate, networkId, linked.zone, wanted, depth);
  return answer === undefined && !linked.fallsBack
    ? { kind: "failed", because: `private zone "${nameOf(linked.zone.id)}" has no record for "${wanted}"` }
    : answer;
}

/** A chain of aliases longer than this is a circle. */
const mostAliases = 8;

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** What public DNS says, as far as the input tells; an alias is followed inside the network. */
export function publicAnswer(estate: Estate, networkId: string | undefined, name: string, depth = 0): DnsAnswer {
  const records = estate.publicRecords(name);
  if (records === undefined) {
    return { kind: "open", because: `the public address of "${name}" is not in the input` };
  }
  const [alias] = records.filter((one) => parseAddress(one) === undefined);
  if (alias !== undefined) {
    return azureAnswer(estate, networkId, alias, depth + 1);
  }
  const addresses = records.flatMap((one) => parseAddress(one) ?? []);
  return addresses.length === 0
    ? { kind: "failed", because: `"${name}" has no address in public DNS` }
    : { kind: "found", addresses, because: `public DNS has "${name}"` };
}

/**
 * The private zone for a name that is linked to a network: the one with the longest suffix. A link may let missing names fall
 * back to public DNS (resolutionPolicy NxDomainRedirect).
 * https://learn.microsoft.com/azure/dns/private-dns-fallback (read 2026-11-21)
 */
function linkedZone(
  estate: Estate,
  networkId: string,
  name: string,
): { readonly zone: ArmResource; readonly fallsBack: boolean } | undefined {
  return estate
    .ofType(zoneType)
    .filter((zone) => name === nameOf(zone.id).toLowerCase() || name.endsWith(`.${nameOf(zone.id).toLowerCase()}`))
    .sort((a, b) => nameOf(b.id).length - nameOf(a.id).length)
    .flatMap((zone) => {
      const link = estate
        .children(zone, "virtualNetworkLinks")
        .map((one) => record(one.properties))
        .find((one) => reference(one.virtualNetwork) === networkId);
      return link === undefined ? [] : [{ zone, fallsBack: text(link.resolutionPolicy) === "NxDomainRedirect" }];
    })[0];
}

function recordAnswer(
  estate: Estate,
  networkId: string | undefined,
  zone: ArmResource,
  name: string,
  depth: number,
): DnsAnswer | undefined {
  const zoneName = nameOf(zone.id).toLowerCase();
  const label = name === zoneName ? "@" : name.slice(0, -zoneName.length - 1);
  const recordsOf = (kind: string) => {
    const records = estate.children(zone, kind);
    return (
      records.find((one) => nameOf(one.id).toLowerCase() === label) ?? records.find((one) => nameOf(one.id) === "*")
    );
  };
  const a = recordsOf("A");
  if (a !== undefined) {
    const addresses = list(record(a.properties).aRecords).flatMap(
      (one) => parseAddress(text(record(one).ipv4Address) ?? "") ?? [],
    );
    return { kind: "found", addresses, because: `private zone "${zoneName}" has "${name}"` };
  }
  const alias = text(record(record(recordsOf("CNAME")?.properties).cnameRecord).cname);
  return alias === undefined ? undefined : azureAnswer(estate, networkId, alias, depth + 1);
}
