import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { zonesOf } from "../catalogue/availability-zones.ts";
import { addressesOf, createPublicAddresses } from "./public-addresses.ts";

/** Arguments of `NatEgress`. */
export interface NatEgressArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Region of the subnets that will use the gateway; Azure refuses a NAT gateway of another region. */
  readonly location: string;
  /** Name of the NAT gateway in Azure. */
  readonly natGatewayName: string;
  /** One address per name, or one prefix of consecutive addresses that partners can put on an allow-list in one line. */
  readonly publicIp:
    | { readonly kind: "addresses"; readonly names: readonly string[] }
    | { readonly kind: "prefix"; readonly name: string; readonly prefixLength: number };
  /** Idle time of a TCP flow before it is dropped, in minutes, 4 to 120. UDP is always 4. */
  readonly idleTimeoutInMinutes: number;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Explicit egress through a NAT gateway with static public addresses.
 *
 * The gateway names no zone: a Standard NAT gateway is zonal or zoneless and never zone redundant, and a zonal one would
 * tie every Cloud PC of the subnet to that zone (https://learn.microsoft.com/azure/nat-gateway/nat-overview, read 2026-11-20).
 *
 * Cost to run: the gateway per hour and per GB processed, and each public address per hour.
 */
export class NatEgress extends pulumi.ComponentResource {
  /** ARM id of the NAT gateway, for the subnets that use it. */
  readonly natGatewayId: pulumi.Output<string>;
  /** Public addresses or prefixes that traffic leaves by. */
  readonly publicAddresses: pulumi.Output<string[]>;

  constructor(name: string, args: NatEgressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:NatEgress", name, {}, opts);
    const { resourceGroupName, location, natGatewayName, publicIp, idleTimeoutInMinutes, tags } = args;
    const child = { parent: this };

    const addresses = publicIp.kind === "addresses" ? createPublicAddresses(name, publicIp.names, args, child) : [];
    const prefixes =
      publicIp.kind === "prefix"
        ? [
            new network.PublicIPPrefix(
              `${name}-ippre`,
              {
                resourceGroupName,
                publicIpPrefixName: publicIp.name,
                location,
                prefixLength: publicIp.prefixLength,
                publicIPAddressVersion: "IPv4",
                sku: { name: "Standard", tier: "Regional" },
                zones: [...zonesOf(location)],
                tags: { ...tags },
              },
              { ...child, ignoreChanges: ["natGateway"] },
            ),
          ]
        : [];
    const natGateway = new network.NatGateway(
      `${name}-ng`,
      {
        resourceGroupName,
        natGatewayName,
        location,
        sku: { name: "Standard" },
        idleTimeoutInMinutes,
        ...(addresses.length > 0 && { publicIpAddresses: addresses.map(({ id }) => ({ id })) }),
        ...(prefixes.length > 0 && { publicIpPrefixes: prefixes.map(({ id }) => ({ id })) }),
        tags: { ...tags },
      },
      child,
    );

    this.natGatewayId = natGateway.id;
    this.publicAddresses = pulumi
      .all([addressesOf(addresses), pulumi.all(prefixes.map(({ ipPrefix }) => ipPrefix))])
      .apply(([single, ranges]) => [...single, ...ranges]);
    this.registerOutputs({ natGatewayId: this.natGatewayId, publicAddresses: this.publicAddresses });
  }
}
