import { holdsAddress, quotePrefixes } from "../address-space.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import type { Hub } from "../hub.ts";
import { planRegionSubnets } from "../plan.ts";
import type { ProblemPath } from "../problem.ts";
import type { Region, RegionSettings } from "../region.ts";
import { noHub } from "../resolve.ts";

/**
 * Every Cloud PC subnet has an explicit way out. Subnets are private, and provisioning fails on one without egress:
 * https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (read 2026-11-21).
 */
export function* checkEgress({ hubs, regions }: Environment, settings: EnvironmentSettings): Generator<Finding> {
  for (const [index, region] of settings.regions.entries()) yield* checkRdp(region, ["regions", index]);
  for (const [index, region] of regions.entries()) {
    const path = ["regions", index];
    const hub = hubs.find(({ name }) => name === region.hub);
    const written = settings.regions[index]?.hub;
    // A hub that is named but does not exist is a problem of its own, and the cause of what would be said here.
    if (hub === undefined && written !== undefined && written !== noHub) continue;
    if (region.egress.via === "firewall") yield* checkFirewallEgress(region, hub, [...path, "egress", "via"]);
    if (region.egress.via === "appliance") {
      yield* checkAppliance(region, region.egress.privateIpAddress, hub, [...path, "egress", "privateIpAddress"]);
    }
  }
}

function* checkFirewallEgress({ name }: Region, hub: Hub | undefined, path: ProblemPath): Generator<Finding> {
  const noWayOut = `the private subnets of region "${name}" have no egress: it is via "firewall", but`;
  if (hub === undefined) {
    yield problem(
      path,
      `${noWayOut} the region has no hub; name one, or choose "natGateway", "loadBalancer" or "appliance"`,
    );
  } else if (hub.network.mode === "use" && hub.firewallPrivateIpAddress === undefined) {
    yield problem(
      path,
      `${noWayOut} hub "${hub.name}" has no firewall; give network.firewallPrivateIpAddress of the hub`,
    );
  } else if (hub.network.mode === "create" && hub.firewall === undefined) {
    yield problem(path, `${noWayOut} hub "${hub.name}" has no firewall; give it one, or choose another egress`);
  }
}

function* checkAppliance(region: Region, address: string, hub: Hub | undefined, path: ProblemPath): Generator<Finding> {
  const subnets = planRegionSubnets(region).prefixes;
  const pool = [...subnets].find(([, addressPrefix]) => holdsAddress([addressPrefix], address))?.[0];
  if (pool !== undefined) {
    yield problem(
      path,
      `appliance "${address}" of region "${region.name}" is in the subnet of pool "${pool}", whose own traffic would loop; it needs a subnet of its own`,
    );
    return;
  }
  const reachable = [...region.network.addressSpace, ...(hub?.network.addressSpace ?? [])];
  if (!holdsAddress(reachable, address)) {
    const where = hub === undefined ? "its network" : `its network or hub "${hub.name}"`;
    yield problem(
      path,
      `appliance "${address}" of region "${region.name}" is not in ${where} (${quotePrefixes(reachable)}); a next hop must be in the network or a peer`,
    );
  }
}

function* checkRdp({ name, egress, rdp, directEgress }: RegionSettings, path: ProblemPath): Generator<Finding> {
  const passed = egress.via === "firewall" || egress.via === "appliance";
  if (passed && rdp === "egress") {
    yield warning(
      [...path, "rdp"],
      `RDP of region "${name}" passes the ${egress.via}; Microsoft advises "direct", for latency and because scale-in cuts long sessions`,
    );
  }
  if (directEgress === undefined) return;
  if (!passed) {
    yield warning(
      [...path, "directEgress"],
      `directEgress of region "${name}" has no effect: egress via "${egress.via}" carries RDP too`,
    );
  } else if (rdp === "egress") {
    yield warning([...path, "directEgress"], `directEgress of region "${name}" has no effect: rdp is "egress"`);
  }
}
