import { record, text, texts } from "./arm-json.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import type { FirewallRule } from "./firewall-policy.ts";
import { policySettings } from "./firewall-policy.ts";
import { containsAny, parseAddress, parseBlocks, reservedBlocks } from "./ipv4.ts";

/** The public addresses of a firewall that the input shows. */
export function publicAddresses(estate: Estate, firewall: AzureFirewall): readonly number[] {
  const ofResources = firewall.publicIpAddresses.flatMap(
    (id) => parseAddress(text(record(estate.find(id)?.properties).ipAddress) ?? "") ?? [],
  );
  return [...ofResources, ...firewall.hubPublicAddresses];
}

/**
 * Whether the firewall puts its own address in place of the source. Application and DNAT rules always do; network rules do unless
 * the destination is in the private ranges: RFC 1918 and RFC 6598, or the list of the policy, where 255.255.255.255/32 means
 * always and 0.0.0.0/0 never.
 * https://learn.microsoft.com/azure/firewall/snat-private-range (page of 2026-08-31)
 */
export function translatesSource(
  estate: Estate,
  firewall: AzureFirewall,
  rule: FirewallRule,
  destination: number,
): boolean {
  if (rule.kind !== "Network") {
    return true;
  }
  const ranges = privateRanges(estate, firewall);
  if (ranges.includes("255.255.255.255/32")) {
    return true;
  }
  const iana = ranges.some((range) => range.toLowerCase() === "ianaprivateranges") ? reservedBlocks : [];
  return !containsAny([...iana, ...parseBlocks(ranges)], destination);
}

function privateRanges(estate: Estate, firewall: AzureFirewall): readonly string[] {
  const ofPolicy = texts(record(policySettings(estate, firewall).snat).privateRanges);
  const classic = text(record(firewall.properties.additionalProperties)["Network.SNAT.PrivateRanges"]);
  const ofClassic =
    firewall.policy === undefined && classic !== undefined ? classic.split(",").map((one) => one.trim()) : [];
  const ranges = [...ofPolicy, ...ofClassic];
  return ranges.length === 0 ? ["IANAPrivateRanges"] : ranges;
}
