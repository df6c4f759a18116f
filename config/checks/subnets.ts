import { containsPrefix, formatPrefix, type Prefix, prefixesOverlap } from "../../model/prefix.ts";
import {
  addressesPerCloudPc,
  cloudPcCountPeak,
  provisioningRetryCount,
  requiredAddressCount,
  requiredSubnetLength,
  reservedAddressCount,
} from "../../model/subnet-size.ts";
import { quotePrefixes } from "../address-space.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem } from "../finding.ts";
import { planHubSubnets, planRegionSubnets, reservedSubnetLengths } from "../plan.ts";
import type { ProblemPath } from "../problem.ts";
import type { Pool, Region } from "../region.ts";

/** Every subnet lies in its virtual network, apart from the others, and is large enough. */
export function* checkSubnets({ hubs, regions }: Environment): Generator<Finding> {
  for (const [index, hub] of hubs.entries()) {
    for (const name of planHubSubnets(hub).unplaced) {
      const length = Reflect.get(reservedSubnetLengths, name);
      yield problem(
        ["hubs", index, "network", "addressSpace"],
        `hub "${hub.name}" has no room for ${name} (/${length}) in ${quotePrefixes(hub.network.addressSpace)}; a /24 holds every subnet of a hub`,
      );
    }
  }
  for (const [index, region] of regions.entries()) yield* checkRegion(region, ["regions", index]);
}

function* checkRegion(region: Region, path: ProblemPath): Generator<Finding> {
  const plan = planRegionSubnets(region);
  for (const [index, pool] of region.pools.entries()) {
    const at = [...path, "pools", index];
    yield* checkMode(region, pool, [...at, "subnet"]);
    const prefixAt = [...at, "subnet", "addressPrefix"];
    const { addressPrefix } = pool.subnet;
    if (plan.unplaced.includes(pool.name)) {
      yield problem(
        [...path, "network", "addressSpace"],
        `region "${region.name}" has no room for the subnet of pool "${pool.name}" in ${quotePrefixes(region.network.addressSpace)}; ${need(pool)}`,
      );
    }
    if (addressPrefix === undefined) continue;
    if (!region.network.addressSpace.some((block) => containsPrefix(block, addressPrefix))) {
      yield problem(
        prefixAt,
        `subnet "${formatPrefix(addressPrefix)}" of pool "${pool.name}" is not in the address space of its network: ${quotePrefixes(region.network.addressSpace)}`,
      );
    }
    if (addressPrefix.length > requiredSubnetLength(pool)) {
      yield problem(
        prefixAt,
        `subnet "${formatPrefix(addressPrefix)}" of pool "${pool.name}" is too small; ${need(pool)}`,
      );
    }
    yield* checkApart(region, index, addressPrefix, prefixAt);
  }
}

function* checkApart(region: Region, index: number, addressPrefix: Prefix, path: ProblemPath): Generator<Finding> {
  const pool = region.pools[index];
  const other = region.pools
    .slice(0, index)
    .find(({ subnet }) => subnet.addressPrefix !== undefined && prefixesOverlap(subnet.addressPrefix, addressPrefix));
  if (pool === undefined || other?.subnet.addressPrefix === undefined) return;
  // Two pools may share an existing subnet; anything else that overlaps is refused by Azure.
  if (pool.subnet.mode === "use" && other.subnet.mode === "use" && sameId(pool.subnet.subnetId, other.subnet.subnetId))
    return;
  yield problem(
    path,
    `subnet "${formatPrefix(addressPrefix)}" of pool "${pool.name}" overlaps "${formatPrefix(other.subnet.addressPrefix)}" of pool "${other.name}"`,
  );
}

function* checkMode({ name, network }: Region, pool: Pool, path: ProblemPath): Generator<Finding> {
  if (pool.subnet.mode === "create" && network.mode === "use") {
    yield problem(
      path,
      `pool "${pool.name}" has no subnet: the network of region "${name}" is used as it is; ` +
        'give subnet with mode "use" and its id, or set the mode of the network to "extend"',
    );
  }
  if (pool.subnet.mode !== "use") return;
  if (network.mode === "create") {
    yield problem(
      [...path, "mode"],
      `pool "${pool.name}" uses an existing subnet, but the network of region "${name}" is made here; set its mode to "extend" or "use"`,
    );
  } else if (!pool.subnet.subnetId.toLowerCase().startsWith(`${network.virtualNetworkId.toLowerCase()}/`)) {
    yield problem(
      [...path, "subnetId"],
      `subnet "${pool.subnet.subnetId}" of pool "${pool.name}" is not in the virtual network "${network.virtualNetworkId}"`,
    );
  }
}

/** `it needs a /24: 5 addresses that Azure keeps + 2 × 120 (100 Cloud PCs and growth of 20%)`. */
function need(pool: Pool): string {
  const peak = cloudPcCountPeak(pool);
  const doubled = addressesPerCloudPc * peak >= peak + provisioningRetryCount;
  const sum = doubled
    ? `${addressesPerCloudPc} × ${peak}`
    : `${peak} + ${provisioningRetryCount} for provisioning retries`;
  return (
    `it needs a /${requiredSubnetLength(pool)}: ${requiredAddressCount(pool)} addresses = ${reservedAddressCount} that Azure keeps + ${sum} ` +
    `(${pool.cloudPcCount} Cloud PCs and growth of ${Math.round(pool.growth * 100)}%)`
  );
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
