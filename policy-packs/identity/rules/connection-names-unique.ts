import { isUnknown, knownOr } from "../../../model/read.ts";
import type { Rule } from "../../rule.ts";
import { eachConnection } from "../connection-subject.ts";

/** Graph refuses a second connection of the same name. */
export const connectionNamesUnique: Rule = {
  name: "connection-names-unique",
  pack: "identity",
  description: "Every connection has a name of its own in the tenant.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/graph/api/virtualendpoint-post-onpremisesconnections",
  remediation: "Give each connection another displayName.",
  judge: (design) => {
    const { azureNetworkConnections: all } = design.network.estate;
    return eachConnection(design, (connection, label) => {
      const { displayName: name } = connection;
      if (isUnknown(name)) {
        const message = `the name of connection "${connection.id}" is not known: ${name.unknown}`;
        return [{ outcome: "undecided", about: "displayName", message }];
      }
      if (name.trim() === "") {
        const message = `connection "${connection.id}" has no displayName, which Graph asks for`;
        return [
          {
            outcome: "fail",
            about: "displayName",
            message,
            remedy: `set displayName of connection "${connection.id}"`,
          },
        ];
      }
      const same = all.filter((other) => knownOr(other.displayName, "") === name);
      // The second one is refused, so it is the one to change.
      if (same[0] === connection) return [];
      const message = `${label} has the same displayName as another connection; names are unique in a tenant`;
      return [
        {
          outcome: "fail",
          about: "displayName",
          message,
          remedy: `set another displayName for connection "${connection.id}"`,
        },
      ];
    });
  },
};
