import type {
  AzureFirewall,
  FirewallIpConfiguration,
  FirewallPolicy,
  FirewallTier,
  IpGroup,
  ThreatIntelMode,
} from "../../model/estate/firewall.ts";
import { isUnknown, type Read } from "../../model/read.ts";
import { defined, type Fields } from "./fields.ts";
import { readClassicCollections, readPolicyCollection } from "./firewall-rules.ts";
import { unknownOf } from "./read-value.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

const tiers: readonly FirewallTier[] = ["Basic", "Standard", "Premium"];
const threatIntelModes: readonly ThreatIntelMode[] = ["Off", "Alert", "Deny"];

/** Azure Firewalls, with a policy or with classic rules. */
export function readAzureFirewalls(set: ResourceSet): readonly AzureFirewall[] {
  return set.of("Microsoft.Network/azureFirewalls").map((source) => {
    const { fields } = source;
    const sku = fields.object("sku");
    const management = fields.object("managementIpConfiguration");
    const hub = fields.object("hubIPAddresses");
    return {
      ...resourceOf(source),
      ...defined({
        skuName: sku?.oneOf("name", ["AZFW_VNet", "AZFW_Hub"]),
        skuTier: sku?.oneOf("tier", tiers),
        managementIpConfiguration: management === undefined ? undefined : readIpConfiguration(management),
        firewallPolicyId: fields.reference("firewallPolicy"),
        virtualHubId: fields.reference("virtualHub"),
        hubPrivateIpAddress: hub?.address("privateIPAddress"),
        threatIntelMode: fields.oneOf("threatIntelMode", threatIntelModes),
      }),
      ipConfigurations: fields.objects("ipConfigurations").map(readIpConfiguration),
      hubPublicIpAddresses: (hub?.object("publicIPs")?.objects("addresses") ?? []).flatMap(
        (entry) => entry.unknown ?? entry.address("address") ?? [],
      ),
      ruleCollections: readClassicCollections(fields),
      additionalProperties: readAdditionalProperties(fields),
    };
  });
}

/** Firewall policies with their rule collection groups. */
export function readFirewallPolicies(set: ResourceSet): readonly FirewallPolicy[] {
  const type = "Microsoft.Network/firewallPolicies";
  return set.of(type, ["ruleCollectionGroups"]).map((source) => {
    const { fields } = source;
    const allowlist = fields.object("threatIntelWhitelist");
    const dns = fields.object("dnsSettings");
    const snat = fields.object("snat");
    return {
      ...resourceOf(source),
      ...defined({
        skuTier: fields.object("sku")?.oneOf("tier", tiers),
        basePolicyId: fields.reference("basePolicy"),
        threatIntelMode: fields.oneOf("threatIntelMode", threatIntelModes),
        dnsSettings:
          dns === undefined
            ? undefined
            : { ...defined({ enableProxy: dns.boolean("enableProxy") }), servers: dns.addresses("servers") },
        snatAutoLearnPrivateRanges: readAutoLearn(snat),
        intrusionDetectionMode: fields.object("intrusionDetection")?.oneOf("mode", ["Off", "Alert", "Deny"]),
        explicitProxyEnabled: fields.object("explicitProxy")?.boolean("enableExplicitProxy"),
      }),
      threatIntelAllowlist: {
        ipAddresses: allowlist?.ruleAddresses("ipAddresses") ?? [],
        fqdns: allowlist?.texts("fqdns") ?? [],
      },
      snatPrivateRanges: snat?.ruleAddresses("privateRanges") ?? [],
      hasCertificateAuthority: readHasCertificateAuthority(fields),
      ruleCollectionGroups: set.children(source, `${type}/ruleCollectionGroups`, undefined).map((group) => ({
        ...resourceOf(group),
        priority: group.fields.required(
          group.fields.integer("priority"),
          `rule collection group "${group.name}": priority`,
        ),
        ruleCollections:
          group.condition === undefined
            ? group.fields.objects("ruleCollections").map(readPolicyCollection)
            : [group.condition],
      })),
    };
  });
}

/** IP groups. */
export function readIpGroups(set: ResourceSet): readonly IpGroup[] {
  return set
    .of("Microsoft.Network/ipGroups")
    .map((source) => ({ ...resourceOf(source), ipAddresses: source.fields.ruleAddresses("ipAddresses") }));
}

function readIpConfiguration(fields: Fields): FirewallIpConfiguration {
  return {
    name: fields.label("name"),
    ...defined({
      subnetId: fields.reference("subnet"),
      privateIpAddress: fields.address("privateIPAddress"),
      publicIpAddressId: fields.reference("publicIPAddress"),
    }),
  };
}

function readAutoLearn(snat: Fields | undefined): Read<boolean> | undefined {
  const mode = snat?.oneOf("autoLearnPrivateRanges", ["Enabled", "Disabled"]);
  return mode === undefined || isUnknown(mode) ? mode : mode === "Enabled";
}

function readHasCertificateAuthority(fields: Fields): Read<boolean> {
  const security = fields.object("transportSecurity");
  const authority = security?.value("certificateAuthority");
  return authority?.kind === "unknown" ? unknownOf(authority) : authority !== undefined;
}

function readAdditionalProperties(fields: Fields): AzureFirewall["additionalProperties"] {
  const value = fields.value("additionalProperties");
  if (value?.kind !== "object") return {};
  const properties = fields.object("additionalProperties");
  return Object.fromEntries(
    [...value.members.keys()].flatMap((name) => {
      const text = properties?.text(name);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
