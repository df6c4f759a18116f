import { comparePrefixes, containsPrefix, lastAddress, type Prefix, prefixesOverlap, prefixSize } from "./prefix.ts";

/** A subnet to place: where it must be, or how large it must be. */
export type SubnetRequest =
  | { readonly name: string; readonly addressPrefix: Prefix }
  | { readonly name: string; readonly length: number };

/** Where every subnet lies, and which found no room. */
export interface AddressPlan {
  /** Name to prefix, in the order of the requests. Prefixes that were given are taken as they are. */
  readonly prefixes: ReadonlyMap<string, Prefix>;
  /** Names of the computed subnets for which no free block was left, in the order of the requests. */
  readonly unplaced: readonly string[];
}

/**
 * Places subnets in an address space: those with a prefix keep it, the others take the first free aligned block, in the
 * order listed.
 *
 * Properties: computed subnets lie inside the space, are aligned and overlap nothing; the same requests give the same
 * plan; a request appended at the end moves no earlier one, unless it names a prefix that an earlier one had computed.
 * Prefixes that were given are not judged here: they may be wrong, and the caller says so.
 */
export function planAddresses(addressSpace: readonly Prefix[], requests: readonly SubnetRequest[]): AddressPlan {
  const taken = requests.flatMap((request) => ("addressPrefix" in request ? [request.addressPrefix] : []));
  const prefixes = new Map<string, Prefix>();
  const unplaced: string[] = [];
  for (const request of requests) {
    if ("addressPrefix" in request) {
      prefixes.set(request.name, request.addressPrefix);
      continue;
    }
    const free = firstFree(addressSpace, taken, request.length);
    if (free === undefined) {
      unplaced.push(request.name);
    } else {
      taken.push(free);
      prefixes.set(request.name, free);
    }
  }
  return { prefixes, unplaced };
}

/** The first aligned block of this length in the space, in the order its prefixes are listed, that overlaps none taken. */
function firstFree(addressSpace: readonly Prefix[], taken: readonly Prefix[], length: number): Prefix | undefined {
  const size = prefixSize({ base: 0, length });
  for (const block of addressSpace) {
    const obstacles = taken.filter((prefix) => prefixesOverlap(prefix, block)).sort(comparePrefixes);
    let candidate: Prefix = { base: block.base, length };
    for (const obstacle of obstacles) {
      if (prefixesOverlap(candidate, obstacle)) {
        const next = lastAddress(obstacle) + 1;
        candidate = { base: Math.ceil(next / size) * size, length };
      }
    }
    if (length >= block.length && candidate.base <= lastAddress(block) && containsPrefix(block, candidate)) {
      return candidate;
    }
  }
  return undefined;
}
