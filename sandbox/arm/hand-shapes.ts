import type { HandShape } from "./hand-shape.ts";

const tracked = { "location!": "string", tags: { "*": "string" } } as const;
const reference = { "id!": "string" } as const;
const switches = [
  { category: "string", categoryGroup: "string", "enabled!": "boolean", retentionPolicy: "any", timeGrain: "string" },
] as const;

/**
 * Shapes of the types outside `@azure/arm-network`, wire names.
 *
 * Sources (as of 2026-11-21): the reference pages under https://learn.microsoft.com/azure/templates/ for each type and
 * API version named in `types/`, cut to what an environment of this project can contain.
 */
export const handShapes: Readonly<Record<string, HandShape>> = {
  "Microsoft.Resources/resourceGroups": {
    ...tracked,
    managedBy: "string",
    properties: { provisioningState: "string" },
  },
  "Microsoft.Authorization/roleAssignments": {
    "properties!": {
      "roleDefinitionId!": "string",
      "principalId!": "string",
      principalType: "User|Group|ServicePrincipal|ForeignGroup|Device",
      description: "string",
      condition: "string",
      conditionVersion: "string",
      delegatedManagedIdentityResourceId: "string",
      scope: "string",
    },
  },
  "Microsoft.Authorization/locks": {
    "properties!": { "level!": "NotSpecified|CanNotDelete|ReadOnly", notes: "string", owners: "any" },
  },
  "Microsoft.OperationalInsights/workspaces": {
    ...tracked,
    identity: "any",
    properties: {
      sku: {
        "name!": "Free|Standard|Premium|PerNode|PerGB2018|Standalone|CapacityReservation|LACluster",
        capacityReservationLevel: "number",
      },
      retentionInDays: "number",
      workspaceCapping: { dailyQuotaGb: "number" },
      publicNetworkAccessForIngestion: "Enabled|Disabled",
      publicNetworkAccessForQuery: "Enabled|Disabled",
      forceCmkForQuery: "boolean",
      defaultDataCollectionRuleResourceId: "string",
      features: "any",
      "*": "any",
    },
  },
  "Microsoft.Insights/diagnosticSettings": {
    "properties!": {
      workspaceId: "string",
      storageAccountId: "string",
      serviceBusRuleId: "string",
      eventHubAuthorizationRuleId: "string",
      eventHubName: "string",
      marketplacePartnerId: "string",
      logAnalyticsDestinationType: "Dedicated|AzureDiagnostics",
      logs: switches,
      metrics: switches,
    },
  },
  "Microsoft.Storage/storageAccounts": {
    ...tracked,
    "sku!": { "name!": "string", tier: "Standard|Premium" },
    "kind!": "Storage|StorageV2|BlobStorage|FileStorage|BlockBlobStorage",
    identity: "any",
    extendedLocation: "any",
    properties: {
      accessTier: "Hot|Cool|Cold|Premium",
      allowBlobPublicAccess: "boolean",
      allowCrossTenantReplication: "boolean",
      allowSharedKeyAccess: "boolean",
      defaultToOAuthAuthentication: "boolean",
      isHnsEnabled: "boolean",
      minimumTlsVersion: "TLS1_0|TLS1_1|TLS1_2|TLS1_3",
      networkAcls: {
        bypass: "string",
        "defaultAction!": "Allow|Deny",
        ipRules: "any",
        virtualNetworkRules: "any",
        resourceAccessRules: "any",
      },
      publicNetworkAccess: "Enabled|Disabled|SecuredByPerimeter",
      supportsHttpsTrafficOnly: "boolean",
      "*": "any",
    },
  },
  "Microsoft.Network/privateDnsZones": { ...tracked, properties: "any" },
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks": {
    ...tracked,
    properties: {
      virtualNetwork: reference,
      registrationEnabled: "boolean",
      resolutionPolicy: "Default|NxDomainRedirect",
      "*": "any",
    },
  },
  "Microsoft.Network/dnsResolvers": { ...tracked, "properties!": { "virtualNetwork!": reference, "*": "any" } },
  "Microsoft.Network/dnsResolvers/inboundEndpoints": {
    ...tracked,
    "properties!": {
      "ipConfigurations!": [
        { "subnet!": reference, privateIpAddress: "string", privateIpAllocationMethod: "Static|Dynamic" },
      ],
      "*": "any",
    },
  },
  "Microsoft.Network/dnsResolvers/outboundEndpoints": {
    ...tracked,
    "properties!": { "subnet!": reference, "*": "any" },
  },
  "Microsoft.Network/dnsForwardingRulesets": {
    ...tracked,
    "properties!": { "dnsResolverOutboundEndpoints!": [reference], "*": "any" },
  },
  "Microsoft.Network/dnsForwardingRulesets/forwardingRules": {
    "properties!": {
      "domainName!": "string",
      "targetDnsServers!": [{ "ipAddress!": "string", port: "number" }],
      metadata: { "*": "string" },
      forwardingRuleState: "Enabled|Disabled",
      "*": "any",
    },
  },
  "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks": {
    "properties!": { "virtualNetwork!": reference, metadata: { "*": "string" }, "*": "any" },
  },
};
