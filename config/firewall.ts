import { z } from "zod";
import { type Immutable, ipAddress, resourceId } from "./values.ts";

const policy = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("create"),
    basePolicyId: resourceId("Microsoft.Network/firewallPolicies")
      .exactOptional()
      .describe("Id of the parent policy, whose rules come first. Default: none."),
  }),
  z.strictObject({
    mode: z.literal("use"),
    policyId: resourceId("Microsoft.Network/firewallPolicies").describe(
      "Id of a policy that somebody else maintains, rules included.",
    ),
  }),
]);

/** Azure Firewall in a hub that is made here. Zones are not a setting: they follow from the region. */
export const firewall = z.strictObject({
  sku: z.enum(["Basic", "Standard", "Premium"]).default("Standard").describe("Tier of the firewall and its policy."),
  publicIpCount: z
    .int()
    .min(1)
    .max(250)
    .default(1)
    .describe("Public addresses; each adds 2,496 SNAT ports per instance."),
  policy: policy.default({ mode: "create" }).describe("The firewall policy: made here, or one that exists."),
  threatIntelMode: z
    .enum(["Deny", "Alert", "Off"])
    .exactOptional()
    .describe('Threat intelligence. Default: "Deny"; "Alert" with the Basic tier, which knows no other.'),
  dnsServers: z
    .array(ipAddress)
    .max(15)
    .default([])
    .describe("Servers that the DNS proxy asks. Default: Azure DNS; the domain controllers with a hybrid profile."),
  acceptedLosses: z
    .array(z.string())
    .default([])
    .describe(
      "Required endpoints, by their id in the catalogue, that may stay closed because this tier cannot let them through.",
    ),
});

/** Azure Firewall in a hub that is made here, as written. */
export type FirewallSettings = Immutable<z.output<typeof firewall>>;

/** The same with what follows from the rest of the environment filled in. */
export interface Firewall extends Omit<FirewallSettings, "threatIntelMode"> {
  /** Threat intelligence as ARM spells it. */
  readonly threatIntelMode: "Deny" | "Alert" | "Off";
  /** The DNS proxy listens on the firewall; the Basic tier has none. */
  readonly dnsProxy: boolean;
  /** Servers the DNS proxy asks; empty means Azure DNS. */
  readonly dnsServers: readonly string[];
}
