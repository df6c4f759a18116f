import { knownOr } from "../../../model/read.ts";
import {
  normalizeId,
  PLACEHOLDER_RESOURCE_GROUP,
  PLACEHOLDER_SUBSCRIPTION,
  sameResource,
} from "../../../model/resource-id.ts";
import { type KnownPolicies, knownPolicies } from "../../azure-policy/assigned-policies.ts";
import { networkInterface } from "../../azure-policy/network-interface.ts";
import { type PolicyTarget, targetOf } from "../../azure-policy/policy-target.ts";
import { type Refusal, refusals } from "../../azure-policy/refusals.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Design, Observation, Rule } from "../../rule.ts";
import { type Subject, subjectOf } from "../../subject.ts";
import { networkInterfaceGroups } from "../../tenant/connection-places.ts";
import { resourceGroupSubject } from "../../tenant/tenant-subject.ts";

const violation = "resourceAvailabilityCheckAzurePolicyViolation";

/** Policies are written for what people deploy; Windows 365 deploys network interfaces into the same scopes. */
export const azurePolicyDenies: Rule = {
  name: "azure-policy-denies",
  pack: "network",
  description: "No Azure Policy denies a resource of the design, or the network interface that Windows 365 makes.",
  severity: "critical",
  errorTypes: [],
  tenantErrorTypes: [violation],
  url: "https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule",
  remediation: "Exclude the resource group from the assignment, exempt it, or allow what the policy refuses.",
  judge: (design) => {
    const policies = knownPolicies(design.network.estate, design.tenant);
    if (policies.assigned.length === 0 && design.tenant?.policies === undefined) return [];
    return [...interfaceChecks(design, policies), ...resourceChecks(design, policies)];
  },
};

/** One check for each resource group that gets network interfaces, over all the subnets that they are put into. */
function interfaceChecks(design: Design, policies: KnownPolicies): readonly Check[] {
  return groupsWithSubnets(design).map(({ id, subnets }) => {
    const targets = subnets.map(({ place }) => networkInterface(id, place.virtualNetwork.location, place.id));
    const observations = targets.flatMap((target) => {
      const writes = refusals(policies, target, "write", design.tenant);
      // What stands in the way of making an interface is told once.
      const told = new Set(writes.map(({ policy }) => policy));
      const deletions = refusals(policies, target, "delete", design.tenant).filter(({ policy }) => !told.has(policy));
      return [
        ...writes.map((refusal) => observeInterface(refusal, "the network interfaces of Cloud PCs")),
        ...deletions.map((refusal) => observeInterface(refusal, "the deletion of network interfaces of Cloud PCs")),
      ];
    });
    return { subject: resourceGroupSubject(id), observations: withoutRepeats(observations) };
  });
}

interface GroupWithSubnets {
  readonly id: string;
  readonly subnets: readonly CloudPcSubnet[];
}

/** A connection ties a group to a subnet. Where none names the group, its interfaces may be in any of the subnets. */
function groupsWithSubnets(design: Design): readonly GroupWithSubnets[] {
  const { network, cloudPcSubnets } = design;
  const groups = networkInterfaceGroups(design);
  const subscription = /^\/subscriptions\/[^/]+/.exec(cloudPcSubnets[0]?.place.id ?? "")?.[0];
  const unnamed = `${subscription ?? `/subscriptions/${PLACEHOLDER_SUBSCRIPTION}`}/resourceGroups/${PLACEHOLDER_RESOURCE_GROUP}`;
  return (groups.length === 0 ? [unnamed] : groups).map((id) => {
    const connected = network.estate.azureNetworkConnections
      .filter(({ resourceGroupId }) => normalizeId(knownOr(resourceGroupId, "")) === normalizeId(id))
      .map(({ subnetId }) => knownOr(subnetId, ""));
    const own = cloudPcSubnets.filter(({ place }) => connected.some((subnet) => sameResource(subnet, place.id)));
    return { id, subnets: own.length > 0 ? own : cloudPcSubnets };
  });
}

/** One check for each resource of the design that a policy could be about. */
function resourceChecks({ resources = [], tenant }: Design, policies: KnownPolicies): readonly Check[] {
  const governed = resources.filter(({ type }) => !/^Microsoft\.Authorization\//i.test(type));
  // What is not known of a policy at all is told with the network interface; once is enough.
  const read = { ...policies, assigned: policies.assigned.filter(({ definition }) => !("unknown" in definition)) };
  return governed.map((resource) => {
    const target = targetOf(resource);
    const observations = refusals(read, target, "write", tenant).map((refusal) => observeResource(refusal, target));
    const place = resource.place.line > 0 ? { place: resource.place } : {};
    return { subject: subjectOf(resource.id), observations: observations.map((each) => ({ ...each, ...place })) };
  });
}

function observeInterface(refusal: Refusal, what: string): Observation {
  return { ...observe(refusal, what), errorTypes: [violation] };
}

function observeResource(refusal: Refusal, { type, id }: PolicyTarget): Observation {
  return observe(refusal, `${type} "${subjectOf(id).name}"`);
}

function observe({ policy, open }: Refusal, what: string): Observation {
  const { assignment, referenceId } = policy;
  const which = `assignment "${assignment.name}" of Azure Policy${referenceId === undefined ? "" : ` (policy "${referenceId}" of its initiative)`}`;
  const about = [assignment.id, referenceId ?? "", what].join(" ");
  const scope = knownOr(assignment.scope, "an unknown scope");
  const blamed: Subject = subjectOf(assignment.id);
  return open === undefined
    ? { outcome: "fail", about, blamed, message: `${which} at "${scope}" denies ${what}` }
    : {
        outcome: "undecided",
        about,
        blamed,
        message: `whether ${which} at "${scope}" denies ${what} is not known: ${open}`,
      };
}

/** Several subnets are often denied for one reason. */
function withoutRepeats(observations: readonly Observation[]): readonly Observation[] {
  return [...new Map(observations.map((each) => [`${each.outcome} ${each.about}`, each])).values()];
}
