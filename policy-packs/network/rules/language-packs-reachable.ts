import type { Rule } from "../../rule.ts";
import { judgeEndpoints } from "../judge-endpoints.ts";

/** Microsoft calls these endpoints optional, yet a health check asks for them and warns. */
export const languagePacksReachable: Rule = {
  name: "language-packs-reachable",
  pack: "network",
  description: "Language packs of Windows and Microsoft 365 can be downloaded from the Cloud PC subnets.",
  severity: "low",
  errorTypes: ["endpointConnectivityCheckLocaleUrlNotAllowListed"],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/health-checks",
  remediation: "Let the flow pass where the trace says that it is denied: a security rule, a route or a firewall rule.",
  judge: (design) => judgeEndpoints(design, (row) => row.service === "languagePacks"),
};
