import { z } from "zod";
import { blockingSettings } from "../../policy-packs/tenant-facts.ts";

const guid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, {
    error: (issue) => `${JSON.stringify(issue.input)} is not a GUID such as "00000000-0000-0000-0000-000000000000"`,
  })
  .transform((text) => text.toLowerCase());

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, {
  error: (issue) => `${JSON.stringify(issue.input)} is not a date such as "2026-11-21"`,
});

const text = z.string().min(1);
const count = z.int().min(0);

/** Resources as the REST API and the Azure CLI print them; read by the readers of ARM. */
const armResources = z.array(z.looseObject({ id: text.regex(/^\//, "the id of an ARM resource starts with a slash") }));

const subscription = z.strictObject({
  subscriptionId: guid,
  state: z
    .enum(["Enabled", "Warned", "PastDue", "Disabled", "Deleted", "NotFound"])
    .describe("ARM's state; NotFound: it was looked for and is not there."),
  tenantId: guid.exactOptional().describe("The tenant that it belongs to now."),
  managementGroups: z
    .array(text)
    .exactOptional()
    .describe("Names of the management groups above it, the nearest first."),
});

const policies = z.strictObject({
  assignments: armResources.describe("policyAssignments that apply, those of parent scopes included."),
  definitions: armResources.describe("policyDefinitions that they or their initiatives name, built-in ones included."),
  setDefinitions: armResources.describe("policySetDefinitions (initiatives) that they name."),
  exemptions: armResources.describe("policyExemptions that apply."),
});

const resourceGroup = z.strictObject({
  id: text,
  state: text.describe(
    "ARM's provisioningState, such as Succeeded or Deleting; NotFound: it was looked for and is not there.",
  ),
  deploymentCount: count.exactOptional().describe("Deployments in its history."),
});

const virtualNetwork = z.strictObject({
  id: text,
  state: text.describe("ARM's provisioningState, such as Succeeded; NotFound: it was looked for and is not there."),
  beingMoved: z
    .boolean()
    .exactOptional()
    .describe("Whether it is on its way to another resource group or subscription."),
  subnets: z
    .array(
      z.strictObject({
        name: text,
        usedAddressCount: count
          .exactOptional()
          .describe("Addresses that are taken, without the five that Azure keeps."),
      }),
    )
    .exactOptional()
    .describe("Every subnet that it has."),
});

const licence = z.strictObject({
  skuPartNumber: text,
  servicePlans: z.array(text).describe("servicePlanName of each plan in it."),
  enabled: count.describe("How many there are (prepaidUnits.enabled)."),
  consumed: count.describe("How many are assigned (consumedUnits)."),
});

const intune = z.strictObject({
  platformRestrictions: z
    .array(
      z.strictObject({
        name: text,
        kind: z.enum(["default", "custom"]),
        windowsBlocked: z.boolean().describe("Whether it blocks Windows (MDM)."),
      }),
    )
    .exactOptional()
    .describe("Every device platform restriction on enrolment; one of them is the default one."),
  windows365MayRead: z
    .boolean()
    .exactOptional()
    .describe("Whether the service principal of Windows 365 may read the restrictions."),
});

const deviceSync = z.strictObject({
  hybridJoinEnabled: z.boolean().describe("Whether Entra Connect is set up for hybrid join of devices."),
  serviceConnectionPointConfigured: z.boolean().describe("Whether the forest has a service connection point."),
  organizationalUnitSynced: z.boolean().describe("Whether the organizational unit of the Cloud PCs is synchronised."),
  intervalMinutes: z.number().min(0).describe("Minutes between two cycles."),
  lastDurationMinutes: z.number().min(0).describe("Minutes that the last cycle took."),
});

const domainAccount = z.strictObject({
  username: text.describe("User principal name, as the connection names it."),
  domainName: text,
  attestedOn: date.describe("The day on which an administrator looked."),
  owner: text.describe("Who looked."),
  enabled: z.boolean().exactOptional(),
  locked: z.boolean().exactOptional(),
  passwordExpired: z.boolean().exactOptional(),
  passwordAccepted: z
    .boolean()
    .exactOptional()
    .describe("Whether a sign-in with the password that the connection holds was tried and worked."),
  mayManageComputers: z
    .boolean()
    .exactOptional()
    .describe("Whether it may create and delete computer objects in the organizational unit."),
  computersLeft: z
    .union([count, z.literal("unlimited")])
    .exactOptional()
    .describe("How many more computers it may join; 0: ms-DS-MachineAccountQuota is used up."),
  organizationalUnitExists: z.boolean().exactOptional(),
  conflictingComputers: z
    .array(text)
    .exactOptional()
    .describe("Computer objects that have names which Cloud PCs will get."),
});

const groupPolicy = z.strictObject({
  name: text,
  blocks: z.array(z.enum(blockingSettings)).describe("Settings in it that stop provisioning; empty: none."),
});

const kerberosServer = z.strictObject({
  domainName: text,
  exists: z.boolean().describe("Whether the domain has a Kerberos server object of Entra ID."),
  matchesEntra: z.boolean().exactOptional().describe("Whether its id and key are those that Entra ID holds."),
});

/** What `--tenant FILE` reads; documented in docs/tenant-facts.md, its JSON Schema is generated from here. */
export const tenantSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  schemaVersion: z.literal(1),
  readOn: date.describe("When the facts were read."),
  tenantId: guid.describe("The tenant that Windows 365 belongs to."),
  subscriptions: z.array(subscription).exactOptional(),
  servicePrincipals: z
    .array(z.strictObject({ appId: guid, objectId: guid }))
    .exactOptional()
    .describe("Which object an application is in this tenant."),
  policies: policies.exactOptional().describe("All of Azure Policy that applies to the subscriptions."),
  roleAssignments: armResources.exactOptional().describe("Role assignments, those of parent scopes included."),
  locks: armResources.exactOptional().describe("Locks, those of parent scopes included."),
  resourceGroups: z.array(resourceGroup).exactOptional(),
  virtualNetworks: z.array(virtualNetwork).exactOptional(),
  licences: z.array(licence).exactOptional().describe("subscribedSkus of the tenant."),
  intune: intune.exactOptional(),
  deviceSync: deviceSync.exactOptional().describe("How computers get from Active Directory to Entra ID."),
  domainAccounts: z.array(domainAccount).exactOptional().describe("Accounts that join Cloud PCs to a domain."),
  groupPolicies: z
    .array(groupPolicy)
    .exactOptional()
    .describe("Every group policy that reaches the organizational unit of the Cloud PCs."),
  kerberosServers: z.array(kerberosServer).exactOptional(),
});

/** The JSON Schema of the file, for editors. */
export function tenantJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(tenantSchema, { io: "input" });
  return {
    $schema,
    title: "Facts of a tenant for w365",
    description: "What `w365 check --tenant FILE` reads; every part but the first four may be left out.",
    ...rest,
  };
}
