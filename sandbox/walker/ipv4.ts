/** An inclusive run of IPv4 addresses as numbers; `length` is the prefix length it was written with (32 for one address). */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly length: number;
  readonly text: string;
}

/** "10.0.0.4" as a number; undefined when it is not a dotted quad without leading zeros. */
export function parseAddress(written: string): number | undefined {
  const parts = written.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** A number as a dotted quad. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/**
 * "10.0.0.0/24", "10.0.0.4" or "10.0.0.4-10.0.0.9" (Azure Firewall and IP groups allow ranges) as a block.
 * Undefined for anything else, so also for IPv6 and for a prefix with host bits, which ARM refuses.
 */
export function parseBlock(written: string): Block | undefined {
  const [start = "", end] = written.split("-");
  if (end !== undefined) {
    const first = parseAddress(start);
    const last = parseAddress(end);
    return first === undefined || last === undefined || last < first
      ? undefined
      : { first, last, length: 32, text: written };
  }
  const [base = "", width = "32"] = written.split("/");
  const first = parseAddress(base);
  if (first === undefined || !/^\d{1,2}$/.test(width) || Number(width) > 32) {
    return undefined;
  }
  const size = 2 ** (32 - Number(width));
  return first % size === 0
    ? { first, last: first + size - 1, length: Number(width), text: written.includes("/") ? written : `${written}/32` }
    : undefined;
}

/** A block that is known to be well formed, for constants. */
export function block(written: string): Block {
  const parsed = parseBlock(written);
  if (parsed === undefined) {
    throw new Error(`"${written}" is not an IPv4 block`);
  }
  return parsed;
}

/** The blocks of a list; what does not parse (IPv6) is left out. */
export function parseBlocks(written: readonly string[]): readonly Block[] {
  return written.flatMap((one) => parseBlock(one) ?? []);
}

/** Whether the address lies in the block. */
export function contains(outer: Block, address: number): boolean {
  return outer.first <= address && address <= outer.last;
}

/** Whether the address lies in any of the blocks. */
export function containsAny(blocks: readonly Block[], address: number): boolean {
  return blocks.some((one) => contains(one, address));
}

/** Whether one block lies inside another. */
export function covers(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * The ranges that Azure routes to None by default: RFC 1918 and RFC 6598.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#default (page of 2023-05-27, read 2026-11-21)
 */
export const reservedBlocks: readonly Block[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
  block,
);

const neverSent = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(block);
const neverPublic = [...reservedBlocks, ...neverSent];

/**
 * Whether no network carries the address: loopback, link-local, multicast, reserved, broadcast.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21)
 */
export function isNeverSent(address: number): boolean {
  return address !== metadataServer && containsAny(neverSent, address);
}

/** Whether the public Internet routes the address. 168.63.129.16 looks public but is a virtual address of the host. */
export function isPublic(address: number): boolean {
  return address !== wireServer && !containsAny(neverPublic, address);
}

/** 168.63.129.16: DNS, DHCP, health probes. https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 (read 2026-11-21) */
export const wireServer = block("168.63.129.16").first;

/** 169.254.169.254: the instance metadata service. */
export const metadataServer = block("169.254.169.254").first;
