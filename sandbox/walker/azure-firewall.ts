import type { ArmResource, Json } from "./arm-json.ts";
import { list, nameOf, parentOf, record, reference, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { parseAddress } from "./ipv4.ts";
import type { Subnet } from "./virtual-network.ts";
import { subnetNamed, virtualNetworkById } from "./virtual-network.ts";

/** An Azure Firewall. */
export interface AzureFirewall {
  readonly id: string;
  readonly name: string;
  readonly tier: string;
  readonly privateAddress: number | undefined;
  /** AzureFirewallSubnet; undefined for a firewall in a virtual hub. */
  readonly subnet: Subnet | undefined;
  readonly virtualHub: string | undefined;
  /** Ids of its public IP addresses; a hub's firewall has addresses without resources. */
  readonly publicIpAddresses: readonly string[];
  readonly hubPublicAddresses: readonly number[];
  readonly policy: string | undefined;
  /** The management interface that forced tunnelling needs. */
  readonly hasManagementInterface: boolean;
  readonly properties: Json;
}

/** Every Azure Firewall of the estate. */
export function azureFirewalls(estate: Estate): readonly AzureFirewall[] {
  return estate.remember("azureFirewalls", () =>
    estate.ofType("Microsoft.Network/azureFirewalls").map((resource) => readFirewall(estate, resource)),
  );
}

/** The firewall that owns a private address. */
export function firewallAt(estate: Estate, networkId: string, address: number): AzureFirewall | undefined {
  return azureFirewalls(estate).find(
    (firewall) => firewall.privateAddress === address && firewall.subnet?.virtualNetworkId === networkId,
  );
}

/** Whether the firewall has a public address to send Internet traffic from. */
export function hasPublicAddress(firewall: AzureFirewall): boolean {
  return firewall.publicIpAddresses.length > 0 || firewall.virtualHub !== undefined;
}

function readFirewall(estate: Estate, resource: ArmResource): AzureFirewall {
  const properties = record(resource.properties);
  const configurations = list(properties.ipConfigurations).map((one) => record(record(one).properties));
  const subnetId = configurations.map((one) => reference(one.subnet)).find((id) => id !== undefined);
  const home = subnetId === undefined ? undefined : virtualNetworkById(estate, parentOf(subnetId));
  const hubAddresses = record(properties.hubIPAddresses);
  const privateAddress = configurations
    .map((one) => text(one.privateIPAddress))
    .concat(text(hubAddresses.privateIPAddress))
    .find((address) => address !== undefined);
  return {
    id: resource.id.toLowerCase(),
    name: nameOf(resource.id),
    tier: (text(record(properties.sku).tier) ?? "Standard").toLowerCase(),
    privateAddress: parseAddress(privateAddress ?? ""),
    subnet: home === undefined ? undefined : subnetNamed(home, "AzureFirewallSubnet"),
    virtualHub: reference(properties.virtualHub),
    publicIpAddresses: configurations.flatMap((one) => reference(one.publicIPAddress) ?? []),
    hubPublicAddresses: list(record(hubAddresses.publicIPs).addresses).flatMap(
      (one) => parseAddress(text(record(one).address) ?? "") ?? [],
    ),
    policy: reference(properties.firewallPolicy),
    hasManagementInterface: properties.managementIpConfiguration !== undefined,
    properties,
  };
}
