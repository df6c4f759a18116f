import { tenant } from "../azuread/tenant.ts";
import { type PropertyMap, plainInputs } from "../protocol/property-values.ts";
import type { InvokeRequest } from "../protocol/stand-in-provider.ts";
import type { ArmClient } from "./arm-client.ts";
import { resourceAddress } from "./resource-address.ts";
import { outputsOf } from "./resource-body.ts";
import { resourceTypeOf } from "./resource-types.ts";

/** Answers a function of azure-native: who is signed in, and `get…` of every type that the sandbox imitates. */
export async function invokeFunction(
  request: InvokeRequest,
  subscriptionId: string,
  client: ArmClient,
): Promise<PropertyMap> {
  const { clientId, objectId } = tenant.signedIn;
  if (request.token === "azure-native:authorization:getClientConfig") {
    return { clientId, objectId, subscriptionId, tenantId: tenant.tenantId };
  }
  if (request.token === "azure-native:authorization:getClientToken")
    return { token: "sandbox-token-that-opens-nothing" };
  const type = resourceTypeOf(request.token.replace(/:get([A-Z]\w*)$/, ":$1"));
  if (type === undefined || !/:get[A-Z]/.test(request.token)) {
    throw new Error(`the sandbox does not imitate the function "${request.token}"`);
  }
  const id = resourceAddress(type, plainInputs(request.args), subscriptionId);
  const resource = await client.find(id);
  if (resource === undefined)
    throw new Error(`sandbox: Status=404 Code="ResourceNotFound" Message="The Resource '${id}' was not found."`);
  return { ...outputsOf(type, resource), id: resource.id };
}
