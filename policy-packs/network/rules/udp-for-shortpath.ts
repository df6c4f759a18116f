import type { Rule } from "../../rule.ts";
import { judgeEndpoints } from "../judge-endpoints.ts";

/** STUN and TURN share UDP 3478, so which of the three is reported depends on what else is blocked. */
const errorTypes = [
  "udpConnectivityCheckStunUrlNotAllowListed",
  "udpConnectivityCheckTurnUrlNotAllowListed",
  "udpConnectivityCheckUrlsNotAllowListed",
];

/** Without UDP the connection falls back to TCP through the gateway: it works, but feels slow. The health check warns. */
export const udpForShortpath: Rule = {
  name: "udp-for-shortpath",
  pack: "network",
  description: "UDP for RDP Shortpath gets out of the Cloud PC subnets.",
  severity: "medium",
  errorTypes,
  url: "https://learn.microsoft.com/windows-365/enterprise/rdp-shortpath-public-networks",
  remediation: "Allow UDP 3478 to the service tag WindowsVirtualDesktop and route the tag straight to the Internet.",
  judge: (design) =>
    judgeEndpoints(design, (row) => row.requirement === "required" && row.healthCheck === "udp").map((check) => ({
      ...check,
      observations: check.observations.map((observation) => ({ ...observation, errorTypes })),
    })),
};
