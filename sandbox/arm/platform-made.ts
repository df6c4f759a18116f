import { nameOf, parseArmId, sameId, subscriptionOf } from "./arm-id.ts";
import type { EstateView } from "./contract.ts";
import { sameText, text } from "./wire.ts";

/**
 * Whether Azure has made this container by itself: with the first virtual network of a region comes
 * `NetworkWatcher_<region>` in the resource group NetworkWatcherRG.
 *
 * The sandbox does not store the two, so that an empty estate stays empty; it only knows they are there.
 * Source: https://learn.microsoft.com/azure/network-watcher/network-watcher-create (as of 2026-11-21).
 */
export function isPlatformMade(id: string, estate: EstateView): boolean {
  const parsed = parseArmId(id);
  if (!sameText(parsed?.resourceGroup, "NetworkWatcherRG")) return false;
  const regions = networkRegions(id, estate);
  if (sameId(parsed?.type, "Microsoft.Resources/resourceGroups")) return regions.length > 0;
  if (!sameId(parsed?.type, "Microsoft.Network/networkWatchers")) return false;
  return regions.some((region) => sameText(nameOf(id), `NetworkWatcher_${region}`));
}

/** Regions in which the subscription of this id has a virtual network, and so a network watcher. */
export function networkRegions(id: string, estate: EstateView): readonly string[] {
  const networks = estate.list("Microsoft.Network/virtualNetworks");
  const own = networks.filter((network) => subscriptionOf(network.id) === subscriptionOf(id));
  return own.map((network) => text(network.location)).filter((region) => region !== undefined);
}
