/**
 * Wire paths a PUT cannot leave out, by mapper class: the mappers flatten `properties` and lose their `required` lists.
 *
 * Source: `required` in https://github.com/Azure/azure-rest-api-specs/tree/main/specification/network/resource-manager/Microsoft.Network
 * (stable/2024-05-01: networkSecurityGroup.json, routeTable.json, virtualNetworkGateway.json, networkWatcher.json), as of 2026-11-21.
 */
export const requiredProperties: Readonly<Record<string, readonly string[]>> = {
  SecurityRule: ["properties.protocol", "properties.access", "properties.priority", "properties.direction"],
  Route: ["properties.nextHopType"],
  VirtualNetworkGatewayConnection: ["properties.virtualNetworkGateway1", "properties.connectionType"],
  FlowLog: ["properties.targetResourceId", "properties.storageId"],
  LoadBalancingRule: ["properties.protocol", "properties.frontendPort"],
  Probe: ["properties.protocol", "properties.port"],
  OutboundRule: ["properties.frontendIPConfigurations", "properties.backendAddressPool", "properties.protocol"],
};
