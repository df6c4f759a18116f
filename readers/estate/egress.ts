import type { NatGateway, PublicIpAddress, PublicIpPrefix } from "../../model/estate/egress.ts";
import { defined } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

/** NAT gateways. */
export function readNatGateways(set: ResourceSet): readonly NatGateway[] {
  return set.of("Microsoft.Network/natGateways").map((source) => {
    const { fields } = source;
    return {
      ...resourceOf(source),
      ...defined({ skuName: fields.object("sku")?.oneOf("name", ["Standard", "StandardV2"]) }),
      publicIpAddressIds: [...fields.references("publicIpAddresses"), ...fields.references("publicIpAddressesV6")],
      publicIpPrefixIds: [...fields.references("publicIpPrefixes"), ...fields.references("publicIpPrefixesV6")],
    };
  });
}

/** Public IP addresses. */
export function readPublicIpAddresses(set: ResourceSet): readonly PublicIpAddress[] {
  return set.of("Microsoft.Network/publicIPAddresses").map((source) => {
    const { fields } = source;
    const version = fields.oneOf("publicIPAddressVersion", ["IPv4", "IPv6"]);
    return {
      ...resourceOf(source),
      ...defined({
        skuName: fields.object("sku")?.text("name"),
        ipAddress: version === "IPv6" ? undefined : fields.address("ipAddress"),
        publicIPAddressVersion: version,
        publicIPAllocationMethod: fields.oneOf("publicIPAllocationMethod", ["Static", "Dynamic"]),
        ipConfigurationId: fields.reference("ipConfiguration") ?? fields.reference("natGateway"),
      }),
    };
  });
}

/** Public IP prefixes. */
export function readPublicIpPrefixes(set: ResourceSet): readonly PublicIpPrefix[] {
  return set.of("Microsoft.Network/publicIPPrefixes").map((source) => {
    const { fields } = source;
    if (fields.oneOf("publicIPAddressVersion", ["IPv4", "IPv6"]) === "IPv6") return resourceOf(source);
    const size = { ipPrefix: fields.prefix("ipPrefix"), prefixLength: fields.integer("prefixLength") };
    return { ...resourceOf(source), ...defined(size) };
  });
}
