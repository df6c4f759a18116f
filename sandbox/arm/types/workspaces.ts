import { nameOf } from "../arm-id.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { number, record, sameText, text } from "../wire.ts";

/** Log Analytics workspaces. Source: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure (as of 2026-11-21). */
export const workspaces = defineRules({
  type: "Microsoft.OperationalInsights/workspaces",
  apiVersion: "2023-09-01",
  name: {
    min: 4,
    max: 63,
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
    code: "InvalidWorkspaceName",
    characters: "It may contain letters, digits and '-'; '-' is not the first or last character.",
  },
  place: "regional",
  defaults: {
    sku: { name: "PerGB2018" },
    retentionInDays: 30,
    publicNetworkAccessForIngestion: "Enabled",
    publicNetworkAccessForQuery: "Enabled",
    features: { enableLogAccessUsingOnlyResourcePermissions: true },
    workspaceCapping: { dailyQuotaGb: -1 },
  },
  refusePut,
  computed: ({ id }) => ({ customerId: stableGuid(id) }),
  // TrackedResource.location is create-only by x-ms-mutability in the common types of azure-rest-api-specs (as of 2026-11-21).
  replaceOn: ["location"],
  duration: { create: 30, update: 15, delete: 10 },
});

function* refusePut({ id, body }: ArmPut): Generator<ArmError> {
  const sku = text(record(body.properties.sku).name) ?? "PerGB2018";
  const days = number(body.properties.retentionInDays) ?? 30;
  if (["Free", "Standard", "Premium", "PerNode", "Standalone"].some((old) => sameText(sku, old))) {
    yield badRequest(
      "UnsupportedSku",
      `Workspace ${nameOf(id)}: pricing tier ${sku} is not available to new workspaces.`,
    );
  }
  if (days !== -1 && (days < 30 || days > 730)) {
    yield badRequest(
      "InvalidParameter",
      `Workspace ${nameOf(id)}: 'RetentionInDays' property doesn't match the SKU limits: ${days} is not from 30 to 730.`,
    );
  }
}
