import { domainRecords } from "../walker/check-domain.ts";
import type { WalkerInput } from "../walker/estate.ts";
import { parseAddress } from "../walker/ipv4.ts";
import { isJson, list, text } from "./json.ts";

/**
 * What the DNS servers of one's own say of the domain that Cloud PCs join. A sandbox has no on-premises side, so every server that
 * the network is told of, and that is no firewall or resolver of Azure's, is taken for a controller of that domain, up and running.
 * What decides is then only whether the network lets packets reach it.
 */
export function makeBelieveDomain(
  resources: WalkerInput["resources"],
  domain: string,
): NonNullable<WalkerInput["dnsServers"]> {
  const named = resources.flatMap(serversNamedBy);
  const ofAzure = new Set(resources.flatMap(addressesOfAzure));
  const controllers = [...new Set(named)].filter((address) => !ofAzure.has(address));
  const records = domainRecords(
    domain,
    controllers.flatMap((address) => parseAddress(address) ?? []),
  );
  return Object.fromEntries(controllers.map((address) => [address, records]));
}

/** Servers in a network's options, a firewall policy's settings, a forwarding rule. */
function serversNamedBy({ type, properties }: WalkerInput["resources"][number]): readonly string[] {
  const of = isJson(properties) ? properties : {};
  const inner = (name: string) => (isJson(of[name]) ? of[name] : {});
  switch (type.toLowerCase()) {
    case "microsoft.network/virtualnetworks":
      return texts(inner("dhcpOptions").dnsServers);
    case "microsoft.network/firewallpolicies":
      return texts(inner("dnsSettings").servers);
    case "microsoft.network/dnsforwardingrulesets/forwardingrules":
      return list(of.targetDnsServers).flatMap((server) => (isJson(server) ? (text(server.ipAddress) ?? []) : []));
    default:
      return [];
  }
}

function addressesOfAzure({ type, properties }: WalkerInput["resources"][number]): readonly string[] {
  const isServer = /^microsoft\.network\/(azurefirewalls|dnsresolvers\/inboundendpoints)$/i.test(type);
  if (!isServer || !isJson(properties)) return [];
  return list(properties.ipConfigurations).flatMap((configuration) => {
    const one = isJson(configuration) ? configuration : {};
    const inner = isJson(one.properties) ? one.properties : one;
    return text(inner.privateIPAddress) ?? text(inner.privateIpAddress) ?? [];
  });
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === "string");
}
