import type { AzureNetworkConnection } from "../../../model/estate/governance.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import { PLACEHOLDER_SUBSCRIPTION } from "../../../model/resource-id.ts";
import type { Observation, Rule } from "../../rule.ts";
import { eachConnection } from "../connection-subject.ts";

const shapes = {
  resourceGroupId: {
    pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i,
    form: "/subscriptions/…/resourceGroups/…",
  },
  virtualNetworkId: {
    pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+$/i,
    form: "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…",
  },
  subnetId: {
    pattern:
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i,
    form: "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…",
  },
} as const;

const references = ["resourceGroupId", "virtualNetworkId", "subnetId"] as const;

/** A connection names one subscription; network interfaces and network are both looked for in it. */
export const connectionInOneSubscription: Rule = {
  name: "connection-in-one-subscription",
  pack: "identity",
  description:
    "Every connection gives whole ids of its resource group, virtual network and subnet, all in its subscription.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection",
  remediation:
    "Give resourceGroupId, virtualNetworkId and subnetId as ids of ARM in the subscription of subscriptionId.",
  judge: (design) =>
    eachConnection(design, (connection, label) => [
      ...references.flatMap((field) => observeShape(connection, field, label)),
      ...observeSubscriptions(connection, label),
    ]),
};

function observeShape(
  connection: AzureNetworkConnection,
  field: (typeof references)[number],
  label: string,
): readonly Observation[] {
  const value = connection[field];
  const remedy = `set ${field} of ${label} to an id of the form ${shapes[field].form}`;
  if (value === undefined) {
    return [{ outcome: "fail", about: field, message: `${label} has no ${field}, which Graph asks for`, remedy }];
  }
  if (isUnknown(value)) {
    return [{ outcome: "undecided", about: field, message: `${field} of ${label} is not known: ${value.unknown}` }];
  }
  if (shapes[field].pattern.test(value)) return [];
  const message = `${field} "${value}" of ${label} is not of the form ${shapes[field].form}`;
  return [{ outcome: "fail", about: field, message, remedy }];
}

function observeSubscriptions(connection: AzureNetworkConnection, label: string): readonly Observation[] {
  const { subscriptionId } = connection;
  if (subscriptionId === undefined) {
    const message = `${label} has no subscriptionId, which Graph asks for`;
    return [{ outcome: "fail", about: "subscriptionId", message, remedy: `set subscriptionId of ${label}` }];
  }
  if (isUnknown(subscriptionId)) {
    const message = `subscriptionId of ${label} is not known: ${subscriptionId.unknown}`;
    return [{ outcome: "undecided", about: "subscriptionId", message }];
  }
  return references.flatMap((field): readonly Observation[] => {
    const other = /^\/subscriptions\/([^/]+)/i.exec(knownOr(connection[field], ""))?.[1];
    if (other === undefined || [other, subscriptionId].includes(PLACEHOLDER_SUBSCRIPTION)) return [];
    if (other.toLowerCase() === subscriptionId.toLowerCase()) return [];
    const message = `${field} of ${label} is in subscription "${other}", but its subscriptionId is "${subscriptionId}"`;
    const remedy = `name a ${field} in subscription "${subscriptionId}", or set subscriptionId of ${label} to "${other}"`;
    return [{ outcome: "fail", about: `${field} subscription`, message, remedy }];
  });
}
