import type { VirtualNetwork } from "../../../model/estate/virtual-network.ts";
import { containsPrefix, formatPrefix } from "../../../model/prefix.ts";
import { isUnknown } from "../../../model/read.ts";
import { privateRanges } from "../../../model/special-addresses.ts";
import type { Observation, Rule } from "../../rule.ts";
import { eachVirtualNetwork } from "../each-virtual-network.ts";

/** Whoever takes public addresses that are not theirs can never reach the owner, and firewalls translate what they should not. */
export const addressSpacePrivate: Rule = {
  name: "address-space-private",
  pack: "network",
  description: "The virtual networks of Cloud PCs use private addresses: those of RFC 1918 or RFC 6598.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq",
  remediation: "Give the virtual network addresses of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
  judge: (design) => eachVirtualNetwork(design, observe),
};

function observe({ name, addressSpace }: VirtualNetwork): readonly Observation[] {
  return addressSpace.flatMap((block): readonly Observation[] => {
    if (isUnknown(block)) {
      const message = `whether the address space of virtual network "${name}" is private is not known: ${block.unknown}`;
      return [{ outcome: "undecided", about: "address space", message }];
    }
    if (privateRanges.some((range) => containsPrefix(range, block))) return [];
    const text = formatPrefix(block);
    return [
      {
        outcome: "fail",
        about: text,
        message: `virtual network "${name}" uses ${text}, which is not within ${privateRanges.map(formatPrefix).join(", ")}`,
        remedy: `replace ${text} in the address space of virtual network "${name}"; subnets cannot keep addresses of it`,
      },
    ];
  });
}
