import { z } from "zod";

const permission = z.enum(["forbidden", "allowed"]);

const endpointRecordSchema = z.strictObject({
  id: z.string().describe("Permanent id of the row."),
  service: z.string().describe("The service that the destination belongs to."),
  side: z
    .enum(["cloudPc", "client"])
    .describe("Whose traffic it is: the Cloud PC's, or that of the user's own machine."),
  clouds: z.array(z.enum(["public", "usGov"])).describe("Azure clouds in which the row applies."),
  destination: z
    .strictObject({ kind: z.enum(["fqdn", "wildcardFqdn", "prefix", "serviceTag", "fqdnTag"]), value: z.string() })
    .describe("Where the traffic goes."),
  protocol: z.enum(["Tcp", "Udp"]),
  ports: z.array(z.string()).describe('Ports, or ranges such as "1024-65535".'),
  purpose: z.string(),
  requirement: z.enum(["required", "optional"]).describe("Required wherever the row's conditions hold."),
  when: z
    .strictObject({
      joinTypes: z.array(z.enum(["azureADJoin", "hybridAzureADJoin"])),
      intuneLocations: z.array(z.enum(["na", "eu", "ap"])),
      features: z.array(z.string()).describe("Any of these features wants the row; empty: no feature is needed."),
      editions: z.array(z.enum(["GCC", "GCCH"])).optional(),
    })
    .describe("Conditions under which the row applies."),
  tlsInspection: permission,
  proxy: permission,
  vpn: permission,
  healthCheck: z.string().nullable().describe("The health check that fails when the destination cannot be reached."),
  errorType: z.string().nullable().describe("The error type that it reports."),
  fqdnTags: z.array(z.string()).describe("Azure Firewall FQDN tags that are documented to cover the row."),
  serviceTags: z.array(z.string()).describe("Service tags that are documented to cover the row."),
  addressesOf: z.string().nullable().describe("The row whose addresses these are."),
  note: z.string().nullable(),
  status: z.enum(["current", "legacy", "removed", "disputed"]),
  choice: z
    .strictObject({ decision: z.string(), reason: z.string(), contradiction: z.string() })
    .nullable()
    .describe("What is used where sources disagree, and why."),
  source: z.strictObject({ id: z.string(), title: z.string(), asOf: z.string() }),
  lastConfirmed: z.string().describe("The newest day up to which any source is known to list the row."),
});

/** What `w365 catalogue list --format json` prints; the JSON Schema in docs/schemas is made from it. */
export const catalogueListSchema = z.strictObject({
  schemaVersion: z.literal(1),
  asOf: z.string().describe("The newest day on which a source was read or dated."),
  endpoints: z.array(endpointRecordSchema),
});
