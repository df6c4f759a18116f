import type { AzureNetworkConnection } from "../../../model/estate/governance.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import { refersTo, subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Design, Observation, Rule } from "../../rule.ts";
import { eachConnection } from "../connection-subject.ts";

const words = { azureADJoin: "Entra join", hybridAzureADJoin: "hybrid join" } as const;
const ofDomain = ["adDomainName", "adDomainUsername", "organizationalUnit"] as const;

/** The join type of a connection cannot be changed by what else it says: a domain on an Entra join is never used. */
export const joinTypeAgrees: Rule = {
  name: "join-type-agrees",
  pack: "identity",
  description:
    "Every connection says what its join type needs and nothing else, and joins as the pools of its subnet are planned to.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection",
  remediation:
    "Set connectionType to how the Cloud PCs join, and give a domain, user name and organizational unit with a hybrid join only.",
  judge: (design) =>
    eachConnection(design, (connection, label) => [
      ...observeFields(connection, label),
      ...observePlan(design, connection, label),
    ]),
};

function observeFields(connection: AzureNetworkConnection, label: string): readonly Observation[] {
  const { connectionType } = connection;
  if (connectionType === undefined || isUnknown(connectionType)) {
    const because = connectionType === undefined ? "connectionType is not given" : connectionType.unknown;
    const message = `how ${label} joins a directory is not known: ${because}`;
    return [{ outcome: "undecided", about: "connectionType", message }];
  }
  if (connectionType === "azureADJoin") {
    return ofDomain
      .filter((field) => isGiven(connection[field]))
      .map((field) => ({
        outcome: "fail",
        about: field,
        message: `${label} has ${field}, but connectionType "azureADJoin", which uses no domain`,
        remedy: `remove ${field} from ${label}, or set its connectionType to "hybridAzureADJoin"`,
      }));
  }
  const missing = (["adDomainName", "adDomainUsername"] as const).filter((field) => !isGiven(connection[field]));
  return [
    ...missing.map((field): Observation => {
      const message = `${label} has connectionType "hybridAzureADJoin", but no ${field}`;
      return { outcome: "fail", about: field, message, remedy: `set ${field} of ${label}` };
    }),
    ...observeUserName(knownOr(connection.adDomainUsername, ""), label),
  ];
}

function isGiven(value: AzureNetworkConnection[(typeof ofDomain)[number]]): boolean {
  return value !== undefined && value !== "";
}

/** A user principal name; Graph and the portal take no other form. */
function observeUserName(name: string, label: string): readonly Observation[] {
  if (name === "" || /^[^\s@\\]+@[^\s@\\]+\.[^\s@\\]+$/.test(name)) return [];
  const message = `adDomainUsername "${name}" of ${label} is no user principal name such as "joiner@corp.contoso.com"`;
  return [
    { outcome: "fail", about: "adDomainUsername", message, remedy: `set adDomainUsername of ${label} to user@domain` },
  ];
}

function observePlan(
  { cloudPcSubnets }: Design,
  connection: AzureNetworkConnection,
  label: string,
): readonly Observation[] {
  const { connectionType, subnetId } = connection;
  if (connectionType === undefined || isUnknown(connectionType)) return [];
  return cloudPcSubnets
    .filter(({ place, kindsAreCertain }) => kindsAreCertain && refersTo(subnetId, place.id))
    .filter(({ kinds }) => !kinds.some(({ joinType }) => joinType === connectionType))
    .map((subnet) => ({
      outcome: "fail",
      about: "plan",
      message: `${label} has connectionType "${connectionType}", but the Cloud PCs of subnet ${subnetLabel(subnet.place)} are planned for ${plannedJoin(subnet)}`,
      remedy: `set connectionType of ${label}, or the join type of the pool, so that both are the same`,
    }));
}

function plannedJoin({ kinds }: CloudPcSubnet): string {
  return [...new Set(kinds.map(({ joinType }) => words[joinType]))].join(" and ");
}
