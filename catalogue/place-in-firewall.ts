import type { Endpoint } from "./endpoint.ts";
import { isFirewallFqdn, isWeb } from "./endpoint.ts";
import { isUsableIn } from "./service-tags.ts";

/** How an Azure Firewall can let one row through. */
export type FirewallPlacement =
  | { readonly by: "fqdnTag"; readonly value: string }
  | { readonly by: "targetFqdn"; readonly value: string }
  | { readonly by: "destinationFqdn"; readonly value: string }
  | { readonly by: "destinationAddresses"; readonly values: readonly string[] }
  | { readonly by: "nothing"; readonly because: string };

/**
 * The narrowest rule of a tier that lets a row through: FQDN tag, name in an application rule, name in a network rule,
 * prefix or service tag.
 *
 * Network rules take exact names only, and only where the firewall resolves them itself by its DNS proxy, which Basic lacks.
 * Sources: https://learn.microsoft.com/azure/firewall/fqdn-filtering-network-rules (2025-03-17),
 * https://learn.microsoft.com/azure/firewall/features-by-sku (2025-09-18), both read 2026-11-20.
 */
export function placeInFirewall(row: Endpoint, sku: "Basic" | "Standard" | "Premium"): FirewallPlacement {
  const { kind, value } = row.destination;
  switch (kind) {
    case "prefix":
      return { by: "destinationAddresses", values: [value] };
    case "fqdnTag":
      return { by: "fqdnTag", value };
    case "serviceTag":
      return isUsableIn(value, "FW")
        ? { by: "destinationAddresses", values: [value] }
        : { by: "nothing", because: `service tag "${value}" cannot be used in rules of Azure Firewall` };
    case "fqdn":
    case "wildcardFqdn":
      return isWeb(row) ? placeWebName(row) : placeOtherName(row, sku);
  }
}

function placeWebName(row: Endpoint): FirewallPlacement {
  const { value } = row.destination;
  const [tag] = row.fqdnTags ?? [];
  if (tag !== undefined) return { by: "fqdnTag", value: tag };
  if (isFirewallFqdn(row)) return { by: "targetFqdn", value };
  return { by: "nothing", because: `"${value}" has an asterisk that is not at its start, and no FQDN tag covers it` };
}

function placeOtherName(row: Endpoint, sku: "Basic" | "Standard" | "Premium"): FirewallPlacement {
  const { kind, value } = row.destination;
  const where = `${row.protocol.toUpperCase()} ${row.ports.join(", ")}`;
  if (kind === "wildcardFqdn") {
    return { by: "nothing", because: `"${value}" has an asterisk, which a network rule (${where}) cannot hold` };
  }
  if (sku !== "Basic") return { by: "destinationFqdn", value };
  const tag = row.serviceTags?.find((name) => isUsableIn(name, "FW"));
  if (tag !== undefined) return { by: "destinationAddresses", values: [tag] };
  if (row.addresses) return { by: "destinationAddresses", values: row.addresses.prefixes };
  return {
    by: "nothing",
    because: `${where} needs a network rule by name, which tier "Basic" cannot hold (it has no DNS proxy), and neither a service tag nor addresses are documented for "${value}"`,
  };
}
