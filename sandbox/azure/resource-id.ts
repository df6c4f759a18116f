import { parentId, parseArmId } from "../arm/arm-id.ts";

/** The key under which ids that differ in case only are the same. */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** Id of what holds a resource: its parent, its resource group, or the scope it is attached to. "" at the top. */
export function holderId(id: string): string {
  const parsed = parseArmId(id);
  if (parsed?.type === "Microsoft.Resources/resourceGroups") return `/subscriptions/${parsed.subscriptionId ?? ""}`;
  return parentId(id) ?? parsed?.scope ?? "";
}
