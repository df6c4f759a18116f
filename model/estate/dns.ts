import type { Read } from "../read.ts";
import type { Ipv4Address, Reference, Resource } from "./resource.ts";

/** `Microsoft.Network/dnsResolvers` with its endpoints. */
export interface DnsResolver extends Resource {
  readonly virtualNetworkId: Reference;
  readonly inboundEndpoints: readonly InboundEndpoint[];
  readonly outboundEndpoints: readonly OutboundEndpoint[];
}

/** `dnsResolvers/inboundEndpoints`: an address that answers queries. */
export interface InboundEndpoint extends Resource {
  readonly subnetId?: Reference;
  /** @default - dynamic: some address of the subnet */
  readonly privateIpAddress?: Read<Ipv4Address>;
}

/** `dnsResolvers/outboundEndpoints`: where forwarded queries leave from. */
export interface OutboundEndpoint extends Resource {
  readonly subnetId?: Reference;
}

/** `Microsoft.Network/dnsForwardingRulesets`. */
export interface DnsForwardingRuleset extends Resource {
  readonly outboundEndpointIds: readonly Reference[];
  readonly forwardingRules: readonly Read<ForwardingRule>[];
  /** Virtual networks linked to the ruleset. */
  readonly virtualNetworkIds: readonly Reference[];
}

/** One forwarding rule; `domainName` ends in a dot, and `.` is every name. */
export interface ForwardingRule {
  readonly name: string;
  readonly domainName: Read<string>;
  /** @default "Enabled" */
  readonly forwardingRuleState?: Read<"Enabled" | "Disabled">;
  readonly targetDnsServers: readonly Read<TargetDnsServer>[];
}

/** A target of a forwarding rule. */
export interface TargetDnsServer {
  readonly ipAddress: Ipv4Address;
  readonly port: number;
}

/** `Microsoft.Network/privateDnsZones`; `name` is the zone. */
export interface PrivateDnsZone extends Resource {
  readonly virtualNetworkLinks: readonly VirtualNetworkLink[];
  /** Record sets of the input. */
  readonly recordSets: readonly Read<RecordSet>[];
}

/** A link of a zone to a virtual network. */
export interface VirtualNetworkLink extends Resource {
  readonly virtualNetworkId: Reference;
  /** @default false */
  readonly registrationEnabled?: Read<boolean>;
  /** `NxDomainRedirect` asks public DNS for names that the zone lacks. @default "Default" */
  readonly resolutionPolicy?: Read<"Default" | "NxDomainRedirect">;
}

/** A record set of a private zone: only what bears on whether a name resolves. */
export interface RecordSet {
  /** Relative to the zone; `@` is the zone itself, `*` a wildcard. */
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME" | "MX" | "PTR" | "SOA" | "SRV" | "TXT";
  readonly addresses: readonly Read<Ipv4Address>[];
  readonly cname?: Read<string>;
}

/** `Microsoft.Network/privateEndpoints`. */
export interface PrivateEndpoint extends Resource {
  readonly subnetId?: Reference;
  readonly networkInterfaceIds: readonly Reference[];
  readonly privateLinkServiceIds: readonly Reference[];
  readonly groupIds: readonly Read<string>[];
  /** `customDnsConfigs` and `ipConfigurations`, addresses that the endpoint answers on. */
  readonly ipAddresses: readonly Read<Ipv4Address>[];
  /** `customDnsConfigs[].fqdn`. */
  readonly fqdns: readonly Read<string>[];
  /** Zones of its `privateDnsZoneGroups`. */
  readonly privateDnsZoneIds: readonly Reference[];
}
