import type { Read } from "../read.ts";
import type { Ipv4Address, PortRange, Reference, Resource, RuleAddress } from "./resource.ts";

/** ARM's firewall tiers. */
export type FirewallTier = "Basic" | "Standard" | "Premium";

/** ARM's `threatIntelMode`. */
export type ThreatIntelMode = "Off" | "Alert" | "Deny";

/** `Microsoft.Network/azureFirewalls`, with a policy or with classic rule collections of its own. */
export interface AzureFirewall extends Resource {
  /** `AZFW_Hub` sits in a virtual hub. @default "AZFW_VNet" */
  readonly skuName?: Read<"AZFW_VNet" | "AZFW_Hub">;
  /** @default "Standard" */
  readonly skuTier?: Read<FirewallTier>;
  readonly ipConfigurations: readonly FirewallIpConfiguration[];
  /** Present means the firewall has a management network interface (forced tunnelling is possible). */
  readonly managementIpConfiguration?: FirewallIpConfiguration;
  readonly firewallPolicyId?: Reference;
  readonly virtualHubId?: Reference;
  /** `hubIPAddresses.privateIPAddress` of a firewall in a virtual hub. */
  readonly hubPrivateIpAddress?: Read<Ipv4Address>;
  readonly hubPublicIpAddresses: readonly Read<Ipv4Address>[];
  /** Classic only; a policy has its own. @default "Alert" */
  readonly threatIntelMode?: Read<ThreatIntelMode>;
  /** Classic rules, in the same form as those of a policy: each kind of collection in one list. */
  readonly ruleCollections: readonly Read<RuleCollection>[];
  /** Classic `additionalProperties`, such as `Network.DNS.EnableProxy` or `Network.SNAT.PrivateRanges`; keys as written. */
  readonly additionalProperties: Readonly<Record<string, Read<string>>>;
}

/** One ip configuration of a firewall. */
export interface FirewallIpConfiguration {
  readonly name: string;
  readonly subnetId?: Reference;
  /** Read-only in ARM: absent in a template, where it is the first usable address of the subnet or Unknown. */
  readonly privateIpAddress?: Read<Ipv4Address>;
  readonly publicIpAddressId?: Reference;
}

/** `Microsoft.Network/firewallPolicies` with its rule collection groups. */
export interface FirewallPolicy extends Resource {
  /** @default "Standard" */
  readonly skuTier?: Read<FirewallTier>;
  readonly basePolicyId?: Reference;
  /** @default "Alert" */
  readonly threatIntelMode?: Read<ThreatIntelMode>;
  readonly threatIntelAllowlist: {
    readonly ipAddresses: readonly Read<RuleAddress>[];
    readonly fqdns: readonly Read<string>[];
  };
  readonly dnsSettings?: FirewallDnsSettings;
  /** `snat.privateRanges`; empty means `IANAPrivateRanges`. Entries are prefixes or the word `IANAPrivateRanges` as a service tag. */
  readonly snatPrivateRanges: readonly Read<RuleAddress>[];
  readonly snatAutoLearnPrivateRanges?: Read<boolean>;
  /** `intrusionDetection.mode`, Premium only. @default "Off" */
  readonly intrusionDetectionMode?: Read<"Off" | "Alert" | "Deny">;
  /** Whether `transportSecurity.certificateAuthority` is set: without it no TLS inspection. */
  readonly hasCertificateAuthority: Read<boolean>;
  /** `explicitProxy.enableExplicitProxy`. @default false */
  readonly explicitProxyEnabled?: Read<boolean>;
  readonly ruleCollectionGroups: readonly RuleCollectionGroup[];
}

/** `dnsSettings` of a policy. */
export interface FirewallDnsSettings {
  /** @default false */
  readonly enableProxy?: Read<boolean>;
  /** Empty means Azure DNS. */
  readonly servers: readonly Read<Ipv4Address>[];
}

/** `Microsoft.Network/firewallPolicies/ruleCollectionGroups`. */
export interface RuleCollectionGroup extends Resource {
  readonly priority: Read<number>;
  readonly ruleCollections: readonly Read<RuleCollection>[];
}

/** A rule collection. `action` is `Dnat` for NAT collections. All rules of a collection are of one type. */
export interface RuleCollection {
  readonly name: string;
  readonly priority: Read<number>;
  readonly action: Read<"Allow" | "Deny" | "Dnat">;
  readonly rules: readonly Read<FirewallRule>[];
}

/** ARM's discriminator is `ruleType`. */
export type FirewallRule = NetworkRule | ApplicationRule | NatRule;

interface FirewallRuleSource {
  readonly name: string;
  readonly sourceAddresses: readonly Read<RuleAddress>[];
  readonly sourceIpGroupIds: readonly Reference[];
}

/** ARM's `ipProtocols`. */
export type FirewallIpProtocol = "Any" | "TCP" | "UDP" | "ICMP";

/** Matches addresses, protocols and ports. */
export interface NetworkRule extends FirewallRuleSource {
  readonly ruleType: "NetworkRule";
  readonly ipProtocols: readonly Read<FirewallIpProtocol>[];
  readonly destinationAddresses: readonly Read<RuleAddress>[];
  readonly destinationIpGroupIds: readonly Reference[];
  readonly destinationFqdns: readonly Read<string>[];
  readonly destinationPorts: readonly Read<PortRange>[];
}

/** Matches names over HTTP, HTTPS or MSSQL. */
export interface ApplicationRule extends FirewallRuleSource {
  readonly ruleType: "ApplicationRule";
  readonly protocols: readonly Read<ApplicationProtocol>[];
  readonly destinationAddresses: readonly Read<RuleAddress>[];
  readonly targetFqdns: readonly Read<string>[];
  readonly targetUrls: readonly Read<string>[];
  readonly fqdnTags: readonly Read<string>[];
  readonly webCategories: readonly Read<string>[];
  /** @default false */
  readonly terminateTls?: Read<boolean>;
}

/** A protocol and port of an application rule. */
export interface ApplicationProtocol {
  readonly protocolType: "Http" | "Https" | "Mssql";
  readonly port: number;
}

/** Translates the destination of an inbound flow. */
export interface NatRule extends FirewallRuleSource {
  readonly ruleType: "NatRule";
  readonly ipProtocols: readonly Read<FirewallIpProtocol>[];
  readonly destinationAddresses: readonly Read<RuleAddress>[];
  readonly destinationPorts: readonly Read<PortRange>[];
  readonly translatedAddress?: Read<Ipv4Address>;
  readonly translatedFqdn?: Read<string>;
  readonly translatedPort?: Read<number>;
}

/** `Microsoft.Network/ipGroups`. */
export interface IpGroup extends Resource {
  readonly ipAddresses: readonly Read<RuleAddress>[];
}
