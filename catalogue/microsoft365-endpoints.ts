import type { Destination, Endpoint } from "./endpoint.ts";
import { isWeb } from "./endpoint.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

type Microsoft365 = CatalogueData["endpoints-microsoft365"];
type EndpointSet = Microsoft365["endpointSets"][number];

/**
 * The endpoint sets of the Microsoft 365 web service as rows of the catalogue, one for each destination and protocol.
 *
 * Sets that every Cloud PC needs to sign in become required rows; the others belong to the feature "microsoft365"; sets of
 * Intune (service area MEM) give none, because the Intune page is the better source. Where a set gives names for web ports,
 * its addresses are another spelling of the same; on other ports a filter needs the addresses, so they are the row.
 */
export function microsoft365Endpoints(data: Microsoft365): readonly Endpoint[] {
  const needed = new Map(data.cloudPcSets.map((set) => [set.id, set]));
  return data.endpointSets
    .filter(({ serviceArea }) => serviceArea !== data.intuneSets.serviceArea)
    .flatMap((set) => rowsOfSet(set, common(set, needed.get(set.id), data)));
}

type Common = Omit<Endpoint, "id" | "destination" | "protocol" | "ports">;

function common(set: EndpointSet, needed: Microsoft365["cloudPcSets"][number] | undefined, data: Microsoft365): Common {
  const direct = set.category === "Default" ? "allowed" : "forbidden";
  return {
    service: needed?.service ?? "microsoft365",
    side: "cloudPc",
    clouds: ["public"],
    purpose: needed?.purpose ?? purposes[set.serviceArea],
    requirement: needed || set.required ? "required" : "optional",
    when: needed ? {} : { features: ["microsoft365"] },
    ...(needed === undefined && { fqdnTags: ["Office365"] }),
    tlsInspection: direct,
    proxy: direct,
    vpn: set.category === "Optimize" ? "forbidden" : "allowed",
    ...(needed && { healthCheck: "endpoints", errorType: "endpointConnectivityCheckAzureADUrlNotAllowListed" }),
    ...(set.notes !== undefined && { note: set.notes }),
    status: "current",
    source: data.source,
    asOf: data.asOf,
    ...(needed && { confirmedBy: [{ source: needed.source, asOf: needed.asOf }] }),
  };
}

const purposes: Readonly<Record<EndpointSet["serviceArea"], string>> = {
  Common: "Microsoft 365 apps and services",
  Exchange: "Exchange Online",
  MEM: "Microsoft Intune",
  SharePoint: "SharePoint and OneDrive",
  Skype: "Microsoft Teams",
};

function rowsOfSet(set: EndpointSet, row: Common): readonly Endpoint[] {
  return [
    ...(set.tcpPorts ? rowsOfProtocol(set, row, "Tcp", set.tcpPorts) : []),
    ...(set.udpPorts ? rowsOfProtocol(set, row, "Udp", set.udpPorts) : []),
  ];
}

function rowsOfProtocol(
  set: EndpointSet,
  row: Common,
  protocol: Endpoint["protocol"],
  ports: readonly string[],
): readonly Endpoint[] {
  const names = (set.urls ?? []).map(nameDestination);
  const addresses = (set.ips ?? []).map((value): Destination => ({ kind: "prefix", value }));
  const toRow =
    (from: Common) =>
    (destination: Destination): Endpoint => ({
      ...from,
      id: rowId(set, destination, protocol),
      destination,
      protocol,
      ports,
    });
  const [firstName] = names;
  const web = isWeb({ protocol, ports });
  if (firstName === undefined || (!web && addresses.length > 0)) return addresses.map(toRow(row));
  const { healthCheck: _healthCheck, errorType: _errorType, ...unchecked } = row;
  const spelling: Common = { ...unchecked, requirement: "optional", addressesOf: rowId(set, firstName, protocol) };
  return [...names.map(toRow(web ? row : withoutAddresses(unchecked))), ...addresses.map(toRow(spelling))];
}

/** QUIC to hosts whose addresses are not published: a client that cannot use it falls back to TCP. */
function withoutAddresses(row: Common): Common {
  return {
    ...row,
    requirement: "optional",
    note: "no addresses are published for this port; clients fall back to TCP",
  };
}

function nameDestination(value: string): Destination {
  return { kind: value.includes("*") ? "wildcardFqdn" : "fqdn", value };
}

function rowId(set: EndpointSet, { value }: Destination, protocol: "Tcp" | "Udp"): string {
  const slug = value
    .toLowerCase()
    .replaceAll("*", "any")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `m365-${set.id}-${slug}-${protocol.toLowerCase()}`;
}
