import {
  hasPlaceholderScope,
  normalizeId,
  PLACEHOLDER_RESOURCE_GROUP,
  providerPart,
  type ResourceId,
} from "../../model/resource-id.ts";

/**
 * The fact about a resource. An id with a placeholder for its subscription or resource group, as a design has it before it is
 * deployed, is looked up by what it tells; where several facts fit, none is taken.
 */
export function findFact<T extends { readonly id: ResourceId }>(facts: readonly T[], id: ResourceId): T | undefined {
  const exact = facts.find((fact) => normalizeId(fact.id) === normalizeId(id));
  if (exact !== undefined || !hasPlaceholderScope(id)) return exact;
  const told = id.toLowerCase().includes(PLACEHOLDER_RESOURCE_GROUP) ? providerPart : withoutSubscription;
  const fitting = facts.filter((fact) => told(fact.id) === told(id));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function withoutSubscription(id: ResourceId): string {
  return normalizeId(id).replace(/^\/subscriptions\/[^/]+/, "");
}
