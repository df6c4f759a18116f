import type { Lock } from "../../../model/estate/governance.ts";
import { isUnknown } from "../../../model/read.ts";
import { normalizeId, type ResourceId, resourceName } from "../../../model/resource-id.ts";
import type { Check, Design, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { networkInterfaceGroups } from "../../tenant/connection-places.ts";
import { resourceGroupSubject } from "../../tenant/tenant-subject.ts";
import { eachSubnet } from "../each-subnet.ts";
import { scopeHolds } from "../scope-holds.ts";

const lockedForReading = ["resourceAvailabilityCheckResourceGroupLockedForReadonly"];
/** A lock against deletion also keeps the history of deployments, by which network interfaces are made, from being cleaned up. */
const lockedForDeletion = [
  "resourceAvailabilityCheckResourceGroupLockedForDelete",
  "resourceAvailabilityCheckDeploymentQuotaLimitReached",
];

/** Windows 365 makes and deletes network interfaces in the group, with every provisioning and every health check. */
export const resourceGroupUnlocked: Rule = {
  name: "resource-group-unlocked",
  pack: "network",
  description: "No lock covers the resource group in which Windows 365 makes the network interfaces of Cloud PCs.",
  severity: "high",
  errorTypes: [...lockedForReading, ...lockedForDeletion],
  url: "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
  remediation: "Put the lock on the resources that need it instead of on the resource group or the subscription.",
  judge: (design) => {
    const groups = networkInterfaceGroups(design);
    return groups.length === 0 ? withoutGroup(design) : groups.map((group) => judge(design, group));
  },
};

function judge(design: Design, group: ResourceId): Check {
  const subject = resourceGroupSubject(group);
  const assumption = "no lock outside of the input covers the resource group of the network interfaces";
  return {
    subject,
    observations: locksOf(design).flatMap((lock) => observe(lock, group)),
    assumptions: design.tenant?.locks === undefined ? [assumption] : [],
  };
}

/** Every lock that the input or the facts of the tenant hold, once each. */
function locksOf({ network, tenant }: Design): readonly Lock[] {
  const all = [...network.estate.locks, ...(tenant?.locks ?? [])];
  return [...new Map(all.map((lock) => [normalizeId(lock.id), lock])).values()];
}

function observe(lock: Lock, group: ResourceId): readonly Observation[] {
  const { name, level, scope } = lock;
  const covered = isUnknown(scope) ? scope : scopeHolds(scope, group);
  if (covered === false) return [];
  const base = { about: `lock ${name}`, blamed: subjectOf(lock.id), ...(lock.place && { place: lock.place }) } as const;
  const where = `resource group "${resourceName(group)}", where Windows 365 makes and deletes network interfaces`;
  const open = [covered, level].find(isUnknown);
  if (open !== undefined) {
    const errorTypes = isUnknown(level) ? [...lockedForReading, ...lockedForDeletion] : errorTypesOf(level);
    const message = `whether lock "${name}" stands in the way in ${where} is not known: ${open.unknown}`;
    return [{ ...base, outcome: "undecided", errorTypes, message }];
  }
  if (isUnknown(level)) return [];
  return [
    {
      ...base,
      outcome: "fail",
      errorTypes: errorTypesOf(level),
      message: `lock "${name}" (${level}) covers ${where}`,
      remedy: `delete lock "${name}", or put it on the resources that need it`,
    },
  ];
}

function errorTypesOf(level: "CanNotDelete" | "ReadOnly"): readonly string[] {
  return level === "ReadOnly" ? lockedForReading : lockedForDeletion;
}

/** Neither a connection nor a role assignment names the group. */
function withoutGroup(design: Design): readonly Check[] {
  const locks = locksOf(design);
  const assumption = "no lock covers the resource group of the network interfaces, which the input does not name";
  return eachSubnet(design, () =>
    locks
      .filter(({ scope }) => isUnknown(scope) || !scope.toLowerCase().includes("/providers/"))
      .map(({ id, name, level }) => ({
        outcome: "undecided",
        about: `lock ${name}`,
        blamed: subjectOf(id),
        errorTypes: isUnknown(level) ? [...lockedForReading, ...lockedForDeletion] : errorTypesOf(level),
        message: `whether lock "${name}" covers the resource group of the network interfaces is not known: neither a connection nor a role assignment of the input names the group`,
      })),
  ).map((check) => ({ ...check, assumptions: [assumption] }));
}
