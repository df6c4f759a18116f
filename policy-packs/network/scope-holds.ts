import { type Unknown, unknown } from "../../model/read.ts";
import { hasPlaceholderScope, normalizeId, type ResourceId } from "../../model/resource-id.ts";

/**
 * Whether what applies to a scope applies to a resource: it is the resource, or one that the resource is in. Not known where a
 * template's placeholder stands for a subscription or resource group in one of the ids only.
 */
export function scopeHolds(scope: ResourceId, id: ResourceId): boolean | Unknown {
  const [outer, inner] = [scope, id].map((each) => normalizeId(each).split("/"));
  if (outer === undefined || inner === undefined || outer.length > inner.length) return false;
  const differing = outer.filter((segment, index) => segment !== inner[index]);
  if (differing.length === 0) return true;
  const pairs = outer.map((segment, index) => [segment, inner[index] ?? ""] as const);
  const open = pairs.every(([a, b]) => a === b || hasPlaceholderScope(a) || hasPlaceholderScope(b));
  return open ? unknown(`"${scope}" and "${id}" compare only once the template is deployed`) : false;
}
