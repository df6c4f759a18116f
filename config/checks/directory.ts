import { windows365ApplicationId } from "../../catalogue/roles.ts";
import type { Prefix } from "../../model/prefix.ts";
import { holdsAddress, isPrivateAddress } from "../address-space.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import type { Hub } from "../hub.ts";
import type { ProblemPath } from "../problem.ts";
import type { Region } from "../region.ts";

/**
 * Cloud PCs find their DNS servers and, with a hybrid join, the domain: the servers must resolve the domain, and
 * servers and domain controllers must be routable from the subnet.
 * https://learn.microsoft.com/windows-365/enterprise/troubleshoot-azure-network-connection (read 2026-11-21)
 */
export function* checkDirectory(environment: Environment): Generator<Finding> {
  if (environment.onPremises !== undefined && !environment.hubs.some(({ hasGateway }) => hasGateway)) {
    yield problem(
      ["onPremises"],
      "no hub has a gateway, so nothing on-premises can be reached; give a hub vpn, or network.hasGateway if it exists",
    );
  }
  if (environment.windows365PrincipalId === windows365ApplicationId()) {
    yield problem(
      ["windows365PrincipalId"],
      `"${environment.windows365PrincipalId}" is the application id of Windows 365, the same in every tenant; give the object id of its service principal in this tenant ("az ad sp show --id ${environment.windows365PrincipalId} --query id"), or leave it out to have it looked up`,
    );
  }
  for (const [index, region] of environment.regions.entries()) {
    const path = ["regions", index];
    yield* checkJoinTypes(environment, region, path);
    yield* checkDnsServersReachable(environment, region, [...path, "dnsServers"]);
    if (environment.profile.kind === "hybrid" && region.pools.some(isHybrid)) {
      yield* checkDomainDns(environment, region, [...path, "dnsServers"]);
      yield* checkDomainControllers(environment, region, environment.profile.domainControllers);
    }
  }
}

function* checkJoinTypes({ profile }: Environment, region: Region, path: ProblemPath): Generator<Finding> {
  if (profile.kind === "hybrid") return;
  for (const [index, pool] of region.pools.entries()) {
    if (isHybrid(pool)) {
      yield problem(
        [...path, "pools", index, "joinType"],
        `pool "${pool.name}" joins "hybridAzureADJoin", but profile "${profile.kind}" names no domain; ` +
          'set profile.kind to "hybrid" and the joinType of the other pools to "azureADJoin"',
      );
    }
  }
}

function* checkDnsServersReachable(environment: Environment, region: Region, path: ProblemPath): Generator<Finding> {
  for (const server of region.dnsServers) {
    if (isPrivateAddress(server) && !isKnown(environment, region, server)) {
      yield problem(
        path,
        `DNS server "${server}" of region "${region.name}" is in no range that the region can reach; ${whereRangesAre}`,
      );
    }
  }
}

function* checkDomainDns({ hubs }: Environment, region: Region, path: ProblemPath): Generator<Finding> {
  const { name, dnsServers } = region;
  const needs = `region "${name}" has hybrid-joined Cloud PCs, whose DNS must resolve the domain`;
  if (dnsServers.every((server) => server === azureDns)) {
    yield problem(path, `${needs}; Azure-provided DNS cannot, so name the domain's DNS servers`);
    return;
  }
  const foreign = dnsServers.filter((server) => !isPrivateAddress(server));
  if (foreign.length > 0) {
    yield warning(path, `${needs}; "${foreign[0]}" is a public address, which is unlikely to`);
  }
  const proxy = hubs.find((hub) => hub.name === region.hub && dnsServers.includes(hub.firewallPrivateIpAddress ?? ""));
  if (proxy?.firewall !== undefined && !proxy.firewall.dnsProxy) {
    yield problem(path, `${needs}; the firewall of hub "${proxy.name}" answers no DNS in the Basic tier`);
  } else if (proxy?.firewall?.dnsServers.includes(azureDns) === true) {
    yield problem(
      ["hubs", hubs.indexOf(proxy), "firewall", "dnsServers"],
      `${needs}; the firewall of hub "${proxy.name}" forwards to Azure-provided DNS, which cannot`,
    );
  } else if (proxy === undefined && dnsServers.length === 1) {
    yield warning(path, `region "${name}" has one DNS server; with a hybrid join Microsoft asks for two or more`);
  }
}

function* checkDomainControllers(
  environment: Environment,
  region: Region,
  domainControllers: readonly string[],
): Generator<Finding> {
  for (const [index, address] of domainControllers.entries()) {
    if (!isKnown(environment, region, address)) {
      yield problem(
        ["profile", "domainControllers", index],
        `domain controller "${address}" is in no range that region "${region.name}" can reach; ${whereRangesAre}`,
      );
    }
  }
}

/** Whether the region's own network, its hub, the hub's other regions or what is behind the hub's gateway has the address. */
function isKnown(environment: Environment, region: Region, address: string): boolean {
  const hub = environment.hubs.find(({ name }) => name === region.hub);
  const neighbours = hub === undefined ? [] : environment.regions.filter((other) => other.hub === hub.name);
  const ranges: readonly Prefix[] = [
    ...region.network.addressSpace,
    ...(hub?.network.addressSpace ?? []),
    ...neighbours.flatMap(({ network }) => network.addressSpace),
    ...(hub?.hasGateway === true ? behindGateway(environment, hub) : []),
  ];
  return holdsAddress(ranges, address);
}

function behindGateway({ onPremises }: Environment, { vpn }: Hub): readonly Prefix[] {
  return [
    ...(onPremises?.addressPrefixes ?? []),
    ...(vpn?.sites ?? []).flatMap(({ addressPrefixes }) => addressPrefixes),
  ];
}

function isHybrid({ joinType }: { readonly joinType: string }): boolean {
  return joinType === "hybridAzureADJoin";
}

const whereRangesAre =
  "known are its network, its hub and the hub's other regions, and behind the hub's gateway addressPrefixes of onPremises and of the VPN sites";

/** Azure-provided DNS: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 (read 2026-11-21). */
const azureDns = "168.63.129.16";
