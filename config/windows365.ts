import { z } from "zod";
import { guid, type Immutable } from "./values.ts";

const text = z.string().trim().min(1);

const waiver = z.strictObject({
  rule: text.describe("The name of the rule."),
  subject: text.describe(
    'What was judged or is to be changed: a resource id, "vnet/subnet" or another name as a report prints it, or the id of one finding.',
  ),
  about: text.exactOptional().describe("Only what is wrong in this respect. Default: everything."),
  reason: text.describe("Why it is accepted."),
  owner: text.describe("Who accepts it."),
  expires: z.iso
    .date({ error: ({ input }) => `expires ${JSON.stringify(input)} is not a date such as "2027-01-31"` })
    .describe("The last day on which it is accepted."),
});

const domainJoinAccount = z.strictObject({
  username: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, {
      error: ({ input }) => `username ${JSON.stringify(input)} is not of the form "account@corp.contoso.com"`,
    })
    .describe('Account that joins computers to the domain, such as "svc-join@corp.contoso.com".'),
  passwordSecret: z
    .string()
    .regex(/^(?:[A-Za-z][\w-]*:)?[A-Za-z][\w-]*$/, {
      error: ({ input }) => `passwordSecret ${JSON.stringify(input)} is not a configuration key such as "domainJoin"`,
    })
    .describe("Configuration key of its password, set with `pulumi config set --secret`."),
});

const connections = z
  .strictObject({
    domainJoinAccount: domainJoinAccount
      .exactOptional()
      .describe("Who joins computers to the domain; required where a pool joins hybrid, and only there."),
    waitForHealth: z
      .boolean()
      .default(true)
      .describe("Whether a deployment waits until the health checks have passed."),
    timeoutMinutes: z
      .int()
      .min(1)
      .max(120)
      .default(45)
      .describe("Minutes after which a deployment gives up waiting; the connection stays."),
    waivers: z
      .array(waiver)
      .default([])
      .describe(
        "What somebody accepts for a while of what would keep a connection from being made. Nothing else lifts it: what is undecided does not pass.",
      ),
  })
  .describe("An Azure network connection for each pool, made after everything else and only if every rule passes.");

const provisioningPolicy = z.strictObject({
  name: text.describe("Its display name, unique in the environment."),
  description: text.exactOptional().describe("What it is for."),
  pools: z
    .array(z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'must be "region/pool", such as "weu/staff"'))
    .min(1)
    .describe(
      'Pools whose connections it uses, as "region/pool", in the order of their priority: the others serve when the first has no capacity.',
    ),
  imageId: text.describe('Image of the gallery as "{publisher}_{offer}_{sku}", or the id of a custom image.'),
  imageType: z.enum(["gallery", "custom"]).default("gallery").describe("Where the image is."),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'must be a language tag such as "en-US"')
    .exactOptional()
    .describe('Language of Windows, such as "en-US". Default: that of the image.'),
  enableSingleSignOn: z.boolean().default(true).describe("Sign-in to the Cloud PC with Microsoft Entra ID."),
  cloudPcNamingTemplate: text
    .exactOptional()
    .describe('Names of the Cloud PCs, such as "CPC-%USERNAME:4%-%RAND:5%". Default: those of Windows 365.'),
  groupIds: z
    .array(guid)
    .default([])
    .describe("Object ids of the groups whose members get a Cloud PC. Default: nobody."),
});

const userSetting = z.strictObject({
  name: text.describe("Its display name, unique in the environment."),
  localAdminEnabled: z.boolean().default(false).describe("Whether the user is an administrator of the Cloud PC."),
  resetEnabled: z.boolean().default(false).describe("Whether the user may reset the Cloud PC."),
  groupIds: z.array(guid).default([]).describe("Object ids of the groups it is for. Default: nobody."),
});

const singleSignOn = z.strictObject({
  targetDeviceGroups: z
    .array(
      z.strictObject({
        id: guid.describe("Object id of the group."),
        displayName: text.describe("Its name."),
      }),
    )
    .max(10)
    .default([])
    .describe("Groups of devices whose users are not asked for consent. Default: users are asked once per host."),
});

/** What is made in Windows 365 itself, on the network. */
export const windows365 = z.strictObject({
  connections: connections.exactOptional().describe("Azure network connections. Default: none are made."),
  provisioningPolicies: z
    .array(provisioningPolicy)
    .default([])
    .describe("Who gets which Cloud PC on which connections. Default: none."),
  userSettings: z.array(userSetting).default([]).describe("What users may do with their Cloud PCs. Default: none."),
  singleSignOn: singleSignOn
    .exactOptional()
    .describe("Sign-in with Microsoft Entra ID in Windows, switched on for the tenant. Default: left as it is."),
});

/** What is made in Windows 365 itself. */
export type Windows365 = Immutable<z.output<typeof windows365>>;

/** Settings of the connections. */
export type ConnectionSettings = NonNullable<Windows365["connections"]>;

/** A provisioning policy. */
export type ProvisioningPolicySettings = Windows365["provisioningPolicies"][number];

/** What a pool is called where a provisioning policy names it. */
export function poolReference(region: string, pool: string): string {
  return `${region}/${pool}`;
}
