import { unwritable } from "./graph-collection.ts";
import {
  badRequest,
  type GraphAnswer,
  type GraphRequest,
  type Json,
  noContent,
  notFound,
  ok,
  refused,
} from "./graph-request.ts";
import { carries } from "./token.ts";

/** The passkey method of the tenant. */
export interface Fido2Method {
  current: Json;
}

const odataType = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

/** The method as a new tenant has it; Microsoft does not document every default, so this is the sandbox's. */
export const defaultFido2: Json = {
  "@odata.type": odataType,
  id: "Fido2",
  state: "disabled",
  isSelfServiceRegistrationAllowed: true,
  isAttestationEnforced: false,
  excludeTargets: [],
  includeTargets: [{ targetType: "group", id: "all_users", isRegistrationRequired: false }],
  keyRestrictions: { isEnforced: false, enforcementType: "block", aaGuids: [] },
};

const writable = [
  "state",
  "isSelfServiceRegistrationAllowed",
  "isAttestationEnforced",
  "excludeTargets",
  "includeTargets",
  "keyRestrictions",
  "id",
];

/** Answers `/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2`. https://learn.microsoft.com/graph/api/resources/fido2authenticationmethodconfiguration (page of 2024-07-22) */
export function answerAuthenticationMethods(
  method: Fido2Method,
  { method: verb, segments, body, claims }: GraphRequest,
): GraphAnswer {
  const permissions = ["Policy.ReadWrite.AuthenticationMethod", ...(verb === "GET" ? ["Policy.Read.All"] : [])];
  if (!carries(claims, permissions)) return refused(403, "accessDenied", "Request Authorization failed");
  if (segments[2] !== "authenticationMethodConfigurations" || segments[3]?.toLowerCase() !== "fido2")
    return notFound(segments.join("/"));
  if (verb === "GET") return ok(method.current);
  if (verb === "DELETE") {
    method.current = defaultFido2;
    return noContent;
  }
  if (body["@odata.type"] !== odataType) return badRequest(`'@odata.type' must be '${odataType}'.`);
  const unknown = unwritable(body, writable);
  if (unknown !== undefined) return badRequest(`The property '${unknown}' does not exist or cannot be written.`);
  method.current = { ...method.current, ...body };
  return noContent;
}
