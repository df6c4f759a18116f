import type { Rule } from "../../rule.ts";
import { isTestedBeforeSetup, judgeEndpoints } from "../judge-endpoints.ts";

/** Windows 365 tests these from the subnet before it provisions anything, and a Cloud PC cannot be set up without them. */
export const requiredEndpointsReachable: Rule = {
  name: "required-endpoints-reachable",
  pack: "network",
  description: "Every endpoint that Microsoft requires is reachable from every address of the Cloud PC subnets.",
  severity: "critical",
  errorTypes: [
    "endpointConnectivityCheckCloudPcUrlNotAllowListed",
    "endpointConnectivityCheckWVDUrlNotAllowListed",
    "endpointConnectivityCheckIntuneUrlNotAllowListed",
    "endpointConnectivityCheckAzureADUrlNotAllowListed",
  ],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements-network",
  remediation: "Let the flow pass where the trace says that it is denied: a security rule, a route or a firewall rule.",
  judge: (design) => judgeEndpoints(design, isTestedBeforeSetup),
};
