import { list, nameOf, parentOf, record, reference, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { parseAddress } from "./ipv4.ts";
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { virtualNetworkById } from "./virtual-network.ts";

/** A forwarding rule of a private resolver. */
export interface ForwardingRule {
  readonly name: string;
  readonly domain: string;
  readonly targets: readonly string[];
  readonly outbound: Subnet | undefined;
}

/** The rule of the ruleset linked to a network that takes a name: the longest suffix that is enabled; "." takes every name. */
export function forwardingRuleFor(estate: Estate, network: VirtualNetwork, name: string): ForwardingRule | undefined {
  const wanted = `${name.toLowerCase().replace(/\.$/, "")}.`;
  return estate
    .ofType("Microsoft.Network/dnsForwardingRulesets")
    .filter((ruleset) =>
      estate
        .children(ruleset, "virtualNetworkLinks")
        .some((link) => reference(record(link.properties).virtualNetwork) === network.id),
    )
    .flatMap((ruleset) => {
      const endpoints = list(record(ruleset.properties).dnsResolverOutboundEndpoints);
      const outbound = endpoints.flatMap((one) => subnetOf(estate, reference(one)) ?? [])[0];
      return estate
        .children(ruleset, "forwardingRules")
        .map((rule) => ({ name: nameOf(rule.id), properties: record(rule.properties) }))
        .filter(({ properties }) => text(properties.forwardingRuleState) !== "Disabled")
        .map(({ name: ruleName, properties }) => ({
          name: ruleName,
          domain: (text(properties.domainName) ?? "").toLowerCase(),
          targets: list(properties.targetDnsServers).flatMap((one) => text(record(one).ipAddress) ?? []),
          outbound,
        }));
    })
    .filter(({ domain }) => domain === "." || wanted === domain || wanted.endsWith(`.${domain}`))
    .sort((a, b) => b.domain.length - a.domain.length)[0];
}

/** The subnet that a resolver endpoint lies in. */
function subnetOf(estate: Estate, endpointId: string | undefined): Subnet | undefined {
  const id = reference(record(estate.find(endpointId ?? "")?.properties).subnet);
  const network = id === undefined ? undefined : virtualNetworkById(estate, parentOf(id));
  return network?.subnets.find((subnet) => subnet.id === id);
}

/** The addresses of all inbound endpoints with the network whose names they know. */
export function inboundEndpoints(
  estate: Estate,
): readonly { readonly addresses: readonly number[]; readonly network: VirtualNetwork }[] {
  return estate.remember("inboundEndpoints", () =>
    estate.ofType("Microsoft.Network/dnsResolvers").flatMap((resolver) => {
      const network = virtualNetworkById(estate, reference(record(resolver.properties).virtualNetwork) ?? "");
      return network === undefined
        ? []
        : estate.children(resolver, "inboundEndpoints").map((endpoint) => ({
            network,
            addresses: list(record(endpoint.properties).ipConfigurations).flatMap(
              (one) =>
                parseAddress(text(record(one).privateIpAddress) ?? text(record(one).privateIPAddress) ?? "") ?? [],
            ),
          }));
    }),
  );
}
