import type { Read } from "../read.ts";
import type { PortRange, Reference, Resource, RuleAddress } from "./resource.ts";

/** ARM's `protocol` of a security rule; `*` is any protocol. */
export type SecurityRuleProtocol = "*" | "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah";

/** ARM's `direction`. */
export type Direction = "Inbound" | "Outbound";

/** `Microsoft.Network/networkSecurityGroups`. The default rules are fixed and belong to the model, not to the estate. */
export interface NetworkSecurityGroup extends Resource {
  readonly securityRules: readonly Read<SecurityRule>[];
}

/** One `securityRules` entry; singular and plural fields of ARM are read into the plural one. */
export interface SecurityRule {
  readonly name: string;
  /** 100 to 4096, unique for its direction. */
  readonly priority: Read<number>;
  readonly direction: Read<Direction>;
  readonly access: Read<"Allow" | "Deny">;
  readonly protocol: Read<SecurityRuleProtocol>;
  readonly sourceAddressPrefixes: readonly Read<RuleAddress>[];
  readonly sourceApplicationSecurityGroupIds: readonly Reference[];
  readonly sourcePortRanges: readonly Read<PortRange>[];
  readonly destinationAddressPrefixes: readonly Read<RuleAddress>[];
  readonly destinationApplicationSecurityGroupIds: readonly Reference[];
  readonly destinationPortRanges: readonly Read<PortRange>[];
  readonly description?: Read<string>;
}

/** `Microsoft.Network/applicationSecurityGroups`: its members name it, it does not name them. */
export type ApplicationSecurityGroup = Resource;

/** `Microsoft.Network/networkManagers` with what bears on security admin rules. */
export interface NetworkManager extends Resource {
  /** `networkManagerScopes`: subscription and management group ids. */
  readonly scopes: readonly Reference[];
  readonly networkGroups: readonly NetworkGroup[];
  readonly securityAdminConfigurations: readonly SecurityAdminConfiguration[];
  /** Configurations that may change routes. @default - none */
  readonly routingChanges?: readonly RoutingChange[];
}

/** A connectivity or routing configuration, as far as whom it reaches; what it does to their routes is not modelled. */
export interface RoutingChange {
  readonly kind: "connectivity" | "routing";
  readonly name: string;
  readonly appliesToGroupIds: readonly Reference[];
  /** Hubs of a connectivity configuration. */
  readonly hubIds: readonly Reference[];
}

/** A network group; members that an Azure Policy adds are Unknown entries. */
export interface NetworkGroup extends Resource {
  /** Ids of virtual networks or subnets (`staticMembers[].resourceId`). */
  readonly members: readonly Reference[];
}

/** A security admin configuration. ARM does not tell whether it was deployed. */
export interface SecurityAdminConfiguration extends Resource {
  readonly ruleCollections: readonly AdminRuleCollection[];
  /** `applyOnNetworkIntentPolicyBasedServices`. */
  readonly applyOnNetworkIntentPolicyBasedServices: readonly Read<string>[];
}

/** The rules of one collection and the network groups they apply to. */
export interface AdminRuleCollection {
  readonly name: string;
  readonly appliesToGroupIds: readonly Reference[];
  readonly rules: readonly Read<SecurityAdminRule>[];
}

/** One security admin rule. `sources` and `destinations` are prefixes or service tags. */
export interface SecurityAdminRule {
  readonly name: string;
  readonly priority: Read<number>;
  readonly direction: Read<Direction>;
  readonly access: Read<"Allow" | "AlwaysAllow" | "Deny">;
  /** ARM says `Any` where a security rule says `*`; it is read as `*`. */
  readonly protocol: Read<SecurityRuleProtocol>;
  readonly sources: readonly Read<RuleAddress>[];
  readonly sourcePortRanges: readonly Read<PortRange>[];
  readonly destinations: readonly Read<RuleAddress>[];
  readonly destinationPortRanges: readonly Read<PortRange>[];
}
