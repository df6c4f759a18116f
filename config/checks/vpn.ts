import { containsAddress, parseAddress, prefix } from "../../model/prefix.ts";
import { cloudPcCountPeak } from "../../model/subnet-size.ts";
import { holdsAddress, isPrivateAddress } from "../address-space.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import type { Hub } from "../hub.ts";
import type { ProblemPath } from "../problem.ts";
import type { Vpn, VpnSite } from "../vpn.ts";

/** VPN gateways and their sites are what Azure accepts; facts: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq (read 2026-11-21). */
export function* checkVpn(environment: Environment): Generator<Finding> {
  for (const [index, hub] of environment.hubs.entries()) {
    if (hub.vpn === undefined) continue;
    const path = ["hubs", index, "vpn"];
    yield* checkGateway(environment, hub, hub.vpn, path);
    for (const [position, site] of hub.vpn.sites.entries()) {
      const at = [...path, "sites", position];
      yield* checkDevice(site, at);
      yield* checkBgp(hub, hub.vpn, site, at);
      yield* checkIpsecPolicy(site, [...at, "ipsecPolicy"]);
    }
  }
}

function* checkGateway({ regions }: Environment, hub: Hub, vpn: Vpn, path: ProblemPath): Generator<Finding> {
  const reason = vpn.bgpAsn === azureGatewayAsn ? undefined : asnProblem(vpn.bgpAsn);
  if (reason !== undefined) {
    yield problem(
      [...path, "bgpAsn"],
      `bgpAsn ${vpn.bgpAsn} of hub "${hub.name}" is ${reason}; use ${azureGatewayAsn} or a private one, ${privateAsns}`,
    );
  }
  const cloudPcs = regions
    .filter((region) => region.hub === hub.name)
    .flatMap(({ pools }) => pools)
    .reduce((sum, pool) => sum + cloudPcCountPeak(pool), 0);
  const machinesMax = machinesMaxBySku[vpn.sku];
  if (cloudPcs > machinesMax) {
    yield warning(
      [...path, "sku"],
      `gateway ${vpn.sku} of hub "${hub.name}" is made for ${machinesMax} machines behind it; its regions grow to ${cloudPcs} Cloud PCs`,
    );
  }
}

function* checkDevice(site: VpnSite, path: ProblemPath): Generator<Finding> {
  const { name, gatewayIpAddress, fqdn, addressPrefixes, bgp } = site;
  if (gatewayIpAddress === undefined && fqdn === undefined) {
    yield problem(path, `site "${name}" has neither gatewayIpAddress nor fqdn; give one of them`);
  }
  if (gatewayIpAddress !== undefined && fqdn !== undefined) {
    yield problem([...path, "fqdn"], `site "${name}" has both gatewayIpAddress and fqdn; give one of them`);
  }
  if (gatewayIpAddress !== undefined && isPrivateAddress(gatewayIpAddress)) {
    yield problem(
      [...path, "gatewayIpAddress"],
      `gatewayIpAddress "${gatewayIpAddress}" of site "${name}" is private; the gateway reaches the device over the Internet by its public address`,
    );
  }
  if (addressPrefixes.length === 0 && bgp === undefined) {
    yield problem(
      path,
      `site "${name}" has no addressPrefixes and no bgp, so nothing is routed to it; give one of them`,
    );
  }
}

function* checkBgp(hub: Hub, vpn: Vpn, site: VpnSite, path: ProblemPath): Generator<Finding> {
  const { name, bgp, gatewayIpAddress, addressPrefixes } = site;
  if (bgp === undefined) return;
  const asnPath = [...path, "bgp", "asn"];
  const reason = asnProblem(bgp.asn);
  if (bgp.asn === vpn.bgpAsn) {
    yield problem(asnPath, `asn ${bgp.asn} of site "${name}" is that of the gateway; the two sides must differ`);
  } else if (reason !== undefined) {
    yield problem(asnPath, `asn ${bgp.asn} of site "${name}" is ${reason}; private ones are ${privateAsns}`);
  }
  const peerPath = [...path, "bgp", "bgpPeeringAddress"];
  const peer = bgp.bgpPeeringAddress;
  if (peer === gatewayIpAddress) {
    yield problem(
      peerPath,
      `bgpPeeringAddress "${peer}" of site "${name}" is the public address of the device; it must be another one`,
    );
  } else if (holdsAddress(hub.network.addressSpace, peer)) {
    yield problem(
      peerPath,
      `bgpPeeringAddress "${peer}" of site "${name}" is in the address space of hub "${hub.name}"; it must be the device's`,
    );
  } else if (holdsAddress([linkLocal], peer) && !isApipaPeer(peer)) {
    yield problem(
      peerPath,
      `bgpPeeringAddress "${peer}" of site "${name}" is link-local; Azure accepts "169.254.21.0" to "169.254.22.255"`,
    );
  }
  const parsed = parseAddress(peer);
  const host = addressPrefixes.findIndex(
    (block) => block.length === 32 && parsed.ok && containsAddress(block, parsed.value),
  );
  if (host >= 0) {
    yield warning(
      [...path, "addressPrefixes", host],
      `"${peer}/32" of site "${name}" is its BGP peer; Azure adds that route itself`,
    );
  }
}

/** GCM encrypts and authenticates in one, so the two settings name the same algorithm. */
function* checkIpsecPolicy({ name, ipsecPolicy }: VpnSite, path: ProblemPath): Generator<Finding> {
  if (ipsecPolicy === undefined) return;
  const { ipsecEncryption, ipsecIntegrity } = ipsecPolicy;
  const gcm = [ipsecEncryption, ipsecIntegrity].some((value) => value.startsWith("GCM"));
  if (gcm && ipsecEncryption !== ipsecIntegrity) {
    const meant = ipsecEncryption.startsWith("GCM") ? ipsecEncryption : ipsecIntegrity;
    yield problem(
      path,
      `ipsecEncryption "${ipsecEncryption}" and ipsecIntegrity "${ipsecIntegrity}" of site "${name}" do not go together; with GCM both must be the same, "${meant}"`,
    );
  }
}

function asnProblem(asn: number): string | undefined {
  if (azureAsns.includes(asn)) return "reserved by Azure";
  return ianaAsns.some(([from, to]) => asn >= from && asn <= to) ? "reserved by IANA" : undefined;
}

function isApipaPeer(address: string): boolean {
  const parsed = parseAddress(address);
  return (
    parsed.ok && ["169.254.21.0/24", "169.254.22.0/24"].some((text) => containsAddress(prefix(text), parsed.value))
  );
}

const linkLocal = prefix("169.254.0.0/16");
const azureGatewayAsn = 65_515;
const azureAsns = [8074, 8075, 12_076, 65_515, 65_517, 65_518, 65_519, 65_520];
const ianaAsns = [
  [23_456, 23_456],
  [64_496, 64_511],
  [65_535, 65_551],
  [4_294_967_295, 4_294_967_295],
] as const;
const privateAsns = "64512 to 65514 or 65521 to 65534";

/** Machines behind a gateway: https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus (2026-06-11, read 2026-11-21); the smaller generation. */
const machinesMaxBySku = { VpnGw1AZ: 1000, VpnGw2AZ: 2000, VpnGw3AZ: 3300, VpnGw4AZ: 4400, VpnGw5AZ: 9000 } as const;
