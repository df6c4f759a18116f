import type { Basis } from "../basis.ts";
import type { Reference } from "../estate/resource.ts";
import { noIntervals, unite } from "../intervals.ts";
import { addressSpaceOf, type IpSpace, prefixSpace } from "../ip-space.ts";
import { formatAddress } from "../prefix.ts";
import { knownOr } from "../read.ts";
import { type Network, refersTo } from "../topology/network.ts";
import type { Verdict } from "./step.ts";

/** What carries a flow from a subnet to the Internet, or why nothing does. */
export interface WayOut {
  readonly via: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly publicIpAddresses: readonly string[];
  /** Every public address that the flow may have as its source outside; absent where that may be any. */
  readonly sources?: IpSpace | undefined;
  readonly assumption?: string;
  readonly basis?: Basis;
}

/** A way out of which it is not known whether it carries the flow. */
export function unclearWay(via: string, because: string): WayOut {
  return { via, verdict: "Unknown", because, publicIpAddresses: [] };
}

/** All the addresses of these resources together; `undefined` when one of them is not known. */
export function publicSpaceOf(
  network: Network,
  addressIds: readonly Reference[],
  prefixIds: readonly Reference[] = [],
): IpSpace | undefined {
  const spaces = [
    ...addressIds.map((id) => {
      const found = network.find("publicIPAddresses", id);
      const address = found.kind === "found" ? knownOr(found.resource.ipAddress, undefined) : undefined;
      return address === undefined ? undefined : addressSpaceOf(address);
    }),
    ...prefixIds.map((id) => {
      const found = network.estate.publicIPPrefixes.find((each) => refersTo(id, each.id));
      const block = knownOr(found?.ipPrefix, undefined);
      return block === undefined ? undefined : prefixSpace(block);
    }),
  ];
  return spaces.reduce(
    (all, each) => (all === undefined || each === undefined ? undefined : unite(all, each)),
    noIntervals,
  );
}

/** Public addresses that are known, as text. */
export function addressesOf(network: Network, ids: readonly Reference[]): readonly string[] {
  return ids.flatMap((id) => {
    const found = network.find("publicIPAddresses", id);
    const address = found.kind === "found" ? knownOr(found.resource.ipAddress, undefined) : undefined;
    return address === undefined ? [] : [formatAddress(address)];
  });
}
