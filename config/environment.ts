import { z } from "zod";
import { features } from "../catalogue/features.ts";
import { type Hub, hub } from "./hub.ts";
import { type Naming, naming } from "./naming.ts";
import { profile } from "./profile.ts";
import { type Region, region } from "./region.ts";
import { addressPrefix, guid, type Immutable, resourceId } from "./values.ts";
import { windows365 } from "./windows365.ts";

const logAnalytics = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("create"),
    retentionDays: z.int().min(30).max(730).default(30).describe("Days that logs are kept."),
  }),
  z.strictObject({
    mode: z.literal("use"),
    workspaceId: resourceId("Microsoft.OperationalInsights/workspaces").describe("Id of the existing workspace."),
  }),
  z.strictObject({ mode: z.literal("none") }),
]);

/** What a person writes under `windows365-network:environment`; JSON Schema and documentation are generated from it. */
export const environmentSchema = z.strictObject({
  workload: z
    .string()
    .regex(/^[a-z][a-z0-9]*$/, {
      error: (issue) =>
        `workload ${JSON.stringify(issue.input)} must be lower-case letters and digits, starting with a letter, such as "w365"`,
    })
    .default("w365")
    .describe("Short name of the workload, used in resource names."),
  cloud: z.enum(["public", "usGov"]).default("public").describe("The Azure cloud that everything is in."),
  profile: profile.describe("How Cloud PCs join a directory."),
  intuneLocation: z
    .enum(["na", "eu", "ap"])
    .describe(
      "Where the Intune tenant is: North America, Europe or Asia Pacific; decides which Intune endpoints are needed.",
    ),
  features: z
    .array(z.enum(features().map(({ id }) => id)))
    .default([])
    .describe("Optional features whose endpoints are wanted too."),
  subscriptions: z
    .strictObject({
      hubs: guid.exactOptional().describe("Subscription of the hubs. Default: the provider's own."),
      spokes: guid.exactOptional().describe("Subscription of the regions' networks. Default: the provider's own."),
      networkInterfaces: guid
        .exactOptional()
        .describe("Subscription of the Cloud PCs' network interfaces. Default: that of the regions' networks."),
    })
    .default({})
    .describe("Subscriptions, where they differ from the provider's own."),
  windows365PrincipalId: guid
    .exactOptional()
    .describe(
      "Object id of the Windows 365 service principal in the tenant. Default: looked up by its application id.",
    ),
  subscriptionRoleAssignment: z
    .enum(["create", "existing"])
    .default("create")
    .describe(
      'The role of Windows 365 on whole subscriptions: "existing" if it was granted before, by another stack or when a connection was made by hand; Azure refuses to grant it twice.',
    ),
  hubs: z.array(hub).default([]).describe("Hubs with shared firewall and gateways. Default: none."),
  regions: z.array(region).min(1).describe("Regions in which Cloud PCs are provisioned."),
  onPremises: z
    .strictObject({
      addressPrefixes: z
        .array(addressPrefix)
        .min(1)
        .describe("Ranges reachable through a hub's gateway, beyond those of its VPN sites."),
    })
    .exactOptional()
    .describe("What lies behind the gateways. Default: what the VPN sites name."),
  windows365: windows365
    .exactOptional()
    .describe("What is made in Windows 365 itself, on the network. Default: nothing."),
  diagnostics: z
    .strictObject({
      logAnalytics: logAnalytics.default({ mode: "create", retentionDays: 30 }).describe("Where logs go."),
      flowLogs: z.boolean().default(true).describe("Virtual network flow logs."),
    })
    .default({ logAnalytics: { mode: "create", retentionDays: 30 }, flowLogs: true })
    .describe("Logs of the network."),
  protect: z
    .boolean()
    .default(true)
    .describe(
      "Protect what Cloud PCs cannot lose (virtual networks, subnets, the resource group of their network interfaces) from deletion and replacement.",
    ),
  naming: naming
    .default({ pattern: "{abbreviation}-{workload}-{name}", overrides: {} })
    .describe("How resources are named."),
  tags: z.record(z.string(), z.string()).default({}).describe("Tags on every resource that can have them."),
});

/** An environment as a person writes it, before defaults. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** An environment with literal defaults applied and values parsed, before what follows from several of them. */
export type EnvironmentSettings = Immutable<z.output<typeof environmentSchema>>;

/** Logs of the network. */
export type Diagnostics = EnvironmentSettings["diagnostics"];

/** A checked environment: every default applied, literal or derived. */
export interface Environment extends Omit<EnvironmentSettings, "hubs" | "regions" | "naming"> {
  /** How resources are named. */
  readonly naming: Naming;
  /** Hubs with shared firewall and gateways. */
  readonly hubs: readonly Hub[];
  /** Regions in which Cloud PCs are provisioned. */
  readonly regions: readonly Region[];
}
