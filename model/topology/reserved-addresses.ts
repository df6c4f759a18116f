import type { Subnet } from "../estate/virtual-network.ts";
import { covers, intersect, interval, intervalsOf, unite } from "../intervals.ts";
import type { IpSpace } from "../ip-space.ts";
import { lastAddress } from "../prefix.ts";
import { splitKnown } from "../read.ts";
import type { Network } from "./network.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Azure keeps the first four addresses and the last of each prefix of a subnet for itself; no machine has one.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21)
 */
function reservedRanges(subnet: Subnet): readonly Range[] {
  return splitKnown(subnet.addressPrefixes).known.flatMap((block) => {
    const last = lastAddress(block);
    if (last - block.base < 7) return [];
    return [
      { from: block.base, to: block.base + 3 },
      { from: last, to: last },
    ];
  });
}

/** The addresses that Azure reserves in a subnet. */
export function reservedIn(subnet: Subnet): IpSpace {
  return intervalsOf(reservedRanges(subnet));
}

/** The addresses that Azure reserves in all subnets of the input. */
export function reservedAddresses(network: Network): IpSpace {
  return network.memo("reserved addresses", "", () => intervalsOf(allRanges(network)));
}

/**
 * A set with the reserved addresses of `within` beside it, to print `10.0.0.0/24` for all machines of that subnet. Sets without a
 * common machine stay disjoint: a reserved range goes only with the machines next to it, and with no single one.
 */
export function withReserved(network: Network, space: IpSpace, within: IpSpace): IpSpace {
  const beside = network
    .memo("reserved ranges", "", () => allRanges(network))
    .filter(({ from, to }) => {
      const next = to === from ? interval(from - 3, from - 1) : interval(to + 1, to + 3);
      return covers(space, next);
    });
  return beside.length === 0 ? space : unite(space, intersect(intervalsOf(beside), within));
}

function allRanges(network: Network): readonly Range[] {
  return network.estate.virtualNetworks.flatMap(({ subnets }) => subnets.flatMap(reservedRanges));
}
