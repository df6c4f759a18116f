import { isInside, readAddress, readCidrs, writeAddress } from "./addresses.ts";
import { nameOf, sameId } from "./arm-id.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "./contract.ts";
import { badRequest } from "./refusal.ts";
import { propertiesOf, record, records, refId, sameText, strings, text, type Wire } from "./wire.ts";

/** The IP configurations of a network interface, firewall, gateway, load balancer or Bastion host. */
export function ipConfigurationsOf(resource: ArmResource): readonly Wire[] {
  const { ipConfigurations, frontendIPConfigurations, managementIpConfiguration } = resource.properties;
  return [
    ...records(ipConfigurations),
    ...records(frontendIPConfigurations),
    ...(managementIpConfiguration === undefined ? [] : [record(managementIpConfiguration)]),
  ];
}

/** Ids of the IP configurations that stand in this subnet or hold this public IP address. */
export function ipConfigurationsUsing(estate: EstateView, id: string): readonly string[] {
  return estate.referrers(id).flatMap((user) => {
    const using = ipConfigurationsOf(user).filter((entry) => uses(entry, id));
    const isEndpoint = user.type.toLowerCase().startsWith("microsoft.network/dnsresolvers/");
    return isEndpoint ? [user.id] : using.map((entry) => text(entry.id) ?? user.id);
  });
}

/** Gives list entries such as IP configurations the ids, etags and states that ARM gives them. */
export function identified(
  owner: string,
  collection: string,
  entries: unknown,
  computed: (entry: Wire) => Wire = none,
) {
  return records(entries).map((entry) => ({
    ...entry,
    id: `${owner}/${collection}/${text(entry.name) ?? ""}`,
    properties: { provisioningState: "Succeeded", ...propertiesOf(entry), ...computed(entry) },
  }));
}

/** The address prefixes of a subnet, from either of its two properties. */
export function subnetPrefixes(properties: Wire): readonly string[] {
  const single = text(properties.addressPrefix);
  return single === undefined ? strings(properties.addressPrefixes) : [single];
}

/** The first address of a subnet that Azure hands out and nobody holds: Azure keeps the first four and the last. */
export function freeAddress(estate: EstateView, subnetId: string): string | undefined {
  const subnet = estate.get(subnetId);
  const taken = new Set(estate.referrers(subnetId).flatMap(ipConfigurationsOf).map(privateAddress));
  for (const block of readCidrs(subnetPrefixes(subnet?.properties ?? {}))) {
    for (let address = block.first + 4; address < block.last; address += 1) {
      const written = writeAddress(address);
      if (!taken.has(written)) return written;
    }
  }
  return undefined;
}

/** Refuses a static private address that its subnet does not have, or that is Azure's or somebody else's. */
export function* checkStaticAddress(put: ArmPut, entry: Wire): Generator<ArmError> {
  const wanted = privateAddress(entry);
  const subnetId = refId(propertiesOf(entry).subnet);
  if (wanted === undefined || subnetId === undefined) return;
  if (!sameText(propertiesOf(entry).privateIPAllocationMethod, "Static")) return;
  const address = readAddress(wanted);
  const blocks = readCidrs(subnetPrefixes(put.estate.get(subnetId)?.properties ?? {}));
  const block = blocks.find(
    (candidate) => address !== undefined && isInside({ first: address, last: address }, candidate),
  );
  if (block === undefined || address === undefined) {
    yield badRequest(
      "PrivateIPAddressNotInSubnet",
      `Private static IP address ${wanted} does not belong to the range of subnet prefix ` +
        `${blocks.map((candidate) => candidate.canonical).join(",")}.`,
    );
  } else if (address < block.first + 4 || address === block.last) {
    yield badRequest(
      "PrivateIPAddressInReservedRange",
      `Private static IP address ${wanted} falls within reserved IP range of subnet prefix ${block.canonical}.`,
    );
  } else if (holders(put, subnetId).some((other) => privateAddress(other) === wanted)) {
    yield badRequest(
      "PrivateIPAddressInUse",
      `IP configuration ${text(entry.name)} is using the private IP address ${wanted} which is already allocated.`,
    );
  }
}

/** Refuses a public IP address that another resource holds. */
export function* checkPublicIpIsFree(put: ArmPut, publicIpId: string): Generator<ArmError> {
  const holder = put.estate.referrers(publicIpId).find((user) => !sameId(user.id, put.id));
  if (holder === undefined) return;
  yield badRequest(
    "PublicIPAddressInUse",
    `Resource ${put.id} is referencing public IP address ${publicIpId} that is already allocated to resource ` +
      `${ipConfigurationsOf(holder).find((entry) => uses(entry, publicIpId))?.id ?? holder.id}.`,
  );
}

/** Refuses anything but a Standard, static public IP address: what firewalls, NAT gateways and gateways ask for. */
export function* checkStandardPublicIp(put: ArmPut, publicIpId: string): Generator<ArmError> {
  const address = put.estate.get(publicIpId);
  const sku = text(record(address?.sku).name) ?? "Basic";
  const method = text(address?.properties.publicIPAllocationMethod) ?? "Dynamic";
  if (address !== undefined && (!sku.startsWith("Standard") || method !== "Static")) {
    yield badRequest(
      "PublicIPAddressSkuNotSupported",
      `Resource ${nameOf(put.id)} needs a Standard SKU public IP address with static allocation; ` +
        `${nameOf(publicIpId)} has SKU ${sku} and ${method} allocation.`,
    );
  }
  yield* checkPublicIpIsFree(put, publicIpId);
}

function holders(put: ArmPut, subnetId: string): readonly Wire[] {
  return put.estate
    .referrers(subnetId)
    .filter((user) => !sameId(user.id, put.id))
    .flatMap(ipConfigurationsOf);
}

function uses(entry: Wire, id: string): boolean {
  const properties = propertiesOf(entry);
  return [properties.subnet, properties.publicIPAddress, entry.subnet].some((place) => sameId(refId(place), id));
}

function privateAddress(entry: Wire): string | undefined {
  return text(propertiesOf(entry).privateIPAddress);
}

function none(): Wire {
  return {};
}
