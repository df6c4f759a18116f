import type { NatGateway } from "./egress.ts";
import type { Environment, EnvironmentSettings } from "./environment.ts";
import type { Firewall, FirewallSettings } from "./firewall.ts";
import type { Hub, HubSettings } from "./hub.ts";
import { reservedSubnetNames } from "./naming.ts";
import { firewallPrivateIpAddress, planHubSubnets } from "./plan.ts";
import { joinTypeOf, type Profile } from "./profile.ts";
import type { Region, RegionSettings } from "./region.ts";

/** What a region writes as `hub` to have none. */
export const noHub = "none";

/** Fills in every default that follows from other parts of the environment; the only place where that is done. */
export function resolveEnvironment(settings: EnvironmentSettings, stackName: string): Environment {
  const hubs = settings.hubs.map((hub) => resolveHub(hub, settings.profile));
  return {
    ...settings,
    naming: {
      ...settings.naming,
      workload: settings.workload,
      stackName,
      seed: settings.naming.seed ?? settings.subscriptions.spokes ?? "",
    },
    hubs,
    regions: settings.regions.map((region) => resolveRegion(region, hubs, settings.profile)),
  };
}

function resolveHub(settings: HubSettings, profile: Profile): Hub {
  const { firewall, ...hub } = settings;
  if (hub.network.mode === "use") {
    const { firewallPrivateIpAddress, hasGateway } = hub.network;
    return { ...hub, hasGateway, ...(firewallPrivateIpAddress !== undefined && { firewallPrivateIpAddress }) };
  }
  const firewallSubnet = planHubSubnets(settings).prefixes.get(reservedSubnetNames.firewall);
  return {
    ...hub,
    hasGateway: hub.vpn !== undefined,
    ...(firewall !== undefined && { firewall: resolveFirewall(firewall, profile) }),
    ...(firewallSubnet !== undefined && { firewallPrivateIpAddress: firewallPrivateIpAddress(firewallSubnet) }),
  };
}

function resolveFirewall(settings: FirewallSettings, profile: Profile): Firewall {
  const { threatIntelMode, dnsServers } = settings;
  const basic = settings.sku === "Basic";
  const forwarders = profile.kind === "hybrid" ? profile.domainControllers : [];
  return {
    ...settings,
    // https://learn.microsoft.com/azure/firewall/choose-firewall-sku (read 2026-11-21): Basic has alerts only, no DNS proxy.
    threatIntelMode: threatIntelMode ?? (basic ? "Alert" : "Deny"),
    dnsProxy: !basic,
    dnsServers: dnsServers.length > 0 || basic ? dnsServers : forwarders,
  };
}

function resolveRegion(settings: RegionSettings, hubs: readonly Hub[], profile: Profile): Region {
  const { hub: hubName, dnsServers, directEgress, pools, ...region } = settings;
  const hub = hubOf(hubName, hubs);
  const nextHopIpAddress = nextHopOf(settings, hub);
  const natGateway = natGatewayOf(settings);
  return {
    ...region,
    ...(hub !== undefined && { hub: hub.name }),
    dnsServers: dnsServers ?? defaultDnsServers(settings, hub, profile),
    ...(nextHopIpAddress !== undefined && { nextHopIpAddress }),
    ...(natGateway !== undefined && { natGateway }),
    pools: pools.map((pool) => ({ ...pool, joinType: pool.joinType ?? joinTypeOf(profile) })),
  };
}

function hubOf(name: string | undefined, hubs: readonly Hub[]): Hub | undefined {
  if (name === undefined) return hubs.length === 1 ? hubs[0] : undefined;
  return hubs.find((hub) => hub.name === name);
}

function nextHopOf({ egress }: RegionSettings, hub: Hub | undefined): string | undefined {
  switch (egress.via) {
    case "firewall":
      return hub?.firewallPrivateIpAddress;
    case "appliance":
      return egress.privateIpAddress;
    case "natGateway":
    case "loadBalancer":
      return undefined;
  }
}

/** A NAT gateway carries the egress itself, or the RDP traffic that bypasses a firewall or appliance. */
function natGatewayOf({ egress, rdp, directEgress }: RegionSettings): NatGateway | undefined {
  switch (egress.via) {
    case "natGateway": {
      const { via: _, ...natGateway } = egress;
      return natGateway;
    }
    case "firewall":
    case "appliance":
      return rdp === "direct" ? (directEgress ?? defaultDirectEgress) : undefined;
    case "loadBalancer":
      return undefined;
  }
}

const defaultDirectEgress: NatGateway = { publicIps: { kind: "addresses", count: 1 }, idleTimeoutInMinutes: 4 };

function defaultDnsServers(
  { egress, network }: RegionSettings,
  hub: Hub | undefined,
  profile: Profile,
): readonly string[] {
  // What an existing network uses is its owner's choice; unless told, it is taken to be as Azure makes it.
  if (network.mode !== "create") return [];
  if (egress.via === "firewall" && hub?.firewallPrivateIpAddress !== undefined && answersDns(hub)) {
    return [hub.firewallPrivateIpAddress];
  }
  return profile.kind === "hybrid" ? profile.domainControllers : [];
}

function answersDns(hub: Hub): boolean {
  return hub.network.mode === "use" ? hub.network.firewallDnsProxy : hub.firewall?.dnsProxy === true;
}
