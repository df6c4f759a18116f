import { z } from "zod";
import { regions } from "../catalogue/regions.ts";
import { type Egress, egress, type NatGateway, natGateway } from "./egress.ts";
import { type JoinType, joinType } from "./profile.ts";
import {
  addressPrefix,
  addressSpace,
  captured,
  type Immutable,
  ipAddress,
  label,
  resourceGroup,
  resourceId,
} from "./values.ts";

const poolSubnet = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("create"),
    addressPrefix: addressPrefix
      .exactOptional()
      .describe("Address prefix of the subnet. Default: the first free block of the computed size."),
  }),
  z.strictObject({
    mode: z.literal("use"),
    subnetId: resourceId("Microsoft.Network/virtualNetworks/subnets").describe("Id of the existing subnet."),
    addressPrefix: addressPrefix.describe("Its address prefix, so that it can be checked without a login."),
  }),
]);

/** Cloud PCs that share a subnet and, later, an Azure network connection. */
const pool = z.strictObject({
  name: label.describe("Name of the pool, unique in its region."),
  renamedFrom: label.exactOptional().describe("The name it was deployed under. Default: its name."),
  cloudPcCount: z.int().min(1).max(65_536).describe("Cloud PCs when the pool is in full use today."),
  growth: z
    .number()
    .min(0)
    .max(10)
    .default(0.2)
    .describe("Growth to leave room for, as a fraction: 0.2 is a fifth more."),
  joinType: joinType
    .exactOptional()
    .describe("How its Cloud PCs join a directory. Default: the join type of the profile."),
  subnet: poolSubnet.default({ mode: "create" }).describe("The pool's subnet. Default: made here."),
});

const network = z.discriminatedUnion("mode", [
  z
    .strictObject({
      mode: z.literal("create"),
      addressSpace: addressSpace.describe("Address space of the virtual network."),
    })
    .describe("A virtual network that is made here."),
  z
    .strictObject({
      mode: z.literal("extend"),
      virtualNetworkId: resourceId("Microsoft.Network/virtualNetworks").describe("Id of the virtual network."),
      addressSpace: addressSpace.describe("The part of its address space that is free for subnets made here."),
      captured,
    })
    .describe("An existing virtual network that gets our subnets."),
  z
    .strictObject({
      mode: z.literal("use"),
      virtualNetworkId: resourceId("Microsoft.Network/virtualNetworks").describe("Id of the virtual network."),
      addressSpace: addressSpace.describe("Its address space, so that it can be checked without a login."),
      captured,
    })
    .describe("An existing virtual network with its subnets."),
]);

/** One Azure region in which Cloud PCs are provisioned. */
export const region = z.strictObject({
  name: label.describe("Name of the region in resource names, unique among regions."),
  renamedFrom: label.exactOptional().describe("The name it was deployed under. Default: its name."),
  location: z
    .string()
    .meta({ enum: regions().flatMap(({ id, support }) => (support === "disasterRecoveryOnly" ? [] : [id])) })
    .describe('Azure region as ARM spells it, for example "westeurope"; one in which Windows 365 provisions.'),
  hub: label
    .exactOptional()
    .describe('Name of the hub to peer with, or "none". Default: the only hub, if there is one.'),
  resourceGroup: resourceGroup
    .default({ mode: "create" })
    .describe("Resource group of the network: made here, or one that exists."),
  networkInterfaces: resourceGroup
    .default({ mode: "create" })
    .describe("Resource group of the network interfaces that Windows 365 creates: made here, or one that exists."),
  network: network.describe("The virtual network: made here, extended, or used as it is."),
  peering: z
    .enum(["both", "ours", "requested"])
    .default("both")
    .describe(
      'Which sides of the peering with the hub are made here; "requested" makes none and prints what to ask its owner for.',
    ),
  dnsServers: z
    .array(ipAddress)
    .max(20)
    .exactOptional()
    .describe(
      "DNS servers of the virtual network; of an existing one, those that it has. Default: the hub's firewall if it answers DNS and egress is through it, else the domain controllers with a hybrid profile, else Azure-provided DNS; always that for an existing network.",
    ),
  egress: egress.describe(
    "How Cloud PCs reach what is outside their network; with a network that is used as it is, how they do already.",
  ),
  rdp: z
    .enum(["direct", "egress"])
    .default("direct")
    .describe('"direct" routes RDP by service tag to the Internet past firewall and appliance, as Microsoft advises.'),
  directEgress: natGateway
    .exactOptional()
    .describe(
      "NAT gateway for direct RDP when egress is through a firewall or appliance. Default: one public address.",
    ),
  pools: z
    .array(pool)
    .min(1)
    .describe("The pools of Cloud PCs; a computed subnet keeps its place when pools are added after it."),
});

/** A region as written. */
export type RegionSettings = Immutable<z.output<typeof region>>;

/** Where a region's virtual network comes from. */
export type RegionNetwork = RegionSettings["network"];

/** A pool with its join type filled in. */
export interface Pool extends Omit<RegionSettings["pools"][number], "joinType"> {
  /** How its Cloud PCs join a directory. */
  readonly joinType: JoinType;
}

/** A region with what follows from the rest of the environment filled in. */
export interface Region extends Omit<RegionSettings, "hub" | "dnsServers" | "directEgress" | "pools"> {
  /** Name of the hub it peers with; absent means no hub. */
  readonly hub?: string;
  /** DNS servers of the virtual network; empty means Azure-provided DNS. */
  readonly dnsServers: readonly string[];
  /** How Cloud PCs reach what is outside their network. */
  readonly egress: Egress;
  /** Next hop of the default route (firewall or appliance); absent when Azure itself carries the egress. */
  readonly nextHopIpAddress?: string;
  /** The NAT gateway on the Cloud PC subnets, as the egress itself or for direct RDP; absent means none. */
  readonly natGateway?: NatGateway;
  /** The pools of Cloud PCs. */
  readonly pools: readonly Pool[];
}
