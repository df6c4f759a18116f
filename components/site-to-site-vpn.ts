import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { formatPrefix, type Prefix } from "../model/prefix.ts";
import { inSeries } from "./in-series.ts";
import { addressesOf, createPublicAddresses } from "./public-addresses.ts";

/** One on-premises device. */
export interface VpnSiteArgs {
  /** Suffix of the logical names; changing it replaces the connection. */
  readonly key: string;
  /** Name of the local network gateway in Azure. */
  readonly localNetworkGatewayName: string;
  /** Name of the connection in Azure. */
  readonly connectionName: string;
  /** Public address of the device; this or `fqdn`. */
  readonly gatewayIpAddress?: string;
  /** DNS name of the device; this or `gatewayIpAddress`. */
  readonly fqdn?: string;
  /** Ranges behind the device; may be empty when BGP advertises them. */
  readonly addressPrefixes: readonly Prefix[];
  /**
   * BGP with this device.
   * @default - static routes only
   */
  readonly bgp?: { readonly asn: number; readonly bgpPeeringAddress: string };
  /** Pre-shared key, a Pulumi secret. */
  readonly sharedKey: pulumi.Output<string>;
  /**
   * A complete custom policy.
   * @default - Azure's default proposals
   */
  readonly ipsecPolicy?: IpsecPolicy;
}

/** A complete IPsec/IKE policy in ARM's words; Azure refuses a partial one. */
export interface IpsecPolicy {
  readonly ikeEncryption: string;
  readonly ikeIntegrity: string;
  readonly dhGroup: string;
  readonly ipsecEncryption: string;
  readonly ipsecIntegrity: string;
  readonly pfsGroup: string;
  readonly saLifeTimeSeconds: number;
  readonly saDataSizeKilobytes: number;
}

/** Arguments of `SiteToSiteVpn`. */
export interface SiteToSiteVpnArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Azure region as ARM spells it. */
  readonly location: string;
  /** Name of the gateway in Azure. */
  readonly virtualNetworkGatewayName: string;
  /** ARM size, for example `VpnGw1AZ`; new gateways take only the AZ sizes. */
  readonly sku: string;
  /** Names of the public addresses: one, or two for an active-active gateway. */
  readonly publicIpAddressNames: readonly string[];
  /** ARM id of GatewaySubnet. */
  readonly gatewaySubnetId: pulumi.Input<string>;
  /** Autonomous system number of the Azure side. */
  readonly bgpAsn: number;
  /** The on-premises devices. */
  readonly sites: readonly VpnSiteArgs[];
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Site-to-site VPN: a route-based gateway, and for each on-premises device a local network gateway and a connection.
 *
 * Azure takes up to 45 minutes to create the gateway. Cost to run: the gateway per hour by size, each tunnel beyond the
 * included ones, data leaving Azure, and each public address.
 */
export class SiteToSiteVpn extends pulumi.ComponentResource {
  /** ARM id of the gateway. */
  readonly virtualNetworkGatewayId: pulumi.Output<string>;
  /** Public addresses that Azure gave. */
  readonly publicAddresses: pulumi.Output<string[]>;
  /** What a peering with `useRemoteGateways` waits for. */
  readonly gateway: pulumi.Resource;
  /** The connections, one for each device. */
  readonly connections: readonly pulumi.Resource[];

  constructor(name: string, args: SiteToSiteVpnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:SiteToSiteVpn", name, {}, opts);
    const { resourceGroupName, location, sku, tags } = args;
    const child = { parent: this };
    const enableBgp = args.sites.some(({ bgp }) => bgp !== undefined);

    const addresses = createPublicAddresses(name, args.publicIpAddressNames, args, child);
    const gateway = new network.VirtualNetworkGateway(
      `${name}-vgw`,
      {
        resourceGroupName,
        virtualNetworkGatewayName: args.virtualNetworkGatewayName,
        location,
        gatewayType: "Vpn",
        vpnType: "RouteBased",
        sku: { name: sku, tier: sku },
        activeActive: addresses.length > 1,
        enableBgp,
        ...(enableBgp && { bgpSettings: { asn: args.bgpAsn } }),
        ipConfigurations: addresses.map(({ id }, index) => ({
          name: `instance-${index + 1}`,
          subnet: { id: args.gatewaySubnetId },
          publicIPAddress: { id },
          privateIPAllocationMethod: "Dynamic",
        })),
        tags: { ...tags },
      },
      { ...child, customTimeouts: { create: "90m", update: "90m", delete: "60m" } },
    );

    this.connections = inSeries(args.sites, [gateway], (site, dependsOn) =>
      connectSite(name, args, site, gateway, { ...child, dependsOn }),
    );
    this.gateway = gateway;
    this.virtualNetworkGatewayId = gateway.id;
    this.publicAddresses = addressesOf(addresses);
    this.registerOutputs({
      virtualNetworkGatewayId: this.virtualNetworkGatewayId,
      publicAddresses: this.publicAddresses,
    });
  }
}

function connectSite(
  name: string,
  { resourceGroupName, location, tags }: SiteToSiteVpnArgs,
  site: VpnSiteArgs,
  gateway: network.VirtualNetworkGateway,
  { dependsOn, ...child }: pulumi.CustomResourceOptions,
): network.VirtualNetworkGatewayConnection {
  const localGateway = new network.LocalNetworkGateway(
    `${name}.${site.key}-lgw`,
    {
      resourceGroupName,
      localNetworkGatewayName: site.localNetworkGatewayName,
      location,
      ...(site.gatewayIpAddress !== undefined && { gatewayIpAddress: site.gatewayIpAddress }),
      ...(site.fqdn !== undefined && { fqdn: site.fqdn }),
      localNetworkAddressSpace: { addressPrefixes: site.addressPrefixes.map(formatPrefix) },
      ...(site.bgp && { bgpSettings: { ...site.bgp } }),
      tags: { ...tags },
    },
    child,
  );
  return new network.VirtualNetworkGatewayConnection(
    `${name}.${site.key}-con`,
    {
      resourceGroupName,
      virtualNetworkGatewayConnectionName: site.connectionName,
      location,
      connectionType: "IPsec",
      connectionProtocol: "IKEv2",
      virtualNetworkGateway1: { id: gateway.id },
      localNetworkGateway2: { id: localGateway.id },
      sharedKey: pulumi.secret(site.sharedKey),
      enableBgp: site.bgp !== undefined,
      ...(site.ipsecPolicy && { ipsecPolicies: [{ ...site.ipsecPolicy }] }),
      tags: { ...tags },
    },
    { ...child, ...(dependsOn !== undefined && { dependsOn }), additionalSecretOutputs: ["sharedKey"] },
  );
}
