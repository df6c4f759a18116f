import type { AzureNetworkConnection } from "../../model/estate/governance.ts";
import type { ArmObject } from "../arm/arm-value.ts";
import { defined, Fields, type Notebook } from "./fields.ts";

/**
 * Windows 365 connections in Graph's form. Passwords are never looked at.
 *
 * https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection (read 2026-11-21).
 */
export function readAzureNetworkConnections(
  connections: readonly ArmObject[],
  notebook: Notebook,
): readonly AzureNetworkConnection[] {
  return connections.map((connection) => {
    const fields = new Fields(connection, "", notebook);
    const kind = fields.value("connectionType") === undefined ? "type" : "connectionType";
    return {
      id: fields.label("id"),
      displayName: fields.required(fields.text("displayName"), "displayName"),
      ...defined({
        connectionType: fields.oneOf(kind, ["azureADJoin", "hybridAzureADJoin"]),
        subscriptionId: fields.text("subscriptionId"),
        resourceGroupId: fields.reference("resourceGroupId"),
        virtualNetworkId: fields.reference("virtualNetworkId"),
        subnetId: fields.reference("subnetId"),
        virtualNetworkLocation: fields.text("virtualNetworkLocation"),
        adDomainName: fields.text("adDomainName"),
        adDomainUsername: fields.text("adDomainUsername"),
        organizationalUnit: fields.text("organizationalUnit"),
        healthCheckStatus: fields.text("healthCheckStatus"),
      }),
    };
  });
}
