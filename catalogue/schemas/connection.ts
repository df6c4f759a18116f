import { z } from "zod";
import { citation, confirmation, identifier, microsoftName, provenance, rowsOf, statement } from "./provenance.ts";

const joinType = z.enum(["azureADJoin", "hybridAzureADJoin"]);

/** The Azure network connection in Graph: properties, operations, statuses, limits. */
export const ancSchema = z.strictObject({
  resource: z.strictObject({ odataType: z.string(), clouds: z.record(z.string(), z.boolean()), ...citation }),
  properties: rowsOf(
    z.strictObject({
      id: microsoftName,
      type: z.string(),
      readOnly: z.boolean(),
      betaOnly: z.boolean(),
      /** Whether a create request carries it; with hybrid join only, where it says so. */
      create: z.enum(["required", "optional", "never", "hybridAzureADJoin"]),
      values: z.array(z.string()).exactOptional(),
      default: z.string().exactOptional(),
      note: z.string().exactOptional(),
      ...provenance,
    }),
  ),
  operations: rowsOf(
    z.strictObject({
      id: microsoftName,
      method: z.enum(["GET", "POST", "PATCH", "DELETE"]),
      path: z.string(),
      success: z.int().exactOptional(),
      delegated: z.array(z.string()),
      application: z.array(z.string()),
      ...provenance,
    }),
  ),
  healthCheckStatuses: rowsOf(
    z.strictObject({
      id: microsoftName,
      portal: z.string(),
      usableForProvisioning: z.boolean(),
      note: z.string().exactOptional(),
      ...provenance,
    }),
  ),
  limits: rowsOf(
    z.strictObject({
      id: identifier,
      value: z.int(),
      ...provenance,
      confirmedBy: z.array(confirmation).exactOptional(),
    }),
  ),
  statements: rowsOf(statement),
});

/** Health checks of a connection and every error type. */
export const healthChecksSchema = z.strictObject({
  listedCount: z.strictObject({ value: z.int(), ...citation }),
  checks: rowsOf(
    z.strictObject({
      id: microsoftName,
      name: z.string(),
      joinTypes: z.array(joinType).min(1),
      verifies: z.string(),
      worstStatus: z.enum(["failed", "warning", "informational"]),
      worstStatusBasis: z.enum(["stated", "inferred"]),
      errorFamily: z.string().exactOptional(),
      /** On the health check page; the others are known from elsewhere. */
      listed: z.boolean(),
      ...provenance,
    }),
  ),
  errorTypes: rowsOf(
    z.strictObject({
      id: microsoftName,
      family: z.string(),
      /** The health check that reports it. */
      check: microsoftName,
      meaning: z.string(),
      severity: z.enum(["failed", "warning", "transient", "informational"]),
      ...provenance,
    }),
  ),
  thresholds: rowsOf(z.strictObject({ id: identifier, minutes: z.array(z.int()).min(1), ...citation })),
  statements: rowsOf(statement),
});

/** Join types, identities, Conditional Access and single sign-on. */
export const identitySchema = z.strictObject({
  joinTypes: rowsOf(
    z.strictObject({
      id: joinType,
      azureSubscription: z.string(),
      domainControllerLineOfSight: z.enum(["required", "optional"]),
      microsoftHostedNetwork: z.boolean(),
      identities: z.array(z.string()),
      management: z.string(),
      windowsHelloForBusiness: z.string(),
      ...provenance,
    }),
  ),
  identityTypes: rowsOf(z.strictObject({ id: microsoftName, support: z.string(), ...provenance })),
  licences: rowsOf(z.strictObject({ id: identifier, name: z.string(), ...citation })),
  conditionalAccessTargets: rowsOf(
    z.strictObject({
      id: identifier,
      application: identifier,
      when: z.enum(["always", "singleSignOn"]),
      ...citation,
    }),
  ),
  singleSignOnSteps: rowsOf(
    z.strictObject({
      id: identifier,
      order: z.int(),
      request: z.string().exactOptional(),
      body: z.record(z.string(), z.json()).exactOptional(),
      applications: z.array(identifier).exactOptional(),
      optional: z.boolean(),
      step: z.string(),
      ...citation,
    }),
  ),
  statements: rowsOf(statement),
});
