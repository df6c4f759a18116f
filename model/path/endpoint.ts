import { addressSpaceOf, type IpSpace, ipSpaceOf, prefixSpace } from "../ip-space.ts";
import { type Parsed, parseAddress, parsePrefix } from "../prefix.ts";
import { normalizeId } from "../resource-id.ts";
import { metadataAddress, platformAddress, publicAddresses } from "../special-addresses.ts";
import { type Network, type SubnetPlace, subnetLabel, subnetSpace } from "../topology/network.ts";

/** One end of a question, as a person names it. */
export interface Endpoint {
  readonly kind: "address" | "prefix" | "subnet" | "fqdn" | "serviceTag";
  readonly value: string;
  /** The addresses in question. */
  readonly space: IpSpace;
  readonly place?: SubnetPlace;
  /** Service tags that hold every address of this end. */
  readonly tags: readonly string[];
  /** The address is *some* one of `space`: a name, or a tag whose prefixes are not known. */
  readonly symbolic: boolean;
}

/**
 * Reads an end of a question: an IPv4 address, a prefix, `vnet/subnet`, a resource id of a subnet, a host name (it has a dot) or a
 * service tag. A tag may have a dot too (`Storage.WestEurope`), so a name whose first label starts with a capital is a tag. The
 * tag `VirtualNetwork` is refused: it means something else in each subnet.
 */
export function parseEndpoint(network: Network, text: string): Parsed<Endpoint> {
  const addresses = parseAddresses(text);
  if (addresses !== undefined) return addresses;
  const base = { value: text, tags: [], symbolic: false };
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(text)?.[1];
  if (host !== undefined) return { ok: false, message: `"${text}" is a URL; give its host name, "${host}"` };
  const place = findSubnet(network, text);
  if (place !== undefined) {
    return place.ok
      ? ok({
          ...base,
          kind: "subnet",
          value: subnetLabel(place.value),
          space: subnetSpace(place.value.subnet),
          place: place.value,
        })
      : place;
  }
  if (/^[A-Z][A-Za-z0-9]*(\.[A-Za-z0-9]+)?$/.test(text)) return tagEndpoint(network, text);
  if (/^(\*\.)?([a-z0-9_-]+\.)+[a-z0-9-]+\.?$/i.test(text)) {
    return ok({
      ...base,
      kind: "fqdn",
      space: publicAddresses,
      tags: network.reference.serviceTagsOf(text),
      symbolic: true,
    });
  }
  return {
    ok: false,
    message: `"${text}" is not an IPv4 address, a prefix, a subnet of the input, a host name or a service tag`,
  };
}

/** An end that is written in numbers, which means the same in every network; `undefined` for any other. */
export function parseAddresses(text: string): Parsed<Endpoint> | undefined {
  const base = { value: text, tags: [], symbolic: false };
  const address = parseAddress(text);
  if (address.ok) return ok({ ...base, kind: "address", space: [address.value, address.value + 1] });
  const block = parsePrefix(text);
  if (block.ok) return ok({ ...base, kind: "prefix", space: prefixSpace(block.value) });
  if (!/^[\d.]+(\/\d*)?$/.test(text)) return undefined;
  return { ok: false, message: text.includes("/") ? block.message : address.message };
}

function tagEndpoint(network: Network, text: string): Parsed<Endpoint> {
  const base = { kind: "serviceTag", value: text } as const;
  const exactly = (space: IpSpace) => ok({ ...base, tags: [], space, symbolic: false });
  switch (text.toLowerCase()) {
    case "internet":
      return exactly(publicAddresses);
    case "azureloadbalancer":
    case "azureplatformdns":
      return exactly(addressSpaceOf(platformAddress));
    case "azureplatformimds":
      return exactly(addressSpaceOf(metadataAddress));
    case "virtualnetwork":
      return {
        ok: false,
        message: `"${text}" means something else in each subnet; name an address, a prefix or a subnet`,
      };
  }
  const published = network.reference.serviceTag(text);
  if (published === undefined) return ok({ ...base, tags: [text], space: publicAddresses, symbolic: true });
  return ok({ ...base, tags: [text], space: ipSpaceOf(published.prefixes), symbolic: false });
}

function findSubnet(network: Network, text: string): Parsed<SubnetPlace> | undefined {
  const wanted = normalizeId(text);
  if (wanted.includes("/providers/")) {
    const found = network.subnets.find(text);
    return found === undefined
      ? { ok: false, message: `subnet "${text}" is not in the input` }
      : { ok: true, value: found };
  }
  const byName = network.memo("subnets by name", "", () => subnetsByName(network));
  const matching = byName.get(wanted) ?? [];
  const [only, second] = matching;
  if (second !== undefined) {
    return { ok: false, message: `subnet "${text}" is one of several: ${matching.map(subnetLabel).join(", ")}` };
  }
  if (only !== undefined) return { ok: true, value: only };
  if (!text.includes("/")) return undefined;
  const labels = new Set([...byName.values()].flat().map(subnetLabel));
  return {
    ok: false,
    message: `subnet "${text}" is not in the input; it has ${[...labels].join(", ") || "no subnet"}`,
  };
}

/** Subnets by name and by `network/name`, in lower case. */
function subnetsByName(network: Network): ReadonlyMap<string, readonly SubnetPlace[]> {
  const byName = new Map<string, SubnetPlace[]>();
  for (const virtualNetwork of network.estate.virtualNetworks) {
    for (const subnet of virtualNetwork.subnets) {
      const place: SubnetPlace = { id: subnet.id, virtualNetwork, subnet };
      for (const name of new Set([subnetLabel(place), subnet.name].map((one) => one.toLowerCase()))) {
        const found = byName.get(name);
        if (found === undefined) byName.set(name, [place]);
        else found.push(place);
      }
    }
  }
  return byName;
}

function ok(value: Endpoint): Parsed<Endpoint> {
  return { ok: true, value };
}
