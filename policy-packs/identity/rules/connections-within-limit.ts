import { connectionsPerTenant } from "../../../catalogue/connections.ts";
import type { Rule } from "../../rule.ts";
import { connectionSubject } from "../connection-subject.ts";

/** Microsoft raises the number on request; what a tenant has besides the input counts as well. */
export const connectionsWithinLimit: Rule = {
  name: "connections-within-limit",
  pack: "identity",
  description: "The connections of the input are no more than the documented number for a tenant.",
  severity: "low",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/create-azure-network-connection",
  remediation: "Ask Microsoft for more connections, or let pools of one region share a connection.",
  judge: ({ network }) => {
    const connections = network.estate.azureNetworkConnections;
    const [first] = connections;
    if (first === undefined) return [];
    const limit = connectionsPerTenant();
    const over = connections.length > limit.value;
    const message = `the input has ${connections.length} connections; ${limit.value} for a tenant are documented (${limit.asOf}), more through support`;
    return [
      {
        subject: connectionSubject(connections[limit.value] ?? first),
        observations: over ? [{ outcome: "fail", about: "connections", message }] : [],
        assumptions: [`the tenant has no connections besides the ${connections.length} of the input`],
      },
    ];
  },
};
