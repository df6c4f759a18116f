import { holdsAddress, quotePrefixes } from "../address-space.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import type { Hub, HubSettings } from "../hub.ts";
import type { ProblemPath } from "../problem.ts";
import { noHub } from "../resolve.ts";
import { didYouMean, oneOf } from "../suggest.ts";

/** Hubs are complete in themselves, and what refers to them finds them. */
export function* checkHubs(environment: Environment, settings: EnvironmentSettings): Generator<Finding> {
  for (const [index, hub] of settings.hubs.entries()) yield* checkExisting(hub, ["hubs", index]);
  for (const [index, hub] of environment.hubs.entries()) {
    const path = ["hubs", index];
    yield* checkFirewall(hub, [...path, "firewall"]);
    if (!environment.regions.some((region) => region.hub === hub.name)) {
      yield warning(path, `hub "${hub.name}" has no region; it is built and paid for without use`);
    }
  }
}

/** Every region names a hub that is there, or none. */
export function* checkHubReferences({ hubs, regions }: EnvironmentSettings): Generator<Finding> {
  const names = hubs.map(({ name }) => name);
  for (const [index, region] of regions.entries()) {
    const { hub } = region;
    if (hub === undefined && hubs.length > 1) {
      yield problem(
        ["regions", index],
        `region "${region.name}" does not say which hub it belongs to; hub must be ${oneOf([...names, noHub])}`,
      );
    }
    if (hub !== undefined && hub !== noHub && !names.includes(hub)) {
      const suggestion = didYouMean(hub, names);
      const choice = suggestion === "" ? `; hub must be ${oneOf([...names, noHub])}` : suggestion;
      yield problem(["regions", index, "hub"], `hub "${hub}" of region "${region.name}" does not exist${choice}`);
    }
    if ((hub === noHub || hubs.length === 0) && region.peering !== "both") {
      yield warning(
        ["regions", index, "peering"],
        `peering "${region.peering}" of region "${region.name}" has no effect without a hub`,
      );
    }
  }
}

function* checkExisting(hub: HubSettings, path: ProblemPath): Generator<Finding> {
  const { network } = hub;
  if (network.mode !== "use") return;
  for (const part of ["firewall", "vpn"] as const) {
    if (hub[part] !== undefined) {
      yield problem(
        [...path, part],
        `hub "${hub.name}" exists, so no ${part} is made in it; ` +
          (part === "firewall"
            ? "give network.firewallPrivateIpAddress of its own"
            : "set network.hasGateway if it has a gateway"),
      );
    }
  }
  const address = network.firewallPrivateIpAddress;
  if (address === undefined) {
    if (network.firewallDnsProxy) {
      yield problem(
        [...path, "network", "firewallDnsProxy"],
        `hub "${hub.name}" says that its firewall answers DNS but not where it is; give firewallPrivateIpAddress`,
      );
    }
    return;
  }
  if (!holdsAddress(network.addressSpace, address)) {
    yield problem(
      [...path, "network", "firewallPrivateIpAddress"],
      `firewall "${address}" is not in the address space of hub "${hub.name}": ${quotePrefixes(network.addressSpace)}`,
    );
  }
}

function* checkFirewall({ name, firewall, firewallPrivateIpAddress }: Hub, path: ProblemPath): Generator<Finding> {
  if (firewall === undefined) return;
  if (firewall.sku === "Basic") {
    if (firewall.threatIntelMode !== "Alert") {
      yield problem(
        [...path, "threatIntelMode"],
        `threatIntelMode "${firewall.threatIntelMode}" of hub "${name}" is not offered by the Basic tier; it must be "Alert", or sku "Standard"`,
      );
    }
    if (firewall.dnsServers.length > 0) {
      yield problem(
        [...path, "dnsServers"],
        `the firewall of hub "${name}" is of the Basic tier, which has no DNS proxy; remove dnsServers, or set sku to "Standard"`,
      );
    }
    yield warning(
      [...path, "sku"],
      `the firewall of hub "${name}" is of the Basic tier: without a DNS proxy it cannot match names in network rules`,
    );
  }
  const own = firewall.dnsServers.indexOf(firewallPrivateIpAddress ?? "");
  if (own >= 0) {
    yield problem(
      [...path, "dnsServers", own],
      `the firewall of hub "${name}" would forward DNS to itself; name other servers`,
    );
  }
}
