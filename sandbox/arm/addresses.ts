/**
 * IPv4 ranges as the sandbox's own code sees them: first and last address, both included.
 *
 * This is a second reading of the same texts the product parses, written apart from it on purpose.
 */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A CIDR block that may have been written with host bits set. */
export interface Cidr extends Range {
  readonly length: number;
  /** The block as ARM wants it written. */
  readonly canonical: string;
  readonly isCanonical: boolean;
}

/** Reads "10.0.0.4" as a number; undefined for anything else, also for leading zeros. */
export function readAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const octets = match.slice(1);
  if (octets.some((octet) => Number(octet) > 255 || String(Number(octet)) !== octet)) return undefined;
  return octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** Reads "10.0.0.0/16"; undefined if it is no CIDR notation at all. */
export function readCidr(text: string): Cidr | undefined {
  const match = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  const address = readAddress(match?.[1] ?? "");
  const length = Number(match?.[2]);
  if (address === undefined || !(length <= 32)) return undefined;
  const size = 2 ** (32 - length);
  const first = address - (address % size);
  return {
    first,
    last: first + size - 1,
    length,
    canonical: `${writeAddress(first)}/${length}`,
    isCanonical: first === address,
  };
}

/** Reads canonical CIDR blocks and drops what is none; for ranges that were accepted before. */
export function readCidrs(texts: readonly string[]): readonly Cidr[] {
  return texts.map(readCidr).filter((block) => block !== undefined);
}

/** Reads an address, a CIDR block or "10.0.0.1-10.0.0.9"; undefined for anything else. */
export function readRange(text: string): Range | undefined {
  const [from, to, ...more] = text.split("-");
  if (to === undefined) {
    const single = readAddress(text);
    return single === undefined ? readCidr(text) : { first: single, last: single };
  }
  const first = readAddress(from ?? "");
  const last = readAddress(to);
  return more.length === 0 && first !== undefined && last !== undefined && first <= last ? { first, last } : undefined;
}

/** Dotted form of an address. */
export function writeAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Whether two ranges share an address. */
export function overlaps(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether `inner` lies in `outer`. */
export function isInside(inner: Range, outer: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
