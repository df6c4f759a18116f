import type { Answer } from "./answer.ts";
import type { Estate } from "./estate.ts";
import type { HealthCheckResult } from "./health-check-result.ts";
import type { Protocol } from "./packet.ts";
import type { ProbedEndpoint } from "./probed-endpoint.ts";
import { probedEndpoints } from "./probed-endpoint.ts";
import { walkPacket } from "./walk-packet.ts";

/** A probe and how it ended. */
export interface ProbeResult {
  readonly endpoint: ProbedEndpoint;
  readonly reached: boolean | "undecided";
  readonly answer: Answer;
}

/** Probes every endpoint from an address of a subnet. */
export function probeEndpoints(estate: Estate, subnetId: string, from: string): readonly ProbeResult[] {
  return probedEndpoints.map((endpoint) => {
    const answer = walkPacket(estate, {
      from,
      fromSubnet: subnetId,
      to: endpoint.address ?? endpoint.host,
      protocol: protocolOf(endpoint.protocol),
      port: endpoint.port,
    });
    return { endpoint, reached: isReached(endpoint, answer), answer };
  });
}

/** The three checks that are made of probes. */
export function connectivityChecks(probes: readonly ProbeResult[]): readonly HealthCheckResult[] {
  return [
    checkOf("Endpoint connectivity", "endpoints", "failed", probes),
    checkOf("Localization language package readiness", "localization", "warning", probes),
    udpCheck(probes),
  ];
}

function checkOf(
  displayName: string,
  check: string,
  severity: "failed" | "warning",
  probes: readonly ProbeResult[],
): HealthCheckResult {
  const mine = probes.filter((probe) => probe.endpoint.check === check);
  const blocked = mine.filter((probe) => probe.reached === false);
  const open = mine.filter((probe) => probe.reached === "undecided");
  const errorTypes = [...new Set(blocked.map((probe) => probe.endpoint.errorType))];
  const [errorType] = errorTypes;
  const additionalDetail = (blocked.length > 0 ? blocked : open).map(({ endpoint }) => `${endpoint.id};`).join("");
  if (errorType === undefined) {
    return { displayName, status: open.length > 0 ? "undecided" : "passed", errorTypes, additionalDetail };
  }
  return { displayName, status: severity, errorType, errorTypes, additionalDetail };
}

/**
 * Graph has an error type for STUN, one for TURN and one for both.
 * https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck (undated, read 2024)
 */
function udpCheck(probes: readonly ProbeResult[]): HealthCheckResult {
  const result = checkOf("UDP connection check", "udp", "warning", probes);
  const errorType = "udpConnectivityCheckUrlsNotAllowListed";
  return result.errorTypes.length < 2 ? result : { ...result, errorType, errorTypes: [errorType] };
}

function isReached(endpoint: ProbedEndpoint, answer: Answer): ProbeResult["reached"] {
  const broken = endpoint.tlsInspection === "breaks" && answer.hops.some((hop) => hop.tlsInspection === true);
  if (answer.verdict === "Deny" || (answer.verdict === "Allow" && broken)) {
    return false;
  }
  return answer.verdict === "Allow" ? true : "undecided";
}

function protocolOf(written: string): Protocol {
  return written === "Udp" ? "Udp" : "Tcp";
}
