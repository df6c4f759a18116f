/**
 * A canonical IPv4 CIDR block: `base` is the first address as an unsigned 32-bit number, `length` the prefix length.
 *
 * Only the canonical spelling exists. Azure refuses host bits, and readers of `010.0.0.1` disagree whether it is octal,
 * so both are refused at the door instead of being repaired.
 */
export interface Prefix {
  /** First address of the block, an integer in 0..2^32-1. */
  readonly base: number;
  /** Number of network bits, 0..32. */
  readonly length: number;
}

/** A value, or one plain line that says what is wrong with the text and, where it is known, what was meant. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/**
 * Parses a canonical prefix such as `10.20.0.0/16`.
 *
 * A bare address, host bits, leading zeros, spaces and IPv6 are refused with a message that names the correction.
 */
export function parsePrefix(text: string): Parsed<Prefix> {
  const slash = text.indexOf("/");
  if (slash < 0) {
    return parseAddress(text).ok
      ? failed(`prefix ${quote(text)} has no length; did you mean ${quote(`${text}/32`)}?`)
      : failed(`prefix ${quote(text)} is not an IPv4 prefix such as "10.20.0.0/16"`);
  }
  const address = parseAddress(text.slice(0, slash));
  if (!address.ok) return failed(`prefix ${quote(text)} is not valid: ${address.message}`);
  const digits = text.slice(slash + 1);
  const length = Number(digits);
  if (!/^(0|[1-9]\d?)$/.test(digits) || length > 32) {
    return failed(`prefix ${quote(text)} has length ${quote(digits)}; a length is a number from 0 to 32`);
  }
  const base = networkBase(address.value, length);
  if (base !== address.value) {
    return failed(`prefix ${quote(text)} has host bits set; did you mean ${quote(formatPrefix({ base, length }))}?`);
  }
  return { ok: true, value: { base, length } };
}

/** Parses a dotted IPv4 address to an unsigned 32-bit number. Leading zeros are refused: some readers take them as octal. */
export function parseAddress(text: string): Parsed<number> {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) {
    return failed(`${quote(text)} is not an IPv4 address such as "10.20.0.4"`);
  }
  let address = 0;
  for (const part of parts) {
    if (part.length > 1 && part.startsWith("0")) return failed(`${quote(text)} has a leading zero in ${quote(part)}`);
    if (Number(part) > 255) return failed(`${quote(text)} has ${quote(part)}, which is more than 255`);
    address = address * 256 + Number(part);
  }
  return { ok: true, value: address };
}

/** A prefix written in this project's own source or data, where a mistake is a bug. Throws what `parsePrefix` says. */
export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** `10.20.0.0/16`, the inverse of `parsePrefix`. */
export function formatPrefix({ base, length }: Prefix): string {
  return `${formatAddress(base)}/${length}`;
}

/** Dotted form of an unsigned 32-bit number. */
export function formatAddress(address: number): string {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join(".");
}

/** How many addresses the block holds, 1 to 2^32. */
export function prefixSize({ length }: Prefix): number {
  return 2 ** (32 - length);
}

/** Last address of the block, as an unsigned 32-bit number. */
export function lastAddress(block: Prefix): number {
  return block.base + prefixSize(block) - 1;
}

/** Whether the block holds this address. */
export function containsAddress(block: Prefix, address: number): boolean {
  return networkBase(address, block.length) === block.base;
}

/** Whether every address of `inner` is in `outer`; a block is in itself. */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  return inner.length >= outer.length && containsAddress(outer, inner.base);
}

/** Whether the blocks share an address. Two blocks overlap only if one is in the other. */
export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return containsPrefix(a, b) || containsPrefix(b, a);
}

/** By first address, then the larger block first. */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  return a.base - b.base || a.length - b.length;
}

function networkBase(address: number, length: number): number {
  return length === 0 ? 0 : (address & (0xffff_ffff << (32 - length))) >>> 0;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function failed(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
