import { parentId, parseArmId, resourceGroupId } from "../arm/arm-id.ts";
import type { ArmError, EstateView } from "../arm/contract.ts";

/** What ARM itself answers, before any resource provider sees the request, if the group or the parent of a resource is not there. */
export function missingContainer(id: string, estate: EstateView): ArmError | undefined {
  const groupId = resourceGroupId(id);
  if (groupId !== undefined && groupId !== id && estate.get(groupId) === undefined) {
    const name = parseArmId(groupId)?.names[0] ?? "";
    return { status: 404, code: "ResourceGroupNotFound", message: `Resource group '${name}' could not be found.` };
  }
  const parent = parentId(id);
  if (parent === undefined || estate.get(parent) !== undefined) return undefined;
  const message = `Can not perform requested operation on nested resource. Parent resource '${parseArmId(parent)?.names.at(-1) ?? parent}' not found.`;
  return { status: 404, code: "ParentResourceNotFound", message };
}

/** What only a sandbox answers: this type has not been imitated. */
export function notImitated(id: string, type: string): ArmError {
  return {
    status: 400,
    code: "SandboxTypeNotImitated",
    message: `the sandbox does not imitate resources of type "${type}" (asked for "${id}")`,
  };
}
