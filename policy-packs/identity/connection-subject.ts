import type { AzureNetworkConnection } from "../../model/estate/governance.ts";
import { knownOr } from "../../model/read.ts";
import type { Check, Design, Observation } from "../rule.ts";
import type { Subject } from "../subject.ts";

/** One check for each Azure network connection of the input. */
export function eachConnection(
  { network }: Design,
  observe: (connection: AzureNetworkConnection, label: string) => readonly Observation[],
): readonly Check[] {
  return network.estate.azureNetworkConnections.map((connection) => {
    const subject = connectionSubject(connection);
    return { subject, observations: observe(connection, `connection "${subject.name}"`) };
  });
}

/** A connection as the subject of a check; Graph's type, since it is no resource of ARM. */
export function connectionSubject({ id, displayName }: AzureNetworkConnection): Subject {
  return { type: "cloudPcOnPremisesConnection", name: knownOr(displayName, id), id };
}
