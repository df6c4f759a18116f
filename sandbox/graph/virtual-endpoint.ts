import { type AssignedKind, answerAssigned } from "./assigned-objects.ts";
import { answerConnections, type ConnectionParts } from "./connections.ts";
import type { GraphCollection } from "./graph-collection.ts";
import { type GraphAnswer, type GraphRequest, type Json, notFound } from "./graph-request.ts";
import { objects, text } from "./json.ts";

/** The objects below `/deviceManagement/virtualEndpoint`. */
export interface VirtualEndpointParts {
  readonly connections: Omit<ConnectionParts, "inPolicy" | "address">;
  readonly policies: GraphCollection;
  readonly userSettings: GraphCollection;
  /** Where lists continue, without the last segment. */
  readonly address: string;
}

/** Answers what lies below `/deviceManagement/virtualEndpoint`. */
export function answerVirtualEndpoint(parts: VirtualEndpointParts, request: GraphRequest): GraphAnswer {
  const [, , kind = "", ...rest] = request.segments;
  const address = `${parts.address}/${kind}`;
  switch (kind) {
    case "onPremisesConnections":
      return answerConnections({ ...parts.connections, address, inPolicy: (id) => inPolicy(parts, id) }, request, rest);
    case "provisioningPolicies":
      return answerAssigned(policyKind(parts, address), request, rest);
    case "userSettings":
      return answerAssigned(userSettingKind(parts, address), request, rest);
    default:
      return notFound(kind);
  }
}

function inPolicy({ policies }: VirtualEndpointParts, connectionId: string): boolean {
  return policies
    .all()
    .some((policy) =>
      objects(policy.domainJoinConfigurations).some(
        ({ onPremisesConnectionId }) => onPremisesConnectionId === connectionId,
      ),
    );
}

/** https://learn.microsoft.com/graph/api/resources/cloudpcprovisioningpolicy (read 2026-11-21) */
function policyKind({ policies, connections }: VirtualEndpointParts, address: string): AssignedKind {
  return {
    collection: policies,
    odataType: "cloudPcProvisioningPolicy",
    required: ["displayName", "domainJoinConfigurations", "imageId"],
    writable: [
      "displayName",
      "description",
      "provisioningType",
      "imageId",
      "imageType",
      "imageDisplayName",
      "enableSingleSignOn",
      "domainJoinConfigurations",
      "windowsSetting",
      "cloudPcNamingTemplate",
      "scopeIds",
    ],
    fixed: ["provisioningType"],
    defaults: {
      provisioningType: "dedicated",
      imageType: "gallery",
      enableSingleSignOn: false,
      managedBy: "windows365",
    },
    patchStatus: 204,
    problemOf: (body) =>
      objects(body.domainJoinConfigurations)
        .map((one) => joinProblem(connections.connections, one))
        .find(Boolean),
    address,
  };
}

/** https://learn.microsoft.com/graph/api/resources/cloudpcdomainjoinconfiguration (read 2026-11-21) */
function joinProblem(
  connections: GraphCollection,
  { domainJoinType, onPremisesConnectionId, regionName }: Json,
): string | undefined {
  if (domainJoinType !== "azureADJoin" && domainJoinType !== "hybridAzureADJoin")
    return "A 'domainJoinType' is not valid.";
  const id = text(onPremisesConnectionId);
  if (id === undefined) {
    return regionName === undefined || domainJoinType === "hybridAzureADJoin"
      ? "An 'onPremisesConnectionId' or, for 'azureADJoin', a 'regionName' is required."
      : undefined;
  }
  if (regionName !== undefined) return "Leave 'regionName' empty with an 'onPremisesConnectionId'.";
  const connection = connections.find(id);
  if (connection === undefined) return `The Azure network connection '${id}' does not exist.`;
  const usable = connection.healthCheckStatus === "passed" || connection.healthCheckStatus === "warning";
  return usable ? undefined : `The Azure network connection '${id}' has not passed its health checks.`;
}

/** https://learn.microsoft.com/graph/api/resources/cloudpcusersetting (read 2026-11-21) */
function userSettingKind({ userSettings }: VirtualEndpointParts, address: string): AssignedKind {
  return {
    collection: userSettings,
    odataType: "cloudPcUserSetting",
    required: ["displayName"],
    writable: ["displayName", "localAdminEnabled", "resetEnabled", "restorePointSetting", "lastModifiedDateTime"],
    fixed: [],
    defaults: { localAdminEnabled: false, resetEnabled: false },
    patchStatus: 200,
    problemOf: () => undefined,
    address,
  };
}
