import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** A flow from a Cloud PC to a domain controller. */
export type DomainControllerFlow = CatalogueData["domain-controllers"]["flows"][number];

/**
 * What a hybrid-joined Cloud PC opens to domain controllers: joining, sign-in, group policy, name resolution, time.
 *
 * Optional flows (LDAP over TLS, the LDAP client's ICMP test) are included; legacy NetBIOS and management ports are not.
 * Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/config-firewall-for-ad-domains-and-trusts
 * (2022-03-24, read 2026-11-20).
 */
export function domainControllerFlows(): readonly DomainControllerFlow[] {
  return loadData("domain-controllers").flows.filter(({ status, from }) => status === "current" && from === "cloudPc");
}

/** The same flows with the ports of each protocol together, in ascending order: what one rule each lets through. */
export function domainControllerPorts(): readonly {
  readonly protocol: DomainControllerFlow["protocol"];
  readonly ports: readonly string[];
  readonly flows: readonly string[];
}[] {
  return (["Tcp", "Udp", "Icmp"] as const).map((protocol) => {
    const flows = domainControllerFlows().filter((flow) => flow.protocol === protocol);
    return { protocol, ports: sortPorts(flows.flatMap(({ ports }) => ports)), flows: flows.map(({ id }) => id) };
  });
}

/** Ports and ranges once each, by their first port. */
export function sortPorts(ports: Iterable<string>): readonly string[] {
  return [...new Set(ports)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.length - b.length);
}
