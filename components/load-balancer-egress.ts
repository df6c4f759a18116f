import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { formatAddress, type Prefix, prefixSize } from "../model/prefix.ts";
import { addressesOf, createPublicAddresses } from "./public-addresses.ts";

/** Arguments of `LoadBalancerEgress`. */
export interface LoadBalancerEgressArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Azure region as ARM spells it. */
  readonly location: string;
  /** Name of the load balancer in Azure. */
  readonly loadBalancerName: string;
  /** Names of the public addresses, one frontend each. */
  readonly publicIpAddressNames: readonly string[];
  /** Identity of the subnets whose addresses may leave through the load balancer. */
  readonly virtualNetworkId: pulumi.Input<string>;
  /** Prefixes of those subnets: every address that a Cloud PC can get is a member of the backend pool. */
  readonly addressPrefixes: readonly Prefix[];
  /** Minutes after which an idle flow is dropped, 4 to 100. */
  readonly idleTimeoutInMinutes: number;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Backend addresses that one Standard load balancer takes (https://learn.microsoft.com/azure/load-balancer/load-balancer-faqs). */
export const backendAddressCountMax = 5000;

/**
 * Explicit egress through outbound rules of a Standard public load balancer.
 *
 * Windows 365 injects the network interfaces itself, so the pool is filled by address and not by interface: every usable
 * address of the subnets is a member before a Cloud PC has it. Unlike a NAT gateway, outbound rules keep the source port
 * for all destinations, so direct UDP (STUN) works.
 *
 * Cost to run: the rules per hour, data processed per GB, and each public address per hour.
 */
export class LoadBalancerEgress extends pulumi.ComponentResource {
  /** ARM id of the load balancer. */
  readonly loadBalancerId: pulumi.Output<string>;
  /** Public addresses that traffic leaves by. */
  readonly publicAddresses: pulumi.Output<string[]>;

  constructor(name: string, args: LoadBalancerEgressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:LoadBalancerEgress", name, {}, opts);
    const { resourceGroupName, location, loadBalancerName, publicIpAddressNames, tags } = args;
    const child = { parent: this };
    const members = args.addressPrefixes.flatMap(usableAddresses);
    if (members.length > backendAddressCountMax) {
      throw new pulumi.ResourceError(
        `egress by load balancer takes ${backendAddressCountMax} addresses, but the Cloud PC subnets have ${members.length}; use a NAT gateway or smaller subnets`,
        this,
      );
    }

    const addresses = createPublicAddresses(name, publicIpAddressNames, args, child);
    const selfId = pulumi.interpolate`${resourceGroupIdOf(addresses)}/providers/Microsoft.Network/loadBalancers/${loadBalancerName}`;
    const loadBalancer = new network.LoadBalancer(
      `${name}-lb`,
      {
        resourceGroupName,
        loadBalancerName,
        location,
        sku: { name: "Standard", tier: "Regional" },
        frontendIPConfigurations: addresses.map(({ id }, index) => ({
          name: frontendName(index),
          publicIPAddress: { id },
        })),
        backendAddressPools: [
          {
            name: backendPoolName,
            loadBalancerBackendAddresses: members.map((ipAddress) => ({
              name: ipAddress,
              ipAddress,
              virtualNetwork: { id: args.virtualNetworkId },
            })),
          },
        ],
        outboundRules: [
          {
            name: "internet",
            protocol: "All",
            enableTcpReset: true,
            idleTimeoutInMinutes: args.idleTimeoutInMinutes,
            allocatedOutboundPorts: outboundPortsPerAddress(addresses.length, members.length),
            backendAddressPool: { id: pulumi.interpolate`${selfId}/backendAddressPools/${backendPoolName}` },
            frontendIPConfigurations: addresses.map((_, index) => ({
              id: pulumi.interpolate`${selfId}/frontendIPConfigurations/${frontendName(index)}`,
            })),
          },
        ],
        tags: { ...tags },
      },
      child,
    );

    this.loadBalancerId = loadBalancer.id;
    this.publicAddresses = addressesOf(addresses);
    this.registerOutputs({ loadBalancerId: this.loadBalancerId, publicAddresses: this.publicAddresses });
  }
}

/**
 * SNAT ports for each backend address: an equal share of 64,000 per public address, in steps of 8 as Azure requires
 * (https://learn.microsoft.com/azure/load-balancer/outbound-rules, read 2026-11-20).
 */
export function outboundPortsPerAddress(publicAddressCount: number, memberCount: number): number {
  return Math.floor((publicAddressCount * 64_000) / memberCount / 8) * 8;
}

const backendPoolName = "cloud-pcs";

function frontendName(index: number): string {
  return `egress-${index + 1}`;
}

/** Azure keeps the first four addresses and the last one of every subnet. */
function usableAddresses(block: Prefix): readonly string[] {
  return Array.from({ length: prefixSize(block) - 5 }, (_, index) => formatAddress(block.base + 4 + index));
}

/** A load balancer names its own children by id, so the id of its resource group is read off a sibling's. */
function resourceGroupIdOf(siblings: readonly network.PublicIPAddress[]): pulumi.Output<string> {
  const [first] = siblings;
  if (first === undefined) throw new Error("egress by load balancer needs a public address");
  return first.id.apply((id) => id.slice(0, id.search(/\/providers\//i)));
}
