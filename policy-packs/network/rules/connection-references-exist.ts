import type { AzureNetworkConnection } from "../../../model/estate/governance.ts";
import type { Reference } from "../../../model/estate/resource.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import { normalizeId, parentId, resourceName, sameResource } from "../../../model/resource-id.ts";
import type { Network } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";

const networkInvalid = ["resourceAvailabilityCheckVNetInvalid"];
const subnetInvalid = ["resourceAvailabilityCheckSubnetInvalid"];
const groupInvalid = ["resourceAvailabilityCheckResourceGroupInvalid"];

/** A connection is made of ids. One that names nothing is taken, and fails its health checks half an hour later. */
export const connectionReferencesExist: Rule = {
  name: "connection-references-exist",
  pack: "network",
  description: "The virtual network, subnet and resource group that a connection names are there.",
  severity: "critical",
  errorTypes: [...networkInvalid, ...subnetInvalid, ...groupInvalid],
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection",
  remediation: "Name a virtual network, a subnet of it and a resource group that exist.",
  judge: ({ network, cloudPcSubnets }) => [
    ...network.estate.azureNetworkConnections.map((connection) => judge(network, connection)),
    ...cloudPcSubnets.map((subnet): Check => ({ subject: subjectOf(subnet.place.id), observations: inInput(subnet) })),
  ],
};

function judge(network: Network, connection: AzureNetworkConnection): Check {
  const { id, displayName, subnetId, virtualNetworkId, resourceGroupId } = connection;
  const name = knownOr(displayName, id);
  const label = `connection "${name}"`;
  const group = knownOr(resourceGroupId, undefined);
  const assumed = group !== undefined && !groupsOf(network).has(normalizeId(group));
  return {
    subject: { type: "cloudPcOnPremisesConnection", name, id },
    observations: [
      ...unread(resourceGroupId, "resource group", label, groupInvalid),
      ...observeNetwork(network, label, virtualNetworkId, subnetId),
    ],
    ...(assumed ? { assumptions: [`resource group "${resourceName(group)}" of ${label} exists`] } : {}),
  };
}

/** What a connection names but nobody could read. */
function unread(
  reference: Reference | undefined,
  what: string,
  label: string,
  errorTypes: readonly string[],
): readonly Observation[] {
  if (reference === undefined || !isUnknown(reference)) return [];
  const message = `whether the ${what} of ${label} exists is not known: ${reference.unknown}`;
  return [{ outcome: "undecided", about: what, errorTypes, message }];
}

function observeNetwork(
  network: Network,
  label: string,
  virtualNetworkId: Reference | undefined,
  subnetId: Reference | undefined,
): readonly Observation[] {
  const open = [
    ...unread(virtualNetworkId, "virtual network", label, networkInvalid),
    ...unread(subnetId, "subnet", label, subnetInvalid),
  ];
  if (open.length > 0 || subnetId === undefined || isUnknown(subnetId)) return open;
  const subnet = resourceName(subnetId);
  const home = parentId(subnetId);
  const named = knownOr(virtualNetworkId, home);
  const fail = (message: string): readonly Observation[] => [
    { outcome: "fail", about: "subnet", errorTypes: subnetInvalid, message },
  ];
  if (!sameResource(named, home)) {
    return fail(
      `subnet "${subnet}" of ${label} is of virtual network "${resourceName(home)}", but the connection names "${resourceName(named)}"`,
    );
  }
  const found = network.virtualNetworks.find(named);
  if (found === undefined || found.inInput === false) {
    const message = `whether virtual network "${resourceName(named)}" of ${label} exists is not known: it is not in the input`;
    return [{ outcome: "undecided", about: "virtual network", errorTypes: networkInvalid, message }];
  }
  if (network.subnets.find(subnetId) !== undefined) return [];
  const has = found.subnets.map(({ name }) => `"${name}"`).join(", ") || "no subnet";
  return fail(`virtual network "${found.name}" has no subnet "${subnet}", which ${label} names; it has ${has}`);
}

/** A subnet that only something else mentions may be there or not. */
function inInput({ place }: CloudPcSubnet): readonly Observation[] {
  const { virtualNetwork, subnet } = place;
  const missing = [
    { what: "virtual network", of: virtualNetwork, errorTypes: networkInvalid },
    { what: "subnet", of: subnet, errorTypes: subnetInvalid },
  ].filter(({ of }) => of.inInput === false);
  return missing.map(({ what, of, errorTypes }) => ({
    outcome: "undecided",
    about: what,
    errorTypes,
    message: `whether ${what} "${of.name}" exists is not known: the input mentions it, but does not hold it`,
  }));
}

/** Resource groups that are in the input, or that something in it lies in; in lower case. */
function groupsOf({ estate, memo }: Network): ReadonlySet<string> {
  return memo("resource groups", "", () => {
    const lists: readonly (readonly object[])[] = Object.values(estate);
    const ids = lists.flat().flatMap((each) => ("id" in each && typeof each.id === "string" ? [each.id] : []));
    return new Set(
      ids.flatMap((id) => /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(normalizeId(id))?.[0] ?? []),
    );
  });
}
