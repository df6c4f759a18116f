import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { zonesOf } from "../catalogue/availability-zones.ts";

/** What every public address of a component shares. */
export interface PublicAddressArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** The address spans the availability zones of its region, where there are any. */
  readonly location: string;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A Standard static public IPv4 address, the only kind that firewalls, gateways and NAT gateways take.
 *
 * A NAT gateway names its addresses, and Azure then writes the gateway at the address: not a change of ours.
 */
export function createPublicAddress(
  name: string,
  publicIpAddressName: string,
  { resourceGroupName, location, tags }: PublicAddressArgs,
  opts: pulumi.CustomResourceOptions,
): network.PublicIPAddress {
  return new network.PublicIPAddress(
    name,
    {
      resourceGroupName,
      publicIpAddressName,
      location,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      zones: [...zonesOf(location)],
      tags: { ...tags },
    },
    { ...opts, ignoreChanges: ["natGateway"] },
  );
}

/** One address per name, with the logical names `<name>-pip-1`, `<name>-pip-2`, … */
export function createPublicAddresses(
  name: string,
  publicIpAddressNames: readonly string[],
  args: PublicAddressArgs,
  opts: pulumi.CustomResourceOptions,
): readonly network.PublicIPAddress[] {
  return publicIpAddressNames.map((publicIpAddressName, index) =>
    createPublicAddress(`${name}-pip-${index + 1}`, publicIpAddressName, args, opts),
  );
}

/** The addresses that Azure gave. */
export function addressesOf(publicAddresses: readonly network.PublicIPAddress[]): pulumi.Output<string[]> {
  return pulumi
    .all(publicAddresses.map(({ ipAddress }) => ipAddress))
    .apply((values) => values.filter((value) => value !== undefined));
}
