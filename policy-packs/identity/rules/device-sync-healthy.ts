import type { Observation, Rule } from "../../rule.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { hybridChecks } from "../../tenant/hybrid-checks.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { tenantSubject } from "../../tenant/tenant-subject.ts";
import type { DeviceSyncFact, TenantFacts } from "../../tenant-facts.ts";

const connectDisabled = "azureAdDeviceSyncCheckConnectDisabled";
const noServiceConnectionPoint = "azureAdDeviceSyncCheckScpNotConfigured";
const deviceNotFound = "azureAdDeviceSyncCheckDeviceNotFound";
const longCycle = "azureAdDeviceSyncCheckLongSyncCircle";
const durationExceeded = "azureAdDeviceSyncCheckDurationExceeded";

/**
 * Minutes: the longest that Graph's error types allow a cycle to take. Where provisioning itself gives up is 90.
 * https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck and
 * https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection (dated 2025-01-20), read 2026-11-20.
 */
const cycleMinutesMax = 60;

/** A hybrid Cloud PC is provisioned only once its computer object has got from Active Directory to Entra ID. */
export const deviceSyncHealthy: Rule = {
  name: "device-sync-healthy",
  pack: "identity",
  description: "Computers of Active Directory get to Entra ID within an hour.",
  severity: "high",
  errorTypes: [],
  tenantErrorTypes: [connectDisabled, noServiceConnectionPoint, deviceNotFound, longCycle, durationExceeded],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection",
  remediation:
    "Set Entra Connect up for hybrid join, with the organizational unit of the Cloud PCs, at least every 30 minutes.",
  judge: (design) => {
    const tenant = factsOf(design, "deviceSync");
    const fact = tenant?.deviceSync;
    if (tenant === undefined || fact === undefined) return [];
    return hybridChecks(design, () => [{ subject: tenantSubject(tenant), observations: observe(fact, tenant) }]);
  },
};

function observe(fact: DeviceSyncFact, tenant: TenantFacts): readonly Observation[] {
  const fail = (wrong: boolean, about: string, type: string, message: string, remedy: string) =>
    wrong ? [tenantObservation(tenant, "fail", about, [type], message, remedy)] : [];
  return [
    ...fail(
      !fact.hybridJoinEnabled,
      "hybrid join",
      connectDisabled,
      "Entra Connect is not set up for hybrid join; no computer gets to Entra ID",
      "configure device options of Entra Connect for hybrid Entra join",
    ),
    ...fail(
      !fact.serviceConnectionPointConfigured,
      "service connection point",
      noServiceConnectionPoint,
      "the forest has no service connection point; Cloud PCs do not find the tenant that they register with",
      "configure the service connection point in Entra Connect",
    ),
    ...fail(
      !fact.organizationalUnitSynced,
      "organizational unit",
      deviceNotFound,
      "the organizational unit of the Cloud PCs is not synchronised; their computer objects never get to Entra ID",
      "add the organizational unit to what Entra Connect synchronises",
    ),
    ...fail(
      fact.intervalMinutes > cycleMinutesMax,
      "interval",
      longCycle,
      `devices are synchronised every ${fact.intervalMinutes} minutes; the most is ${cycleMinutesMax}, 30 are advised`,
      "let Entra Connect synchronise every 30 minutes",
    ),
    ...fail(
      fact.lastDurationMinutes > cycleMinutesMax,
      "duration",
      durationExceeded,
      `the last synchronisation took ${fact.lastDurationMinutes} minutes; the most is ${cycleMinutesMax}`,
      "find out what makes the synchronisation slow",
    ),
  ];
}
