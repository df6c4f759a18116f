import type { WalkerInput } from "../walker/estate.ts";
import type { HealthCheckResult } from "../walker/health-check-result.ts";
import { probeHealth } from "../walker/health-probe.ts";
import type { ScriptedCheck } from "./graph-scenario.ts";
import type { CheckOutcome } from "./health-run.ts";

/** The connection whose checks run. */
export interface CheckedConnection {
  readonly connectionType: "azureADJoin" | "hybridAzureADJoin";
  readonly resourceGroupId: string;
  readonly subnetId: string;
  readonly adDomainName?: string;
}

/**
 * The health checks of a connection: what network and permissions decide is walked over the network that is really there, the rest
 * (Intune, device sync, single sign-on, the test machine) passes in a make-believe tenant, unless the scenario says otherwise.
 */
export function checkConnection(
  input: WalkerInput,
  connection: CheckedConnection,
  servicePrincipalId: string,
  scripted: readonly ScriptedCheck[],
): readonly CheckOutcome[] {
  const { connectionType: joinType, resourceGroupId, subnetId, adDomainName } = connection;
  const walked = probeHealth(input, {
    joinType,
    resourceGroupId,
    subnetId,
    servicePrincipalId,
    ...(adDomainName !== undefined && { adDomainName }),
  }).map(asGraph);
  const ofTenant = [...everyJoin, ...(joinType === "hybridAzureADJoin" ? hybridJoin : [])];
  const outcomes = [...walked, ...ofTenant.map((displayName): CheckOutcome => ({ displayName, status: "passed" }))];
  return outcomes.map((outcome) => scripted.find(({ displayName }) => displayName === outcome.displayName) ?? outcome);
}

/** Checks that look at the tenant, by the names of https://learn.microsoft.com/troubleshoot/windows-365/health-checks (page of 2026-02-12). */
const everyJoin = ["Environment and configuration is ready", "Intune enrollment restrictions allow Windows enrollment"];
const hybridJoin = ["Microsoft Entra device sync", "Single sign-on configuration"];

/** Graph has no word for "undecided", and what the walker cannot tell must not pass: it becomes the check's unknown error. */
function asGraph({ displayName, status, errorType, additionalDetail }: HealthCheckResult): CheckOutcome {
  if (status !== "undecided") {
    return { displayName, status, ...(errorType !== undefined && { errorType, additionalDetail }) };
  }
  const unknown = unknownErrors[displayName] ?? { errorType: "internalServerUnknownError", status: "failed" as const };
  return { displayName, ...unknown, additionalDetail: `the sandbox cannot tell: ${additionalDetail}` };
}

/** https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck (read 2026-11-21) */
const unknownErrors: Readonly<Record<string, { readonly errorType: string; readonly status: "failed" | "warning" }>> = {
  "DNS can resolve Active Directory domain": { errorType: "dnsCheckUnknownError", status: "failed" },
  "Active Directory domain join": { errorType: "adJoinCheckUnknownError", status: "failed" },
  "Endpoint connectivity": { errorType: "endpointConnectivityCheckUnknownError", status: "failed" },
  "Localization language package readiness": { errorType: "endpointConnectivityCheckUnknownError", status: "warning" },
  "UDP connection check": { errorType: "udpConnectivityCheckUnknownError", status: "warning" },
};
