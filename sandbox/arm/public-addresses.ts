import { type Cidr, isInside, overlaps, readAddress, readCidr, writeAddress } from "./addresses.ts";
import type { ArmResource, EstateView } from "./contract.ts";
import { stableNumber } from "./stable.ts";
import { text } from "./wire.ts";

// RFC 5737 first; RFC 2544 test space once those 762 addresses are taken, and for prefixes.
const documentation = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"].flatMap(hosts);
const benchmark = readCidr("198.18.0.0/15");

/** The address the sandbox gives a public IP address: the same in every run, and nobody else's. */
export function allocateAddress(id: string, prefix: string | undefined, estate: EstateView): string {
  const taken = new Set(
    estate.list("Microsoft.Network/publicIPAddresses").map((other) => text(other.properties.ipAddress)),
  );
  const block = prefix === undefined ? undefined : readCidr(prefix);
  const pool = block === undefined ? documentation : all(block);
  return probe(pool, stableNumber(id, pool.length), (address) => !taken.has(address)) ?? overflow(id, taken);
}

/** The block the sandbox gives a public IP prefix of this length. */
export function allocatePrefix(id: string, length: number, estate: EstateView): string {
  const size = 2 ** (32 - length);
  const taken = estate
    .list("Microsoft.Network/publicIPPrefixes")
    .map(blockOf)
    .filter((block) => block !== undefined);
  const first = benchmark?.first ?? 0;
  const count = 2 ** 16 / size;
  const pool = Array.from({ length: count }, (_, index) => `${writeAddress(first + index * size)}/${length}`);
  const isFree = (text: string) => {
    const block = readCidr(text);
    return block !== undefined && !taken.some((other) => overlaps(other, block));
  };
  return probe(pool, stableNumber(id, count), isFree) ?? `${writeAddress(first)}/${length}`;
}

/** Whether a public IP address lies in a prefix. */
export function isAddressIn(address: string | undefined, prefix: string | undefined): boolean {
  const one = readAddress(address ?? "");
  const block = readCidr(prefix ?? "");
  return one !== undefined && block !== undefined && isInside({ first: one, last: one }, block);
}

function overflow(id: string, taken: ReadonlySet<string | undefined>): string {
  const start = (benchmark?.first ?? 0) + 2 ** 16;
  const offset = stableNumber(id, 2 ** 16);
  for (let step = 0; step < 2 ** 16; step += 1) {
    const address = writeAddress(start + ((offset + step) % 2 ** 16));
    if (!taken.has(address)) return address;
  }
  throw new Error("the sandbox has no public addresses left");
}

function probe<T>(pool: readonly T[], start: number, isFree: (entry: T) => boolean): T | undefined {
  return [...pool.slice(start), ...pool.slice(0, start)].find(isFree);
}

function blockOf(prefix: ArmResource): Cidr | undefined {
  return readCidr(text(prefix.properties.ipPrefix) ?? "");
}

function all(block: Cidr): readonly string[] {
  return Array.from({ length: block.last - block.first + 1 }, (_, index) => writeAddress(block.first + index));
}

function hosts(prefix: string): readonly string[] {
  const block = readCidr(prefix);
  return block === undefined ? [] : all(block).slice(1, -1);
}
