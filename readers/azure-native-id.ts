import { PLACEHOLDER_SUBSCRIPTION } from "../model/resource-id.ts";
import { composeId } from "./arm/id-text.ts";
import { azureNativeKey, type ResourceType, resourceTypes } from "./pulumi/resource-types.ts";

/** Stands for the subscription that a provider is signed in to, where nothing names it. */
export const ownSubscription = PLACEHOLDER_SUBSCRIPTION;

/**
 * The ARM id of a resource, computed from its inputs before or after it exists; undefined for a type that is not known,
 * or if an input that names it is not known text.
 *
 * @param token - for example `azure-native:network:Subnet`
 * @param subscriptionId - a placeholder if it is not known
 */
export function azureNativeId(
  token: string,
  inputs: Readonly<Record<string, unknown>>,
  subscriptionId: string = ownSubscription,
): string | undefined {
  const type = resourceTypes.get(azureNativeKey(token) ?? "");
  const names = type?.names.map((name) => inputs[name]) ?? [];
  if (type === undefined || !names.every((name) => typeof name === "string")) return undefined;
  const scope = scopeOf(type, inputs, subscriptionId);
  return scope === undefined ? undefined : composeId(scope, type.type, names.join("/"));
}

function scopeOf(
  { scope }: ResourceType,
  inputs: Readonly<Record<string, unknown>>,
  subscriptionId: string,
): string | undefined {
  const subscription = `/subscriptions/${subscriptionId}`;
  if (scope === "subscription") return subscription;
  const value = inputs[scope === "resourceGroup" ? "resourceGroupName" : scope];
  if (typeof value !== "string") return undefined;
  return scope === "resourceGroup" ? `${subscription}/resourceGroups/${value}` : value.replace(/\/+$/, "");
}
