import { z } from "zod";
import { type Firewall, firewall } from "./firewall.ts";
import { addressSpace, captured, type Immutable, ipAddress, label, resourceGroup, resourceId } from "./values.ts";
import { vpn } from "./vpn.ts";

const network = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("create"),
    addressSpace: addressSpace.describe(
      "Address space of the virtual network; the subnets of firewall and gateway are cut from it.",
    ),
  }),
  z.strictObject({
    mode: z.literal("use"),
    virtualNetworkId: resourceId("Microsoft.Network/virtualNetworks").describe("Id of the hub's virtual network."),
    addressSpace: addressSpace.describe("Its address space, so that it can be checked without a login."),
    firewallPrivateIpAddress: ipAddress
      .exactOptional()
      .describe("Private address of the firewall in it. Default: it has none."),
    firewallDnsProxy: z.boolean().default(false).describe("Whether that firewall answers DNS."),
    hasGateway: z
      .boolean()
      .default(false)
      .describe("Whether a VPN or ExpressRoute gateway in it may be shared with spokes."),
    captured,
  }),
]);

/** Shared services that regions peer with. */
export const hub = z.strictObject({
  name: label.describe("Name of the hub, unique among hubs."),
  renamedFrom: label.exactOptional().describe("The name it was deployed under. Default: its name."),
  location: z.string().describe('Azure region as ARM spells it, for example "westeurope".'),
  resourceGroup: resourceGroup
    .default({ mode: "create" })
    .describe("The hub's resource group: made here, or one that exists."),
  network: network.describe("The hub's virtual network: made here, or one that exists."),
  firewall: firewall.exactOptional().describe("Azure Firewall; only in a hub that is made here. Default: none."),
  vpn: vpn.exactOptional().describe("Site-to-site VPN gateway; only in a hub that is made here. Default: none."),
});

/** A hub as written. */
export type HubSettings = Immutable<z.output<typeof hub>>;

/** A hub with what follows from the rest of the environment filled in. */
export interface Hub extends Omit<HubSettings, "firewall"> {
  /** Azure Firewall of a hub that is made here. */
  readonly firewall?: Firewall;
  /** Private address of the firewall, made or existing: the next hop of its spokes. */
  readonly firewallPrivateIpAddress?: string;
  /** Whether spokes can use a gateway of this hub. */
  readonly hasGateway: boolean;
}
