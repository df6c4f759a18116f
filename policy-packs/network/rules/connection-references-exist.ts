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
      ...observeId(resourceGroupId, named.group, label),
      ...observeNetwork(network, label, virtualNetworkId, subnetId),
    ],
    ...(assumed ? { assumptions: [`resource group "${resourceName(group)}" of ${label} exists`] } : {}),
  };
}

/** What a connection names by id. */
const named = {
  group: { what: "resource group", errorTypes: groupInvalid, form: "" },
  network: {
    what: "virtual network",
    errorTypes: networkInvalid,
    form: "/providers/Microsoft.Network/virtualNetworks/…",
  },
  subnet: {
    what: "subnet",
    errorTypes: subnetInvalid,
    form: "/providers/Microsoft.Network/virtualNetworks/…/subnets/…",
  },
} as const;

/** An id that nobody could read, or that cannot be one of its kind. */
function observeId(
  reference: Reference | undefined,
  { what, errorTypes, form }: (typeof named)[keyof typeof named],
  label: string,
): readonly Observation[] {
  if (reference === undefined) return [];
  if (isUnknown(reference)) {
    const message = `whether the ${what} of ${label} exists is not known: ${reference.unknown}`;
    return [{ outcome: "undecided", about: what, errorTypes, message }];
  }
  const wanted = `/subscriptions/…/resourceGroups/…${form}`;
  const pattern = new RegExp(`^${wanted.replaceAll(".", "\\.").replaceAll("…", "[^/]+")}/?$`, "i");
  // Braces stand for a part that is known only once the template is deployed.
  if (pattern.test(reference) || reference.includes("{")) return [];
  const message = `the ${what} of ${label} is given as "${reference}", which names none; expected "${wanted}"`;
  return [{ outcome: "fail", about: what, errorTypes, message, remedy: `give the id of a ${what} in ${label}` }];
}

function observeNetwork(
  network: Network,
  label: string,
  virtualNetworkId: Reference | undefined,
  subnetId: Reference | undefined,
): readonly Observation[] {
  const wrong = [...observeId(virtualNetworkId, named.network, label), ...observeId(subnetId, named.subnet, label)];
  if (wrong.length > 0 || subnetId === undefined || isUnknown(subnetId)) return wrong;
  const subnet = resourceName(subnetId);
  const home = parentId(subnetId);
  const owner = knownOr(virtualNetworkId, home);
  const fail = (message: string): readonly Observation[] => [
    { outcome: "fail", about: "subnet", errorTypes: subnetInvalid, message },
  ];
  if (!sameResource(owner, home)) {
    return fail(
      `subnet "${subnet}" of ${label} is of virtual network "${resourceName(home)}", but the connection names "${resourceName(owner)}"`,
    );
  }
  const found = network.virtualNetworks.find(owner);
  if (found === undefined || found.inInput === false) {
    const message = `whether virtual network "${resourceName(owner)}" of ${label} exists is not known: it is not in the input`;
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
