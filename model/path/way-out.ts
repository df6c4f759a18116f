import type { Basis } from "../basis.ts";
import type { Reference } from "../estate/resource.ts";
import { formatAddress } from "../prefix.ts";
import { knownOr } from "../read.ts";
import type { Network } from "../topology/network.ts";
import type { Verdict } from "./step.ts";

/** What carries a flow from a subnet to the Internet, or why nothing does. */
export interface WayOut {
  readonly via: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly publicIpAddresses: readonly string[];
  readonly assumption?: string;
  readonly basis?: Basis;
}

/** A way out of which it is not known whether it carries the flow. */
export function unclearWay(via: string, because: string): WayOut {
  return { via, verdict: "Unknown", because, publicIpAddresses: [] };
}

/** Public addresses that are known, as text. */
export function addressesOf(network: Network, ids: readonly Reference[]): readonly string[] {
  return ids.flatMap((id) => {
    const found = network.find("publicIPAddresses", id);
    const address = found.kind === "found" ? knownOr(found.resource.ipAddress, undefined) : undefined;
    return address === undefined ? [] : [formatAddress(address)];
  });
}
