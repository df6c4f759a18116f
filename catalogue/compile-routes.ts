import type { Endpoint } from "./endpoint.ts";
import { allowedEndpoints, type EndpointSelection } from "./required-endpoints.ts";
import { isUsableIn } from "./service-tags.ts";

/** A user-defined route straight to the Internet, in ARM's spelling. */
export interface DirectRoute {
  name: string;
  /** A service tag or a prefix. */
  addressPrefix: string;
  nextHopType: "Internet";
}

/** What routes are compiled for. */
export interface RoutesArgs {
  readonly selection: Omit<EndpointSelection, "side">;
  /**
   * Whether the subnet has explicit egress of its own (NAT gateway, outbound rules of a load balancer, public addresses).
   * Without it, a route to the Internet leads nowhere on a private subnet.
   */
  readonly explicitEgress: boolean;
  /**
   * Whether RDP goes straight to the Internet, past a firewall on the default route.
   * @default true
   */
  readonly rdpDirect?: boolean;
  /**
   * Whether Windows activation goes straight to the Internet: the other way to keep it alive under a default route of one's
   * own, besides a firewall rule.
   * @default false
   */
  readonly activationDirect?: boolean;
}

/**
 * Routes that take RDP, and on request Windows activation, past the default route: by service tag where rows have one that
 * routes accept, by prefix where not.
 *
 * Sources: https://learn.microsoft.com/windows-365/enterprise/azure-firewall-windows-365 (2025-04-21) for RDP,
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview (2025-07-15) for activation, and
 * https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (2025-12-03) for explicit egress,
 * all read 2026-11-20. Throws when routes are wanted without explicit egress, or where activation has no documented addresses.
 */
export function compileRoutes({
  selection,
  explicitEgress,
  rdpDirect = true,
  activationDirect = false,
}: RoutesArgs): readonly DirectRoute[] {
  const rows = allowedEndpoints({ ...selection, side: "cloudPc" });
  const routes = [...(rdpDirect ? rdpRoutes(rows) : []), ...(activationDirect ? activationRoutes(rows) : [])];
  if (routes.length > 0 && !explicitEgress) {
    const names = routes.map(({ name }) => `"${name}"`).join(", ");
    throw new Error(
      `routes ${names} have next hop "Internet", which needs explicit egress: give the subnet a NAT gateway, outbound rules of a load balancer or public addresses`,
    );
  }
  return routes;
}

/** RDP rows are those that must bypass VPNs and leave the host. */
function rdpRoutes(rows: readonly Endpoint[]): readonly DirectRoute[] {
  const rdp = rows.filter(
    ({ service, vpn, routable }) => service === "azureVirtualDesktop" && vpn === "forbidden" && routable !== false,
  );
  const destinations = new Set(rdp.flatMap((row) => routeDestination(row) ?? []));
  return [...destinations].sort().map((addressPrefix) => route(`rdp-${nameOf(addressPrefix)}`, addressPrefix));
}

/** Names without a tag are covered by the rows that give the addresses of the same service. */
function routeDestination({ destination, serviceTags }: Endpoint): string | undefined {
  const tag = serviceTags?.find((name) => isUsableIn(name, "UDR"));
  return tag ?? (destination.kind === "prefix" ? destination.value : undefined);
}

function activationRoutes(rows: readonly Endpoint[]): readonly DirectRoute[] {
  const activation = rows.filter(({ service }) => service === "activation");
  const unknown = activation.find(({ addresses }) => addresses === undefined);
  if (unknown) {
    throw new Error(
      `activation cannot be routed: no addresses are documented for "${unknown.destination.value}"; allow it in the firewall`,
    );
  }
  const prefixes = activation.flatMap(({ addresses }) => addresses?.prefixes ?? []);
  return [...prefixes].sort().map((addressPrefix) => route(`activation-${nameOf(addressPrefix)}`, addressPrefix));
}

function route(name: string, addressPrefix: string): DirectRoute {
  return { name, addressPrefix, nextHopType: "Internet" };
}

function nameOf(addressPrefix: string): string {
  return addressPrefix.replaceAll(/[^A-Za-z0-9]+/g, "-");
}
