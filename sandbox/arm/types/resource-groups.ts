import { isWithin } from "../arm-id.ts";
import type { ArmDelete, ArmError, ArmResource, EstateView, ResourceRules } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { estateWithout } from "../estate-without.ts";
import { conflict } from "../refusal.ts";

/** How the rules of the resources in a group are found. */
export type RulesLookup = (type: string) => ResourceRules | undefined;

/** Resource groups; deleting one deletes what it holds, unless something outside still uses it. */
export function resourceGroups(rulesFor: RulesLookup): ResourceRules {
  return defineRules({
    type: "Microsoft.Resources/resourceGroups",
    apiVersion: "2024-03-01",
    name: {
      min: 1,
      max: 90,
      pattern: /^[\p{L}\p{N}_.()-]*[\p{L}\p{N}_()-]$/u,
      code: "InvalidResourceGroup",
      characters: "It may contain letters, digits, '_', '-', '(', ')' and '.', and must not end with '.'.",
    },
    place: "regional",
    refuseDelete: (args) => checkContents(args, rulesFor),
    replaceOn: ["location"],
    duration: { create: 2, update: 2, delete: 15 },
  });
}

// What blocks the group is what would block one of its resources with the rest of the group already gone.
function* checkContents({ id, estate }: ArmDelete, rulesFor: RulesLookup): Generator<ArmError> {
  const left = estateWithout(estate, (other) => isWithin(id, other));
  const blocked = descendants(id, estate).filter((current) => {
    const rules = rulesFor(current.type);
    return rules !== undefined && rules.validateDelete({ id: current.id, current, estate: left }).length > 0;
  });
  if (blocked.length === 0) return;
  yield conflict(
    "ResourceGroupDeletionBlocked",
    `Deletion of resource group '${id.slice(id.lastIndexOf("/") + 1)}' failed as resources with identifiers ` +
      `'${blocked.map((resource) => resource.id).join(",")}' could not be deleted. ` +
      "The provisioning state of the resource group will be rolled back.",
  );
}

function descendants(id: string, estate: EstateView): readonly ArmResource[] {
  return estate.children(id).flatMap((child) => [child, ...descendants(child.id, estate)]);
}
