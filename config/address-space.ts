import { containsAddress, formatPrefix, type Prefix, parseAddress, prefix } from "../model/prefix.ts";

/** Whether one of the prefixes holds the address; false for what is not an address. */
export function holdsAddress(addressSpace: readonly Prefix[], address: string): boolean {
  const parsed = parseAddress(address);
  return parsed.ok && addressSpace.some((block) => containsAddress(block, parsed.value));
}

/** `"10.0.0.0/24", "10.0.1.0/24"`, for messages. */
export function quotePrefixes(prefixes: readonly Prefix[]): string {
  return prefixes.map((block) => JSON.stringify(formatPrefix(block))).join(", ");
}

/** Whether an address is in a range that RFC 1918 or RFC 6598 keeps private. */
export function isPrivateAddress(address: string): boolean {
  return holdsAddress(privateRanges, address);
}

/** RFC 1918 and RFC 6598: what Azure takes for private. https://learn.microsoft.com/azure/firewall/snat-private-range (read 2026-11-21) */
export const privateRanges: readonly Prefix[] = [
  prefix("10.0.0.0/8"),
  prefix("172.16.0.0/12"),
  prefix("192.168.0.0/16"),
  prefix("100.64.0.0/10"),
];
