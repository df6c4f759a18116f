import { type Intervals, interval, intervalsOf, toRanges } from "./intervals.ts";
import { formatPrefix, lastAddress, type Prefix } from "./prefix.ts";

/**
 * Any set of IPv4 addresses, as sorted disjoint intervals (`model/intervals.ts` has its algebra:
 * `unite`, `intersect`, `subtract`, `covers`).
 */
export type IpSpace = Intervals;

/** Every IPv4 address. */
export const allAddresses: IpSpace = interval(0, 0xffff_ffff);

/** The addresses of all these prefixes. */
export function ipSpaceOf(prefixes: readonly Prefix[]): IpSpace {
  return intervalsOf(prefixes.map((block) => ({ from: block.base, to: lastAddress(block) })));
}

/** The addresses of one prefix. */
export function prefixSpace(block: Prefix): IpSpace {
  return interval(block.base, lastAddress(block));
}

/** One address. */
export function addressSpaceOf(address: number): IpSpace {
  return interval(address, address);
}

/** The fewest prefixes that together are exactly the set, in order. */
export function toPrefixes(space: IpSpace): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  for (const { from, to } of toRanges(space)) {
    let base = from;
    while (base <= to) {
      const length = shortestLengthAt(base, to);
      prefixes.push({ base, length });
      base += 2 ** (32 - length);
    }
  }
  return prefixes;
}

/** `10.0.0.0/24, 10.0.2.0/24`; more than `limit` prefixes are counted instead of listed. */
export function formatIpSpace(space: IpSpace, limit = 4): string {
  const prefixes = toPrefixes(space);
  const shown = prefixes.slice(0, limit).map(formatPrefix).join(", ");
  return prefixes.length > limit ? `${shown} and ${prefixes.length - limit} more` : shown || "no address";
}

/** The largest aligned block that starts at `base` and does not pass `to`. */
function shortestLengthAt(base: number, to: number): number {
  let length = 32;
  while (length > 0) {
    const size = 2 ** (33 - length);
    if (base % size !== 0 || base + size - 1 > to) break;
    length--;
  }
  return length;
}
