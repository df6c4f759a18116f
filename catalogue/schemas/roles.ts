import { z } from "zod";
import { choice, citation, identifier, microsoftName, provenance, rowsOf, statement } from "./provenance.ts";

const scope = z.enum(["subscription", "resourceGroup", "virtualNetwork"]);
const use = z.enum(["createConnection", "singleSignOn", "readConnection", "writeConnection", "runHealthChecks"]);

/** Roles, scopes, applications and permissions around an Azure network connection. */
export const rolesSchema = z.strictObject({
  assignments: rowsOf(
    z.strictObject({
      id: identifier,
      application: identifier,
      scope,
      role: identifier,
      healthCheck: microsoftName,
      errorType: microsoftName,
      ...provenance,
    }),
  ),
  roles: rowsOf(
    z.strictObject({
      id: identifier,
      name: z.string(),
      roleDefinitionId: z.guid(),
      actions: z.array(z.string()).exactOptional(),
      note: z.string().exactOptional(),
      ...provenance,
    }),
  ),
  applications: rowsOf(
    z.strictObject({ id: identifier, name: z.string(), applicationId: z.guid(), use: z.string(), ...provenance }),
  ),
  entraRoles: rowsOf(z.strictObject({ id: identifier, name: z.string(), templateId: z.guid(), use, ...provenance })),
  graphPermissions: rowsOf(
    z.strictObject({
      id: identifier,
      use,
      delegated: z.array(z.string()),
      application: z.array(z.string()),
      ...provenance,
    }),
  ),
  creatorRoles: rowsOf(
    z.strictObject({
      id: identifier,
      scope: z.enum(["directory", "subscription"]),
      anyOf: z.array(identifier).min(1),
      when: z.enum(["always", "newNetworkOrResourceGroup"]),
      choice: choice.exactOptional(),
      ...citation,
    }),
  ),
  statements: rowsOf(statement),
  wrongIdentifiers: rowsOf(
    z.strictObject({
      id: identifier,
      where: z.string(),
      wrong: z.array(z.guid()),
      right: z.array(identifier),
      ...citation,
    }),
  ),
});
