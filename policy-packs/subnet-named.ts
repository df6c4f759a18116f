import { parseEndpoint } from "../model/path/endpoint.ts";
import type { Parsed } from "../model/prefix.ts";
import { isUnknown } from "../model/read.ts";
import { type Network, type SubnetPlace, subnetLabel } from "../model/topology/network.ts";

/**
 * Subnets that Azure gives a use of its own by name, so that no Cloud PC can be in them.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq, read 2026-11-21.
 */
const reservedNames = new Set([
  "gatewaysubnet",
  "azurefirewallsubnet",
  "azurefirewallmanagementsubnet",
  "azurebastionsubnet",
  "routeserversubnet",
]);

/**
 * The subnet that is meant: the one named; else the one that the input says Cloud PCs are for; else the only candidate (no
 * reserved name, not delegated). With several, the message lists them.
 *
 * @param named - `vnet/subnet`, a name that is unique, or a resource id
 * @param meant - subnets that the input names as Cloud PC subnets, in the same forms
 */
export function cloudPcSubnet(
  network: Network,
  named: string | undefined,
  meant: readonly string[],
): Parsed<SubnetPlace> {
  if (named !== undefined) return subnetNamed(network, named);
  if (meant.length > 0) {
    const found = meant.map((name) => subnetNamed(network, name));
    const places = found.flatMap((each) => (each.ok ? [each.value] : []));
    const missing = found.find((each) => !each.ok);
    return places.length === 0 && missing !== undefined ? missing : onlyOne(places, "Cloud PC subnets");
  }
  return onlyOne(candidates(network), "subnets that Cloud PCs could be in");
}

function subnetNamed(network: Network, name: string): Parsed<SubnetPlace> {
  const end = parseEndpoint(network, name);
  if (end.ok && end.value.place !== undefined) return { ok: true, value: end.value.place };
  if (!end.ok && end.message.startsWith("subnet ")) return end;
  return failed(`subnet "${name}" is not in the input; it has ${labels(allPlaces(network))}`);
}

function onlyOne(places: readonly SubnetPlace[], what: string): Parsed<SubnetPlace> {
  const [place, second] = places;
  if (place !== undefined && second === undefined) return { ok: true, value: place };
  return failed(
    place === undefined
      ? `the input has no ${what}`
      : `the input has ${places.length} ${what}; name one with --subnet: ${labels(places)}`,
  );
}

function candidates(network: Network): readonly SubnetPlace[] {
  return allPlaces(network).filter(
    ({ subnet }) =>
      !reservedNames.has(subnet.name.toLowerCase()) &&
      subnet.delegations.every((delegation) => isUnknown(delegation)) &&
      subnet.addressPrefixes.length > 0,
  );
}

function allPlaces({ estate }: Network): readonly SubnetPlace[] {
  return estate.virtualNetworks.flatMap((virtualNetwork) =>
    virtualNetwork.subnets.map((subnet) => ({ id: subnet.id, virtualNetwork, subnet })),
  );
}

function labels(places: readonly SubnetPlace[]): string {
  return places.map(subnetLabel).join(", ") || "no subnet";
}

function failed(message: string): Parsed<SubnetPlace> {
  return { ok: false, message };
}
