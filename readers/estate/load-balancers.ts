import type { LoadBalancer, LoadBalancingRule, OutboundRule } from "../../model/estate/egress.ts";
import type { Reference } from "../../model/estate/resource.ts";
import { isUnknown, type Read, unknown } from "../../model/read.ts";
import { normalizeId } from "../../model/resource-id.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

const type = "Microsoft.Network/loadBalancers";

/** Load balancers with their frontends, pools and rules. */
export function readLoadBalancers(set: ResourceSet): readonly LoadBalancer[] {
  return set.of(type, ["backendAddressPools", "inboundNatRules"]).map((source) => ({
    ...resourceOf(source),
    ...defined({ skuName: source.fields.object("sku")?.text("name") }),
    frontendIpConfigurations: set.parts(source, "frontendIPConfigurations").map((frontend) => ({
      ...resourceOf(frontend),
      ...defined({
        privateIpAddress: frontend.fields.address("privateIPAddress"),
        subnetId: frontend.fields.reference("subnet"),
        publicIpAddressId: frontend.fields.reference("publicIPAddress"),
        publicIpPrefixId: frontend.fields.reference("publicIPPrefix"),
      }),
    })),
    backendAddressPools: set
      .children(source, `${type}/backendAddressPools`, source.inInput ? "backendAddressPools" : undefined)
      .map((pool) => ({
        ...resourceOf(pool),
        addresses: pool.fields
          .objects("loadBalancerBackendAddresses")
          .flatMap((entry) => entry.unknown ?? entry.address("ipAddress") ?? []),
        ...defined({ virtualNetworkId: readPoolNetwork(pool.fields) }),
        ipConfigurationIds: pool.fields.references("backendIPConfigurations"),
      })),
    loadBalancingRules: set.parts(source, "loadBalancingRules").map(readRule),
    outboundRules: set.parts(source, "outboundRules").map(readOutboundRule),
    inboundNatRules: set
      .children(source, `${type}/inboundNatRules`, "inboundNatRules")
      .map((rule) => ({ id: rule.id, ...readRule(rule) })),
  }));
}

/**
 * The virtual network of the addresses in a pool: the pool names it, or each address does, and all the same since a pool cannot span
 * networks (https://learn.microsoft.com/azure/load-balancer/backend-pool-management, read 2026-11-21).
 */
function readPoolNetwork(pool: Fields): Reference | undefined {
  const named = [
    pool.reference("virtualNetwork"),
    ...pool.objects("loadBalancerBackendAddresses").map((entry) => entry.reference("virtualNetwork")),
  ].filter((reference) => reference !== undefined);
  const doubt = named.find(isUnknown);
  const [first, second] = new Map(named.map((each) => [isUnknown(each) ? "" : normalizeId(each), each])).values();
  if (doubt !== undefined || second === undefined) return doubt ?? first;
  return unknown("its addresses are in several virtual networks");
}

function readRule({ name, fields }: Source): LoadBalancingRule {
  const pool = fields.reference("backendAddressPool");
  const pools = fields.references("backendAddressPools");
  return {
    name,
    ...defined({ frontendIpConfigurationId: fields.reference("frontendIPConfiguration") }),
    // ARM answers a single pool in both fields.
    backendAddressPoolIds: pools.length > 0 || pool === undefined ? pools : [pool],
    ...defined({ backendIpConfigurationId: fields.reference("backendIPConfiguration") }),
    protocol: fields.required(fields.oneOf("protocol", ["Tcp", "Udp", "All"]), `rule "${name}": protocol`),
    frontendPorts: readFrontendPorts(name, fields),
    backendPort: fields.required(fields.integer("backendPort"), `rule "${name}": backendPort`),
    ...defined({
      disableOutboundSnat: fields.boolean("disableOutboundSnat"),
      enableFloatingIP: fields.boolean("enableFloatingIP"),
    }),
  };
}

/** An inbound NAT rule for a pool has a range of ports, any other rule one; port 0 is every port. */
function readFrontendPorts(name: string, fields: Fields): LoadBalancingRule["frontendPorts"] {
  const [start, end] = [fields.integer("frontendPortRangeStart"), fields.integer("frontendPortRangeEnd")];
  if (start !== undefined && end !== undefined) {
    if (isUnknown(start)) return start;
    return isUnknown(end) ? end : { from: start, to: end };
  }
  const port: Read<number> = fields.required(fields.integer("frontendPort"), `rule "${name}": frontendPort`);
  if (isUnknown(port)) return port;
  return port === 0 ? { from: 0, to: 65_535 } : { from: port, to: port };
}

function readOutboundRule({ name, fields }: Source): OutboundRule {
  return {
    name,
    protocol: fields.required(fields.oneOf("protocol", ["Tcp", "Udp", "All"]), `outbound rule "${name}": protocol`),
    ...defined({
      backendAddressPoolId: fields.reference("backendAddressPool"),
      allocatedOutboundPorts: fields.integer("allocatedOutboundPorts"),
    }),
    frontendIpConfigurationIds: fields.references("frontendIPConfigurations"),
  };
}
