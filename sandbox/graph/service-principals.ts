import { servicePrincipals } from "../azuread/tenant.ts";
import { page } from "./graph-collection.ts";
import {
  badRequest,
  created,
  type GraphAnswer,
  type GraphRequest,
  type Json,
  noContent,
  notFound,
  ok,
  refused,
} from "./graph-request.ts";
import { objects, text } from "./json.ts";
import { carries } from "./token.ts";

/** Remote desktop configurations by service principal; a principal without one has never been configured. */
export type RemoteDesktopConfigurations = Map<string, Json>;

const read = [
  "Application-RemoteDesktopConfig.ReadWrite.All",
  "Application.Read.All",
  "Application.ReadWrite.All",
  "Directory.ReadWrite.All",
];
const write = ["Application-RemoteDesktopConfig.ReadWrite.All", "Application.ReadWrite.All", "Directory.ReadWrite.All"];

/** Most groups on one principal. https://learn.microsoft.com/graph/api/remotedesktopsecurityconfiguration-post-targetdevicegroups (read 2026-11-21) */
const maximumGroups = 10;

/** Answers `/servicePrincipals`: look-up by application id, and the switch of single sign-on. */
export function answerServicePrincipals(
  configurations: RemoteDesktopConfigurations,
  { method, segments, query, body, claims }: GraphRequest,
  address: string,
): GraphAnswer {
  if (!carries(claims, method === "GET" ? read : write)) {
    return refused(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  }
  const [, id, part, list, groupId] = segments;
  const found = servicePrincipals.map((principal) => ({
    "@odata.type": "#microsoft.graph.servicePrincipal",
    id: principal.objectId,
    appId: principal.clientId,
    displayName: principal.displayName,
  }));
  if (id === undefined)
    return page(
      found.filter(({ appId }) => isWanted(query.get("$filter"), appId)),
      query,
      address,
    );
  const principal = found.find((one) => one.id === id);
  if (principal === undefined) return notFound(id);
  if (part === undefined) return ok(principal);
  if (part !== "remoteDesktopSecurityConfiguration") return notFound(part);
  if (list === "targetDeviceGroups") return answerGroups(configurations, id, method, groupId, body);
  if (method === "PATCH") return patch(configurations, id, body);
  const configuration = configurations.get(id);
  if (configuration === undefined) return notFound(part);
  const { targetDeviceGroups: _, ...shown } = configuration;
  return ok(shown);
}

function patch(configurations: RemoteDesktopConfigurations, id: string, body: Json): GraphAnswer {
  if (typeof body.isRemoteDesktopProtocolEnabled !== "boolean") {
    return badRequest("The property 'isRemoteDesktopProtocolEnabled' is required.");
  }
  const { isRemoteDesktopProtocolEnabled } = body;
  const configuration = {
    targetDeviceGroups: [],
    ...configurations.get(id),
    "@odata.type": "#microsoft.graph.remoteDesktopSecurityConfiguration",
    id,
    isRemoteDesktopProtocolEnabled,
  };
  configurations.set(id, configuration);
  const { targetDeviceGroups: _, ...shown } = configuration;
  return ok(shown);
}

function answerGroups(
  configurations: RemoteDesktopConfigurations,
  id: string,
  method: string,
  groupId: string | undefined,
  body: Json,
): GraphAnswer {
  const configuration = configurations.get(id);
  if (configuration === undefined) return notFound("remoteDesktopSecurityConfiguration");
  const groups = objects(configuration.targetDeviceGroups);
  if (method === "GET") return ok({ value: groups });
  if (method === "DELETE") {
    configurations.set(id, { ...configuration, targetDeviceGroups: groups.filter((group) => group.id !== groupId) });
    return groups.some((group) => group.id === groupId) ? noContent : notFound(groupId ?? "");
  }
  if (!text(body.id) || !text(body.displayName))
    return badRequest("The properties 'id' and 'displayName' are required.");
  if (groups.length >= maximumGroups)
    return badRequest(`At most ${maximumGroups} target device groups can be configured.`);
  const group = { "@odata.type": "#microsoft.graph.targetDeviceGroup", id: body.id, displayName: body.displayName };
  configurations.set(id, { ...configuration, targetDeviceGroups: [...groups, group] });
  return created(group);
}

function isWanted(filter: string | null, appId: string): boolean {
  return filter === null || filter === `appId eq '${appId}'`;
}
