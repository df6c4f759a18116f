import { subnetLabel } from "../../../model/topology/network.ts";
import type { Rule } from "../../rule.ts";
import { eachSubnet } from "../each-subnet.ts";
import { judgeClosed } from "../judge-closed.ts";

/** Users reach a Cloud PC by reverse connect: it opens every connection itself, so an open port serves only an attacker. */
export const nothingInboundFromInternet: Rule = {
  name: "nothing-inbound-from-internet",
  pack: "network",
  description: "Nothing on the Internet can open a connection to a Cloud PC.",
  severity: "critical",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements-network",
  remediation: "Remove the public IP address, DNAT rule or inbound rule that the trace names.",
  judge: ({ network, ...design }) =>
    eachSubnet({ network, ...design }, ({ place }) =>
      (["Tcp", "Udp"] as const).flatMap((protocol) =>
        judgeClosed(
          network,
          { from: "Internet", to: place.id, protocol },
          `${protocol} from the Internet to ${subnetLabel(place)}`,
        ),
      ),
    ),
};
