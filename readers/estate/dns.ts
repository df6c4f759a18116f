import type {
  DnsForwardingRuleset,
  DnsResolver,
  ForwardingRule,
  PrivateDnsZone,
  PrivateEndpoint,
  RecordSet,
  TargetDnsServer,
} from "../../model/estate/dns.ts";
import { isUnknown, type Read } from "../../model/read.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

/** DNS private resolvers with their endpoints. */
export function readDnsResolvers(set: ResourceSet): readonly DnsResolver[] {
  const type = "Microsoft.Network/dnsResolvers";
  return set.of(type, ["inboundEndpoints", "outboundEndpoints"]).map((source) => ({
    ...resourceOf(source),
    virtualNetworkId: source.fields.required(source.fields.reference("virtualNetwork"), "virtualNetwork"),
    inboundEndpoints: set.children(source, `${type}/inboundEndpoints`, undefined).map((endpoint) => {
      const [configuration] = endpoint.fields.objects("ipConfigurations");
      return {
        ...resourceOf(endpoint),
        ...defined({
          subnetId: configuration?.reference("subnet"),
          privateIpAddress: configuration?.address("privateIpAddress"),
        }),
      };
    }),
    outboundEndpoints: set.children(source, `${type}/outboundEndpoints`, undefined).map((endpoint) => ({
      ...resourceOf(endpoint),
      ...defined({ subnetId: endpoint.fields.reference("subnet") }),
    })),
  }));
}

/** Forwarding rulesets with their rules and links. */
export function readDnsForwardingRulesets(set: ResourceSet): readonly DnsForwardingRuleset[] {
  const type = "Microsoft.Network/dnsForwardingRulesets";
  return set.of(type, ["forwardingRules", "virtualNetworkLinks"]).map((source) => ({
    ...resourceOf(source),
    outboundEndpointIds: source.fields.references("dnsResolverOutboundEndpoints"),
    forwardingRules: set.children(source, `${type}/forwardingRules`, undefined).map(readForwardingRule),
    virtualNetworkIds: set
      .children(source, `${type}/virtualNetworkLinks`, undefined)
      .map(
        ({ fields, condition }) => condition ?? fields.required(fields.reference("virtualNetwork"), "virtualNetwork"),
      ),
  }));
}

/** Private DNS zones with their links and those record sets that bear on whether a name resolves. */
export function readPrivateDnsZones(set: ResourceSet): readonly PrivateDnsZone[] {
  const type = "Microsoft.Network/privateDnsZones";
  const recordTypes = ["A", "AAAA", "CNAME", "MX", "PTR", "SOA", "SRV", "TXT"] as const;
  return set.of(type, ["virtualNetworkLinks", ...recordTypes]).map((source) => ({
    ...resourceOf(source),
    virtualNetworkLinks: set.children(source, `${type}/virtualNetworkLinks`, undefined).map((link) => ({
      ...resourceOf(link),
      virtualNetworkId:
        link.condition ?? link.fields.required(link.fields.reference("virtualNetwork"), "virtualNetwork"),
      ...defined({
        registrationEnabled: link.fields.boolean("registrationEnabled"),
        resolutionPolicy: link.fields.oneOf("resolutionPolicy", ["Default", "NxDomainRedirect"]),
      }),
    })),
    recordSets: recordTypes.flatMap((recordType) =>
      set.children(source, `${type}/${recordType}`, undefined).map((record) => readRecordSet(record, recordType)),
    ),
  }));
}

/** Private endpoints with the zones of their zone groups. */
export function readPrivateEndpoints(set: ResourceSet): readonly PrivateEndpoint[] {
  const type = "Microsoft.Network/privateEndpoints";
  return set.of(type, ["privateDnsZoneGroups"]).map((source) => {
    const { fields } = source;
    const connections = [
      ...fields.objects("privateLinkServiceConnections"),
      ...fields.objects("manualPrivateLinkServiceConnections"),
    ];
    const dns = fields.objects("customDnsConfigs");
    const groups = set.children(source, `${type}/privateDnsZoneGroups`, undefined);
    return {
      ...resourceOf(source),
      ...defined({ subnetId: fields.reference("subnet") }),
      networkInterfaceIds: fields.references("networkInterfaces"),
      privateLinkServiceIds: connections.flatMap(
        (connection) => connection.unknown ?? connection.reference("privateLinkServiceId") ?? [],
      ),
      groupIds: connections.flatMap((connection) => connection.texts("groupIds")),
      ipAddresses: [
        ...dns.flatMap((entry) => entry.addresses("ipAddresses")),
        ...fields
          .objects("ipConfigurations")
          .flatMap((entry) => entry.unknown ?? entry.address("privateIPAddress") ?? []),
      ],
      fqdns: dns.flatMap((entry) => entry.unknown ?? entry.text("fqdn") ?? []),
      privateDnsZoneIds: groups.flatMap((group) =>
        group.fields
          .objects("privateDnsZoneConfigs")
          .flatMap((entry) => entry.unknown ?? entry.reference("privateDnsZoneId") ?? []),
      ),
    };
  });
}

function readForwardingRule({ name, fields, condition }: Source): Read<ForwardingRule> {
  return (
    condition ??
    fields.unknown ?? {
      name,
      domainName: fields.required(fields.text("domainName"), `forwarding rule "${name}": domainName`),
      ...defined({ forwardingRuleState: fields.oneOf("forwardingRuleState", ["Enabled", "Disabled"]) }),
      targetDnsServers: fields.objects("targetDnsServers").map(readTarget),
    }
  );
}

function readTarget(fields: Fields): Read<TargetDnsServer> {
  const ipAddress = fields.unknown ?? fields.required(fields.address("ipAddress"), "ipAddress");
  const port = fields.integer("port") ?? 53;
  if (isUnknown(ipAddress)) return ipAddress;
  return isUnknown(port) ? port : { ipAddress, port };
}

function readRecordSet({ name, fields, condition }: Source, type: RecordSet["type"]): Read<RecordSet> {
  const nothing = condition ?? fields.unknown;
  if (nothing !== undefined) return nothing;
  const cname = fields.object("cnameRecord")?.text("cname");
  return {
    name,
    type,
    addresses: fields.objects("aRecords").flatMap((entry) => entry.unknown ?? entry.address("ipv4Address") ?? []),
    ...defined({ cname }),
  };
}
