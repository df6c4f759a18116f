import type { Rule } from "../../rule.ts";
import { judgeEndpoints } from "../judge-endpoints.ts";

/** Without UDP the connection falls back to TCP through the gateway: it works, but feels slow. The health check warns. */
export const udpForShortpath: Rule = {
  name: "udp-for-shortpath",
  description: "UDP for RDP Shortpath gets out of the Cloud PC subnets.",
  severity: "medium",
  errorTypes: ["udpConnectivityCheckStunUrlNotAllowListed", "udpConnectivityCheckTurnUrlNotAllowListed"],
  url: "https://learn.microsoft.com/windows-365/enterprise/rdp-shortpath-public-networks",
  remediation: "Allow UDP 3478 to the service tag WindowsVirtualDesktop and route the tag straight to the Internet.",
  judge: (design) => judgeEndpoints(design, (row) => row.requirement === "required" && row.healthCheck === "udp"),
};
