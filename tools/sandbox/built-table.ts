import type { EstateResource } from "../../sandbox/azure/azure-estate.ts";

/** One line of the table of what was built. */
interface Row {
  readonly resource: string;
  readonly name: string;
  readonly addressSpace: string;
  readonly nextHop: string;
  readonly publicAddresses: string;
}

/**
 * A short table of what was built: networks and subnets with their address space and default next hop, and everything
 * that has a public address.
 */
export function builtTable(resources: readonly EstateResource[]): string {
  const estate = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
  const rows = resources.flatMap((resource) => rowOf(resource, estate));
  return table([
    {
      resource: "resource",
      name: "name",
      addressSpace: "address space",
      nextHop: "next hop of 0.0.0.0/0",
      publicAddresses: "public addresses",
    },
    ...rows,
  ]);
}

type Estate = ReadonlyMap<string, EstateResource>;

function rowOf(resource: EstateResource, estate: Estate): readonly Row[] {
  const { properties, name } = resource;
  const empty = { name, addressSpace: "", nextHop: "", publicAddresses: "" };
  switch (resource.type.toLowerCase()) {
    case "microsoft.network/virtualnetworks":
      return [
        {
          ...empty,
          resource: "virtual network",
          addressSpace: texts(at(properties, "addressSpace", "addressPrefixes")),
        },
      ];
    case "microsoft.network/virtualnetworks/subnets":
      return [
        {
          ...empty,
          resource: "  subnet",
          addressSpace: texts(at(properties, "addressPrefix")),
          nextHop: defaultNextHop(properties, estate),
          publicAddresses: addressesOf(find(estate, at(properties, "natGateway")), estate),
        },
      ];
    case "microsoft.network/azurefirewalls":
      return [
        {
          ...empty,
          resource: "firewall",
          addressSpace: texts(
            list(at(properties, "ipConfigurations")).map((c) => at(c, "properties", "privateIPAddress")),
          ),
          publicAddresses: addressesOf(resource, estate),
        },
      ];
    case "microsoft.network/natgateways":
      return [{ ...empty, resource: "NAT gateway", publicAddresses: addressesOf(resource, estate) }];
    case "microsoft.network/loadbalancers":
      return [{ ...empty, resource: "load balancer", publicAddresses: addressesOf(resource, estate) }];
    case "microsoft.network/virtualnetworkgateways":
      return [{ ...empty, resource: "VPN gateway", publicAddresses: addressesOf(resource, estate) }];
    case "microsoft.network/localnetworkgateways":
      return [
        {
          ...empty,
          resource: "on-premises site",
          addressSpace: texts(at(properties, "localNetworkAddressSpace", "addressPrefixes")),
          publicAddresses: texts(at(properties, "gatewayIpAddress")),
        },
      ];
    default:
      return [];
  }
}

function defaultNextHop(subnet: unknown, estate: Estate): string {
  const routes = list(at(find(estate, at(subnet, "routeTable")), "properties", "routes"));
  const route = routes.find((candidate) => at(candidate, "properties", "addressPrefix") === "0.0.0.0/0");
  if (route !== undefined)
    return texts(at(route, "properties", "nextHopIpAddress") ?? at(route, "properties", "nextHopType"));
  return at(subnet, "natGateway") === undefined ? "" : "Internet (NAT gateway)";
}

/** Public addresses and prefixes that a resource refers to, at any depth. */
function addressesOf(resource: unknown, estate: Estate): string {
  const references = publicReferences(at(resource, "properties"));
  const found = references.flatMap((id) => {
    const target = estate.get(id.toLowerCase());
    return [at(target, "properties", "ipAddress"), at(target, "properties", "ipPrefix")];
  });
  return texts(found.filter((value) => value !== undefined));
}

function publicReferences(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(publicReferences);
  if (typeof value === "string") return /\/publicIP(Addresses|Prefixes)\/[^/]+$/i.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(publicReferences) : [];
}

function find(estate: Estate, reference: unknown): EstateResource | undefined {
  const id = at(reference, "id");
  return typeof id === "string" ? estate.get(id.toLowerCase()) : undefined;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): string {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string").join(", ");
}

function table(rows: readonly Row[]): string {
  const columns: readonly (keyof Row)[] = ["resource", "name", "addressSpace", "nextHop", "publicAddresses"];
  const used = columns.filter((column) => rows.slice(1).some((row) => row[column] !== ""));
  const width = (column: keyof Row) => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map((row) =>
      used
        .map((column) => row[column].padEnd(width(column)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
