import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { zonesOf } from "../catalogue/availability-zones.ts";
import type { CloudPcTraffic } from "./cloud-pc-traffic.ts";
import { firewallRuleGroups } from "./firewall-rules.ts";
import { inSeries } from "./in-series.ts";
import { addressesOf, createPublicAddress, createPublicAddresses } from "./public-addresses.ts";

/** A firewall policy that is made here with our rules, or one that somebody else maintains, rules included. */
export type FirewallPolicySource =
  | {
      readonly mode: "create";
      readonly name: string;
      /**
       * Parent policy, whose rules come first.
       * @default - no parent
       */
      readonly basePolicyId?: string;
      readonly threatIntelMode: "Alert" | "Deny" | "Off";
      /** Whether the firewall answers DNS for the spokes; the Basic tier cannot. */
      readonly dnsProxy: boolean;
      /** Servers that the DNS proxy asks; empty means Azure DNS. */
      readonly dnsServers: readonly string[];
      /** What is let through: what the catalogue documents for these Cloud PCs. */
      readonly traffic: readonly CloudPcTraffic[];
      /** Ids of required endpoints that may stay closed because the tier cannot let them through. */
      readonly acceptedLosses: readonly string[];
    }
  | { readonly mode: "use"; readonly policyId: string };

/** Arguments of `HubFirewall`. */
export interface HubFirewallArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Azure region as ARM spells it. */
  readonly location: string;
  /** Name of the firewall in Azure. */
  readonly azureFirewallName: string;
  /** Tier of the firewall and its policy. */
  readonly sku: "Basic" | "Standard" | "Premium";
  /** Names of the public addresses; each adds 2,496 SNAT ports per instance. */
  readonly publicIpAddressNames: readonly string[];
  /** ARM id of AzureFirewallSubnet. */
  readonly subnetId: pulumi.Input<string>;
  /**
   * Required by the Basic tier, which is always managed over addresses of its own.
   * @default - the firewall is managed over its data path
   */
  readonly management?: { readonly subnetId: pulumi.Input<string>; readonly publicIpAddressName: string };
  /** The address that every route table and DNS setting uses: the first usable one of AzureFirewallSubnet. */
  readonly privateIpAddress: string;
  /** The policy: made here with rules from the catalogue, or one that exists. */
  readonly policy: FirewallPolicySource;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Azure Firewall with its policy, rules from the catalogue and public addresses.
 *
 * Cost to run: the deployment per hour (Premium above Standard above Basic), data processed per GB, and each public address.
 */
export class HubFirewall extends pulumi.ComponentResource {
  /** ARM id of the firewall. */
  readonly firewallId: pulumi.Output<string>;
  /** ARM id of its policy, made here or found. */
  readonly firewallPolicyId: pulumi.Output<string>;
  /** The address that Azure gave; an error if it is not the planned one. */
  readonly privateIpAddress: pulumi.Output<string>;
  /** Public addresses that Azure gave. */
  readonly publicAddresses: pulumi.Output<string[]>;
  /** Everything that must exist before traffic is let through. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: HubFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:HubFirewall", name, {}, opts);
    const { resourceGroupName, location, sku, tags } = args;
    const child = { parent: this };

    const { firewallPolicyId, groups } = policyWithRules(name, args, this);
    const addresses = createPublicAddresses(name, args.publicIpAddressNames, args, child);
    const firewall = new network.AzureFirewall(
      `${name}-afw`,
      {
        resourceGroupName,
        azureFirewallName: args.azureFirewallName,
        location,
        sku: { name: "AZFW_VNet", tier: sku },
        firewallPolicy: { id: firewallPolicyId },
        ipConfigurations: addresses.map(({ id }, index) => ({
          name: `public-${index + 1}`,
          publicIPAddress: { id },
          ...(index === 0 && { subnet: { id: args.subnetId } }),
        })),
        ...(args.management && {
          managementIpConfiguration: managementConfiguration(name, args, args.management, child),
        }),
        zones: [...zonesOf(location)],
        tags: { ...tags },
      },
      { ...child, dependsOn: [...groups] },
    );

    this.firewallId = firewall.id;
    this.firewallPolicyId = pulumi.output(firewallPolicyId);
    this.privateIpAddress = firewall.ipConfigurations.apply((configurations) => {
      const given = configurations?.[0]?.privateIPAddress;
      if (given === args.privateIpAddress || pulumi.runtime.isDryRun()) return args.privateIpAddress;
      throw new pulumi.ResourceError(
        `firewall "${args.azureFirewallName}" has the private address "${given}", but routes and DNS settings use "${args.privateIpAddress}"; keep AzureFirewallSubnet free of anything else`,
        this,
      );
    });
    this.publicAddresses = addressesOf(addresses);
    this.ready = [firewall, ...groups];
    this.registerOutputs({
      firewallId: this.firewallId,
      privateIpAddress: this.privateIpAddress,
      publicAddresses: this.publicAddresses,
    });
  }
}

function policyWithRules(
  name: string,
  { resourceGroupName, location, sku, policy, tags }: HubFirewallArgs,
  parent: pulumi.Resource,
): { readonly firewallPolicyId: pulumi.Input<string>; readonly groups: readonly pulumi.Resource[] } {
  if (policy.mode === "use") return { firewallPolicyId: policy.policyId, groups: [] };
  const rules = firewallRuleGroups(sku, policy.traffic, policy.acceptedLosses);
  if (!rules.ok)
    throw new pulumi.ResourceError(`a ${sku} firewall is not enough:\n${rules.problems.join("\n")}`, parent);
  const child = { parent };
  const firewallPolicy = new network.FirewallPolicy(
    `${name}-afwp`,
    {
      resourceGroupName,
      firewallPolicyName: policy.name,
      location,
      sku: { tier: sku },
      threatIntelMode: policy.threatIntelMode,
      ...(policy.basePolicyId !== undefined && { basePolicy: { id: policy.basePolicyId } }),
      ...(policy.dnsProxy && { dnsSettings: { enableProxy: true, servers: [...policy.dnsServers] } }),
      ...(sku === "Premium" && { intrusionDetection: { mode: "Alert" } }),
      tags: { ...tags },
    },
    child,
  );
  const groups = inSeries(
    rules.groups,
    [],
    (group, dependsOn) =>
      new network.FirewallPolicyRuleCollectionGroup(
        `${name}-${group.name}`,
        {
          resourceGroupName,
          firewallPolicyName: firewallPolicy.name,
          ruleCollectionGroupName: group.name,
          priority: group.priority,
          ruleCollections: structuredClone(group.ruleCollections),
        },
        { ...child, dependsOn },
      ),
  );
  return { firewallPolicyId: firewallPolicy.id, groups };
}

function managementConfiguration(
  name: string,
  args: HubFirewallArgs,
  { subnetId, publicIpAddressName }: NonNullable<HubFirewallArgs["management"]>,
  child: pulumi.CustomResourceOptions,
) {
  const { id } = createPublicAddress(`${name}-management-pip`, publicIpAddressName, args, child);
  return { name: "management", subnet: { id: subnetId }, publicIPAddress: { id } };
}
