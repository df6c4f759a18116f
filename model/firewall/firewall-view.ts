import type {
  AzureFirewall,
  FirewallPolicy,
  FirewallTier,
  RuleCollection,
  ThreatIntelMode,
} from "../estate/firewall.ts";
import type { Ipv4Address } from "../estate/resource.ts";
import { type IpSpace, ipSpaceOf } from "../ip-space.ts";
import { type Prefix, parseAddress, parsePrefix } from "../prefix.ts";
import { isUnknown, type Read, splitKnown, type Unknown, unknown } from "../read.ts";
import { privateRanges } from "../special-addresses.ts";
import type { Network } from "../topology/network.ts";

/** A collection and where it stands: what an answer names. */
export interface PlacedCollection {
  readonly policy: string | undefined;
  readonly group: string | undefined;
  readonly collection: RuleCollection;
  /** Why its place in the order is not known. */
  readonly floating?: string;
}

/** A firewall with its policies resolved: one form for policies and classic rules. */
export interface FirewallView {
  readonly firewall: AzureFirewall;
  readonly tier: Read<FirewallTier>;
  /** In the order of evaluation: base policies before their children, then groups and collections by priority. */
  readonly collections: readonly PlacedCollection[];
  /** What could not be read of the rules. */
  readonly unread: readonly Unknown[];
  readonly threatIntelMode: Read<ThreatIntelMode>;
  readonly dnsProxy: Read<boolean>;
  /** Servers the proxy asks; empty means Azure DNS. */
  readonly dnsServers: readonly Read<Ipv4Address>[];
  /** Destinations that network rules do not translate the source for. */
  readonly untranslated: Read<IpSpace>;
  readonly hasCertificateAuthority: Read<boolean>;
  readonly intrusionDetectionMode: Read<"Off" | "Alert" | "Deny">;
}

/** Resolves a firewall's policy and the policies that it inherits from. */
export function viewFirewall(network: Network, firewall: AzureFirewall): FirewallView {
  return network.memo("firewall", firewall.id, () => {
    const policy = network.find("firewallPolicies", firewall.firewallPolicyId);
    if (policy.kind === "none") return classicView(firewall);
    if (policy.kind === "missing")
      return missingView(firewall, unknown(`the policy of firewall "${firewall.name}": ${policy.because}`));
    return policyView(network, firewall, policy.resource);
  });
}

function policyView(network: Network, firewall: AzureFirewall, policy: FirewallPolicy): FirewallView {
  const chain: FirewallPolicy[] = [policy];
  const unread: Unknown[] = [];
  for (let base = network.find("firewallPolicies", policy.basePolicyId); base.kind !== "none"; ) {
    if (base.kind === "missing") {
      unread.push(unknown(`the base policy: ${base.because}`));
      break;
    }
    if (chain.includes(base.resource)) break;
    chain.unshift(base.resource);
    base = network.find("firewallPolicies", base.resource.basePolicyId);
  }
  const inherited = chain.find((each) => each !== policy && each.dnsSettings?.enableProxy === true);
  const proxy = policy.dnsSettings?.enableProxy;
  const dnsProxy =
    proxy === undefined && inherited !== undefined
      ? unknown(
          `whether policy "${policy.name}" inherits the DNS proxy of "${inherited.name}" is documented in two ways`,
        )
      : (proxy ?? false);
  return {
    firewall,
    tier: policy.skuTier ?? firewall.skuTier ?? "Standard",
    collections: chain.flatMap((each) => collectionsOf(each, unread)),
    unread,
    threatIntelMode: policy.threatIntelMode ?? "Alert",
    dnsProxy,
    dnsServers: policy.dnsSettings?.servers ?? [],
    untranslated: untranslatedSpace(policy),
    hasCertificateAuthority: policy.hasCertificateAuthority,
    intrusionDetectionMode: policy.intrusionDetectionMode ?? "Off",
  };
}

function collectionsOf(policy: FirewallPolicy, unread: Unknown[]): readonly PlacedCollection[] {
  const groups = [...policy.ruleCollectionGroups].sort((a, b) => order(a.priority) - order(b.priority));
  return groups.flatMap((group) => {
    const { known, unknown: missing } = splitKnown(group.ruleCollections);
    unread.push(...missing);
    const sorted = [...known].sort((a, b) => order(a.priority) - order(b.priority));
    return sorted.map((collection) => {
      const reason = [group.priority, collection.priority].find(isUnknown)?.unknown;
      const placed = { policy: policy.name, group: group.name, collection };
      return reason === undefined ? placed : { ...placed, floating: reason };
    });
  });
}

function classicView(firewall: AzureFirewall): FirewallView {
  const { known, unknown: unread } = splitKnown(firewall.ruleCollections);
  const properties = new Map(
    Object.entries(firewall.additionalProperties).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const proxy = properties.get("network.dns.enableproxy");
  const servers = properties.get("network.dns.servers");
  const ranges = properties.get("network.snat.privateranges");
  return {
    firewall,
    tier: firewall.skuTier ?? "Standard",
    collections: [...known]
      .sort((a, b) => order(a.priority) - order(b.priority))
      .map((collection) => {
        const placed = { policy: undefined, group: undefined, collection };
        return isUnknown(collection.priority) ? { ...placed, floating: collection.priority.unknown } : placed;
      }),
    unread,
    threatIntelMode: firewall.threatIntelMode ?? "Alert",
    dnsProxy: proxy === undefined ? false : isUnknown(proxy) ? proxy : proxy.toLowerCase() === "true",
    dnsServers: servers === undefined ? [] : isUnknown(servers) ? [servers] : addressesIn(servers),
    untranslated: ranges === undefined ? ipSpaceOf(privateRanges) : isUnknown(ranges) ? ranges : spaceIn(ranges),
    hasCertificateAuthority: false,
    intrusionDetectionMode: "Off",
  };
}

function missingView(firewall: AzureFirewall, reason: Unknown): FirewallView {
  return {
    firewall,
    tier: reason,
    collections: [],
    unread: [reason],
    threatIntelMode: reason,
    dnsProxy: reason,
    dnsServers: [reason],
    untranslated: reason,
    hasCertificateAuthority: reason,
    intrusionDetectionMode: reason,
  };
}

/** `snat.privateRanges` replaces the list. https://learn.microsoft.com/azure/firewall/snat-private-range, read 2026-11-20. */
function untranslatedSpace(policy: FirewallPolicy): Read<IpSpace> {
  if (policy.snatAutoLearnPrivateRanges === true) return unknown(`policy "${policy.name}" learns its private ranges`);
  const { known, unknown: missing } = splitKnown(policy.snatPrivateRanges);
  if (missing[0] !== undefined) return missing[0];
  if (known.length === 0) return ipSpaceOf(privateRanges);
  const prefixes = known.flatMap((range): readonly Prefix[] => {
    if (range.kind === "prefix") return [range.prefix];
    return range.kind === "serviceTag" && range.name.toLowerCase() === "ianaprivateranges" ? privateRanges : [];
  });
  return ipSpaceOf(prefixes);
}

function spaceIn(text: string): Read<IpSpace> {
  const prefixes: Prefix[] = [];
  for (const word of text.split(",").map((each) => each.trim())) {
    if (word.toLowerCase() === "ianaprivateranges") prefixes.push(...privateRanges);
    else {
      const parsed = parsePrefix(word);
      if (!parsed.ok) return unknown(parsed.message);
      prefixes.push(parsed.value);
    }
  }
  return ipSpaceOf(prefixes);
}

function addressesIn(text: string): readonly Read<Ipv4Address>[] {
  return text.split(",").map((word) => {
    const parsed = parseAddress(word.trim());
    return parsed.ok ? parsed.value : unknown(parsed.message);
  });
}

function order(priority: Read<number>): number {
  return isUnknown(priority) ? 0 : priority;
}
