import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";

/** What every public address of a component shares. */
export interface PublicAddressArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  /** Availability zones that the address spans; empty in a region without zones. */
  readonly zones: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A Standard static public IPv4 address, the only kind that firewalls, gateways and NAT gateways take. */
export function createPublicAddress(
  name: string,
  publicIpAddressName: string,
  { resourceGroupName, location, zones, tags }: PublicAddressArgs,
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
      ...(zones.length > 0 && { zones: [...zones] }),
      tags: { ...tags },
    },
    opts,
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
