import { type Cidr, overlaps, readCidr } from "./addresses.ts";
import type { ArmError } from "./contract.ts";
import { badRequest } from "./refusal.ts";

/**
 * Refuses what is no canonical IPv4 prefix, with the network resource provider's two codes.
 * Wording: NRP and NFVRP error catalogues as quoted in public issue threads (as of 2026-11-21).
 */
export function* checkPrefix(prefix: string, resource: string): Generator<ArmError> {
  const block = readCidr(prefix);
  if (block === undefined) {
    yield badRequest(
      "InvalidAddressPrefixFormat",
      `Address prefix ${prefix} of resource ${resource} is not formatted correctly. ` +
        "It should follow CIDR notation, for example 10.0.0.0/24.",
    );
  } else if (!block.isCanonical) {
    yield badRequest(
      "InvalidCIDRNotation",
      `The address prefix ${prefix} in resource ${resource} has an invalid CIDR notation. ` +
        `For the given prefix length, the address prefix should be ${block.canonical}.`,
    );
  }
}

/**
 * Ranges no virtual network may use.
 * Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (address ranges) (as of 2026-11-21).
 */
const forbidden = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];

/** The forbidden range this block touches. */
export function forbiddenRange(block: Cidr): string | undefined {
  return forbidden.find((range) => {
    const other = readCidr(range);
    return other !== undefined && overlaps(block, other);
  });
}
