import { nameOf, parseArmId, sameId } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { badRequest, conflict, notFound } from "../refusal.ts";
import { records, text, type Wire } from "../wire.ts";

const type = "Microsoft.Insights/diagnosticSettings";

/** Diagnostic settings. Source: https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings (as of 2026-11-21). */
export const diagnosticSettings = defineRules({
  type,
  apiVersion: "2021-05-01-preview",
  name: {
    min: 1,
    max: 260,
    pattern: /^[^*<>%:&\\?+/]*[^*<>%:&\\?+/ ]$/,
    code: "InvalidDiagnosticSettingName",
    characters: "It must not contain * < > % : & \\ ? + /.",
  },
  place: "none",
  references: [
    { path: "properties.workspaceId", type: "Microsoft.OperationalInsights/workspaces" },
    { path: "properties.storageAccountId", type: "Microsoft.Storage/storageAccounts" },
  ],
  refusePut,
  duration: { create: 5, update: 5, delete: 5 },
});

const destinations = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];
const settingsMax = 5;

function* refusePut({ id, body, estate }: ArmPut): Generator<ArmError> {
  const scope = parseArmId(id)?.scope ?? "";
  const resource = estate.get(scope);
  if (resource === undefined) {
    yield notFound("ResourceNotFound", `The Resource '${scope}' was not found.`);
    return;
  }
  const sinks = sinksOf(body);
  if (sinks.length === 0) {
    yield badRequest(
      "BadRequest",
      `Diagnostic setting '${nameOf(id)}' must have at least one data sink: ${destinations.join(", ")}.`,
    );
  }
  yield* checkCategories(body, resource);
  const others = estate
    .list(type)
    .filter((other) => sameId(parseArmId(other.id)?.scope, scope) && !sameId(other.id, id));
  if (others.length >= settingsMax) {
    yield badRequest(
      "BadRequest",
      `The limit of ${settingsMax} diagnostic settings was reached for resource '${scope}'.`,
    );
  }
  for (const other of others) yield* checkTwice(body, other);
}

// A sink takes each category of a resource once.
function* checkTwice(body: ArmResource, other: ArmResource): Generator<ArmError> {
  const sink = sinksOf(body).find((one) => sinksOf(other).some((two) => sameId(one, two)));
  const taken = new Set(enabledOf(other).map(categoryOf));
  const category = enabledOf(body)
    .map(categoryOf)
    .find((one) => taken.has(one));
  if (sink === undefined || category === undefined) return;
  yield conflict(
    "Conflict",
    `Data sink '${sink}' is already used in diagnostic setting '${other.name}' for category '${category}'. ` +
      "Data sinks can't be reused in different settings on the same category for the same resource.",
  );
}

/**
 * Log categories by resource type; a type that is not here takes any category.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/logs-index (as of 2026-11-21).
 */
const categories: Readonly<Record<string, readonly string[]>> = {
  "microsoft.network/azurefirewalls": [
    "AZFWApplicationRule",
    "AZFWApplicationRuleAggregation",
    "AZFWDnsAdditional",
    "AZFWDnsQuery",
    "AZFWFatFlow",
    "AZFWFlowTrace",
    "AZFWFqdnResolveFailure",
    "AZFWIdpsSignature",
    "AZFWNatRule",
    "AZFWNatRuleAggregation",
    "AZFWNetworkRule",
    "AZFWNetworkRuleAggregation",
    "AZFWThreatIntel",
    "AzureFirewallApplicationRule",
    "AzureFirewallDnsProxy",
    "AzureFirewallNetworkRule",
  ],
  "microsoft.network/networksecuritygroups": ["NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter"],
  "microsoft.network/virtualnetworks": ["VMProtectionAlerts"],
  "microsoft.network/virtualnetworkgateways": [
    "GatewayDiagnosticLog",
    "IKEDiagnosticLog",
    "P2SDiagnosticLog",
    "RouteDiagnosticLog",
    "TunnelDiagnosticLog",
  ],
  "microsoft.network/publicipaddresses": [
    "DDoSMitigationFlowLogs",
    "DDoSMitigationReports",
    "DDoSProtectionNotifications",
  ],
  "microsoft.network/bastionhosts": ["BastionAuditLogs"],
};

function* checkCategories(body: ArmResource, resource: ArmResource): Generator<ArmError> {
  const supported = categories[resource.type.toLowerCase()];
  for (const log of records(body.properties.logs)) {
    const category = text(log.category);
    const group = text(log.categoryGroup);
    if ((category === undefined) === (group === undefined)) {
      yield badRequest("BadRequest", "Each log setting must have either category or categoryGroup.");
    } else if (category !== undefined && supported && !supported.includes(category)) {
      yield badRequest(
        "BadRequest",
        `Category '${category}' is not supported, supported ones are: '${supported.join(", ")}'`,
      );
    } else if (group !== undefined && supported && !["allLogs", "audit"].includes(group)) {
      yield badRequest(
        "BadRequest",
        `CategoryGroup: '${group}' is not supported, supported ones are: 'audit, allLogs'`,
      );
    }
  }
}

function sinksOf(setting: ArmResource): readonly string[] {
  return destinations.map((name) => text(setting.properties[name])).filter((sink) => sink !== undefined);
}

function enabledOf(setting: ArmResource): readonly Wire[] {
  return [...records(setting.properties.logs), ...records(setting.properties.metrics)].filter(
    (entry) => entry.enabled === true,
  );
}

function categoryOf(entry: Wire): string {
  return text(entry.category) ?? text(entry.categoryGroup) ?? "";
}
