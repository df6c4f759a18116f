import type { Random } from "../../model/support/random.ts";
import { child, idOf, ref, resource, type WireResource } from "../../support/arm-resources.ts";
import { addresses, some } from "./world.ts";

const zone = "privatelink.example";

/** A private zone for the private endpoint, and a resolver whose ruleset sends some names to the server in the hub. */
export function randomNames(random: Random): readonly WireResource[] {
  return [...(random.chance(0.5) ? privateZone(random) : []), ...(random.chance(0.3) ? ruleset(random) : [])];
}

function privateZone(random: Random): readonly WireResource[] {
  const label = random.chance(0.8) ? "files" : "elsewhere";
  const policy = random.chance(0.3) ? { resolutionPolicy: "NxDomainRedirect" } : {};
  return [
    resource("privateDnsZones", zone, {}),
    child(["privateDnsZones", zone, "A", label], { ttl: 3600, aRecords: [{ ipv4Address: addresses.endpoint }] }),
    ...some(random, ["hub", "spoke", "other"], 3).map((name) =>
      child(["privateDnsZones", zone, "virtualNetworkLinks", name], {
        virtualNetwork: ref("virtualNetworks", name),
        ...policy,
      }),
    ),
  ];
}

function ruleset(random: Random): readonly WireResource[] {
  const resolver = ["dnsResolvers", "resolver"] as const;
  return [
    resource("dnsResolvers", "resolver", { virtualNetwork: ref("virtualNetworks", "hub") }),
    child([...resolver, "outboundEndpoints", "out"], { subnet: ref("virtualNetworks", "hub", "subnets", "outbound") }),
    resource("dnsForwardingRulesets", "ruleset", {
      dnsResolverOutboundEndpoints: [{ id: idOf(...resolver, "outboundEndpoints", "out") }],
    }),
    child(["dnsForwardingRulesets", "ruleset", "forwardingRules", "rule"], {
      domainName: random.pick(["example.", "cloud.example.", "."]),
      forwardingRuleState: random.chance(0.9) ? "Enabled" : "Disabled",
      targetDnsServers: [{ ipAddress: random.pick([addresses.dnsServer, "172.20.0.53", "203.0.113.53"]), port: 53 }],
    }),
    ...some(random, ["hub", "spoke", "other"], 2).map((name) =>
      child(["dnsForwardingRulesets", "ruleset", "virtualNetworkLinks", name], {
        virtualNetwork: ref("virtualNetworks", name),
      }),
    ),
  ];
}
