import { type PropertyMap, plainInputs } from "../protocol/property-values.ts";
import { packageVersion } from "../protocol/protobuf.ts";
import type { InvokeRequest, StandInProvider } from "../protocol/stand-in-provider.ts";
import { servicePrincipals, tenant } from "./tenant.ts";

/** Answers the functions of azuread. No resource of it is imitated yet, and each says so. */
export function createAzureadProvider(): StandInProvider {
  return {
    name: "azuread",
    sdkVersion: packageVersion("@pulumi/azuread"),
    configure: () => undefined,
    check: async ({ token }) => refuse(token),
    diff: async ({ token }) => refuse(token),
    create: async ({ token }) => refuse(token),
    update: async ({ token }) => refuse(token),
    read: async ({ token }) => refuse(token),
    delete: async ({ token }) => refuse(token),
    invoke,
  };
}

async function invoke({ token, args }: InvokeRequest): Promise<PropertyMap> {
  const answer = functions.get(token);
  if (answer === undefined) throw new Error(`the sandbox does not imitate the function "${token}"`);
  return answer(plainInputs(args));
}

const functions: ReadonlyMap<string, (args: PropertyMap) => PropertyMap> = new Map([
  ["azuread:index/getServicePrincipal:getServicePrincipal", getServicePrincipal],
  ["azuread:index/getClientConfig:getClientConfig", getClientConfig],
]);

function getServicePrincipal(args: PropertyMap): PropertyMap {
  const [name, wanted] = Object.entries(args)[0] ?? [];
  const found = servicePrincipals.find(
    (principal) =>
      (name === "clientId" && principal.clientId === wanted) ||
      (name === "objectId" && principal.objectId === wanted) ||
      (name === "displayName" && principal.displayName === wanted),
  );
  if (found === undefined) {
    throw new Error(
      `Service principal not found: No service principal found in the sandbox's tenant matching ${name ?? "nothing"} ${JSON.stringify(wanted ?? null)}`,
    );
  }
  return {
    ...found,
    id: `/servicePrincipals/${found.objectId}`,
    accountEnabled: true,
    alternativeNames: [],
    appRoleAssignmentRequired: false,
    servicePrincipalNames: [found.clientId],
    signInAudience: "AzureADMultipleOrgs",
    tags: [],
    type: "Application",
  };
}

function getClientConfig(): PropertyMap {
  const { clientId, objectId } = tenant.signedIn;
  return { clientId, objectId, tenantId: tenant.tenantId, id: `${tenant.tenantId}-${clientId}-${objectId}` };
}

function refuse(token: string): never {
  throw new Error(`the sandbox does not imitate resources of type "${token}"`);
}
