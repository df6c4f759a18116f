import type { CatalogueData } from "./schemas/catalogue-data.ts";

/**
 * One row of Microsoft's lists: a destination, the ports, what it is for, when it applies and how it is known.
 *
 * `healthCheck` and `errorType` name what Windows 365 reports when it cannot be reached.
 */
export type Endpoint = CatalogueData["endpoints-windows365"]["endpoints"][number];

/** Where the row's traffic goes. */
export type Destination = Endpoint["destination"];

/** HTTP and HTTPS on their own ports: all that an application rule with an FQDN tag passes. */
const webPorts: readonly string[] = ["80", "443"];

/** Whether every port of the row is 80 or 443 over TCP. */
export function isWeb({ protocol, ports }: Pick<Endpoint, "protocol" | "ports">): boolean {
  return protocol === "Tcp" && ports.every((port) => webPorts.includes(port));
}

/** Whether any port of the row is 80 or 443 over TCP, so that clients may be told to use a proxy for it. */
export function hasWebPort({ protocol, ports }: Pick<Endpoint, "protocol" | "ports">): boolean {
  return protocol === "Tcp" && ports.some((port) => webPorts.includes(port));
}

/** Whether the row's destination is an IPv6 prefix; Cloud PC networks are IPv4, so nothing is compiled from it. */
export function isIpv6({ destination }: Pick<Endpoint, "destination">): boolean {
  return destination.kind === "prefix" && destination.value.includes(":");
}

/**
 * Whether an Azure Firewall application rule can name the destination: a name, with an asterisk at its start if anywhere.
 *
 * Source: https://learn.microsoft.com/azure/firewall/firewall-faq (read 2026-11-21).
 */
export function isFirewallFqdn({ destination }: Pick<Endpoint, "destination">): boolean {
  return destination.kind === "fqdn" || (destination.kind === "wildcardFqdn" && /^\*[^*?]*$/.test(destination.value));
}
