import { builtInRole } from "../../catalogue/roles.ts";
import { knownOr } from "../../model/read.ts";
import { normalizeId, type ResourceId, resourceName } from "../../model/resource-id.ts";
import type { Design } from "../rule.ts";

/**
 * Resource groups that Windows 365 puts network interfaces into: those that a connection names, and those on which somebody is
 * assigned the role for it. Ids as they were written, each once.
 */
export function networkInterfaceGroups({ network: { estate } }: Design): readonly ResourceId[] {
  const role = builtInRole("windows365-network-interface-contributor").roleDefinitionId.toLowerCase();
  const assigned = estate.roleAssignments
    .filter(({ roleDefinitionId }) => resourceName(knownOr(roleDefinitionId, "")).toLowerCase() === role)
    .map(({ scope }) => knownOr(scope, ""));
  const named = estate.azureNetworkConnections.map(({ resourceGroupId }) => knownOr(resourceGroupId, ""));
  return distinct(
    [...named, ...assigned].filter((id) => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/?$/i.test(id)),
  );
}

/** Subscriptions that Windows 365 works in, by their ids; a placeholder where the design does not tell. */
export function connectionSubscriptions(design: Design): readonly string[] {
  const { network, cloudPcSubnets } = design;
  const ids = [...cloudPcSubnets.map(({ place }) => place.virtualNetwork.id), ...networkInterfaceGroups(design)];
  const named = network.estate.azureNetworkConnections.map(({ subscriptionId }) => knownOr(subscriptionId, ""));
  const found = [...named, ...ids.map((id) => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? "")];
  return [...new Set(found.filter((id) => id !== "").map((id) => id.toLowerCase()))];
}

/** Domains that Cloud PCs join, as the design names them, in lower case. */
export function joinedDomains({ network: { estate, reference } }: Design): readonly string[] {
  const named = estate.azureNetworkConnections.map(({ adDomainName }) => knownOr(adDomainName, ""));
  const all = [...reference.directories.map(({ domainName }) => domainName), ...named];
  return [...new Set(all.filter((name) => name !== "").map((name) => name.toLowerCase()))];
}

/** Each id once, as it was written first. */
export function distinct(ids: readonly ResourceId[]): readonly ResourceId[] {
  return [...new Map(ids.toReversed().map((id) => [normalizeId(id), id])).values()].toReversed();
}
