import { nameOf, parentId, sameId, subscriptionOf, typeOf } from "../arm-id.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { networkRegions } from "../platform-made.ts";
import { badRequest } from "../refusal.ts";
import { normalizeLocation } from "../regions.ts";
import { stableGuid } from "../stable.ts";
import { record, sameText, text } from "../wire.ts";

const watcherType = "Microsoft.Network/networkWatchers";
const flowLogType = "Microsoft.Network/networkWatchers/flowLogs";

/** Network watchers: one a region and subscription, and Azure makes it with the first virtual network. */
export const networkWatchers = defineRules({
  type: watcherType,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  *refusePut({ id, body, estate }) {
    const location = normalizeLocation(text(body.location) ?? "");
    const others = estate
      .list(watcherType)
      .filter((other) => !sameId(other.id, id) && subscriptionOf(other.id) === subscriptionOf(id))
      .map((other) => text(other.location));
    const isPlatformName = sameText(nameOf(id), `NetworkWatcher_${location}`);
    const regions = [...others, ...(isPlatformName ? [] : networkRegions(id, estate))];
    if (!regions.some((region) => region !== undefined && normalizeLocation(region) === location)) return;
    yield badRequest(
      "NetworkWatcherCountLimitReached",
      "Cannot create more than 1 network watchers for this subscription in this region.",
    );
  },
  replaceOn: [],
  duration: { create: 3, update: 3, delete: 5 },
});

/**
 * Flow logs of virtual networks, subnets and network interfaces.
 * Source: https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview (as of 2026-11-21); flow logs of NSGs
 * can no longer be created: https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview (since 2025-06-30).
 */
export const flowLogs = defineRules({
  type: flowLogType,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [{ path: "properties.storageId", type: "Microsoft.Storage/storageAccounts", sameRegion: true }],
  defaults: { enabled: true, retentionPolicy: { days: 0, enabled: false }, format: { type: "JSON", version: 2 } },
  *refusePut(put) {
    yield* checkRegion(put);
    yield* checkTarget(put);
    yield* checkAnalytics(put);
  },
  computed: ({ id }) => ({ targetResourceGuid: stableGuid(id) }),
  locks: (id) => [parentId(id) ?? id],
  replaceOn: [],
  duration: { create: 10, update: 10, delete: 5 },
});

const targetTypes = ["virtualNetworks", "virtualNetworks/subnets", "networkInterfaces"].map(
  (type) => `microsoft.network/${type.toLowerCase()}`,
);

function* checkRegion({ id, body, estate }: ArmPut): Generator<ArmError> {
  const watcher = parentId(id) ?? "";
  const region = text(estate.get(watcher)?.location) ?? nameOf(watcher).replace(/^NetworkWatcher_/i, "");
  const location = normalizeLocation(text(body.location) ?? "");
  if (normalizeLocation(region) === location) return;
  yield badRequest(
    "FlowLogLocationMismatch",
    `Flow log ${nameOf(id)} in ${location} must be in the region of its network watcher, ${region}.`,
  );
}

function* checkTarget({ id, body, estate }: ArmPut): Generator<ArmError> {
  const targetId = text(body.properties.targetResourceId) ?? "";
  const type = typeOf(targetId).toLowerCase();
  if (type === "microsoft.network/networksecuritygroups") {
    yield badRequest(
      "NsgFlowLogCreationNotSupported",
      `Flow log ${nameOf(id)}: new flow logs of network security groups can no longer be created; use flow logs of the virtual network.`,
    );
    return;
  }
  if (!targetTypes.includes(type)) {
    yield badRequest("FlowLogTargetNotSupported", `Flow log ${nameOf(id)} cannot have target ${targetId}.`);
    return;
  }
  const target = estate.get(targetId);
  const owner = type.endsWith("/subnets") ? estate.get(parentId(targetId) ?? "") : target;
  if (
    target === undefined ||
    normalizeLocation(text(owner?.location) ?? "") !== normalizeLocation(text(body.location) ?? "")
  ) {
    yield badRequest(
      "InvalidResourceReference",
      `Resource ${targetId} referenced by resource ${id} was not found. ` +
        "Please make sure that the referenced resource exists, and that both resources are in the same region.",
    );
  }
  const other = estate
    .list(flowLogType)
    .find((log) => !sameId(log.id, id) && sameId(text(log.properties.targetResourceId), targetId));
  if (other !== undefined) {
    yield badRequest(
      "FlowLogTargetInUse",
      `Flow log ${nameOf(id)}: target ${targetId} already has flow log ${other.id}.`,
    );
  }
}

function* checkAnalytics({ id, body, estate }: ArmPut): Generator<ArmError> {
  const analytics = record(record(body.properties.flowAnalyticsConfiguration).networkWatcherFlowAnalyticsConfiguration);
  if (analytics.enabled !== true) return;
  const workspaceId = text(analytics.workspaceResourceId);
  if (workspaceId === undefined || estate.get(workspaceId) === undefined) {
    yield badRequest(
      "FlowLogWorkspaceNotFound",
      `Flow log ${nameOf(id)}: traffic analytics workspace ${workspaceId} was not found.`,
    );
  }
  const interval = analytics.trafficAnalyticsInterval ?? 60;
  if (interval !== 10 && interval !== 60) {
    yield badRequest(
      "FlowLogAnalyticsIntervalInvalid",
      `Flow log ${nameOf(id)}: traffic analytics interval ${interval} must be 10 or 60 minutes.`,
    );
  }
}
