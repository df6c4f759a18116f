import { unknown } from "../../model/read.ts";
import { normalizeId, PLACEHOLDER_SUBSCRIPTION, type ResourceId } from "../../model/resource-id.ts";
import type { TenantFacts } from "../tenant-facts.ts";
import type { Truth } from "./truth.ts";

/**
 * Whether a scope (management group, subscription, resource group or resource) is or contains a resource. Not known where the
 * design has a placeholder, or nobody read which management groups a subscription is in.
 */
export function containsScope(scope: ResourceId, id: ResourceId, tenant: TenantFacts | undefined): Truth {
  const wanted = normalizeId(scope);
  if (wanted === "") return true;
  const group = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/.exec(wanted)?.[1];
  const resource = normalizeId(withSubscription(id, tenant));
  return group === undefined ? startsWith(resource, wanted) : inManagementGroup(resource, group, tenant);
}

/** Where the facts know one subscription only, it is the one that a design leaves open. */
function withSubscription(id: ResourceId, tenant: TenantFacts | undefined): ResourceId {
  const [only, second] = tenant?.subscriptions ?? [];
  return only === undefined || second !== undefined ? id : id.replace(PLACEHOLDER_SUBSCRIPTION, only.subscriptionId);
}

/** Placeholders of templates, and names of which a part is not known, have braces. */
function isOpen(part: string): boolean {
  return part.includes("{");
}

function startsWith(resource: string, scope: string): Truth {
  const [parts, wanted] = [resource.split("/"), scope.split("/")];
  let open: string | undefined;
  for (const [index, part] of wanted.entries()) {
    const given = parts[index];
    if (given === part) continue;
    if (given === undefined || !(isOpen(given) || isOpen(part))) return false;
    open ??= `whether "${resource}" is in scope "${scope}" is not known`;
  }
  return open === undefined ? true : unknown(open);
}

function inManagementGroup(resource: string, group: string, tenant: TenantFacts | undefined): Truth {
  if (tenant !== undefined && group === tenant.tenantId.toLowerCase()) return true;
  const subscription = /^\/subscriptions\/([^/]+)/.exec(resource)?.[1] ?? "";
  const ancestors = tenant?.subscriptions?.find(
    ({ subscriptionId }) => subscriptionId === subscription,
  )?.managementGroups;
  if (ancestors !== undefined) return ancestors.some((name) => name.toLowerCase() === group);
  return unknown(`whether subscription "${subscription}" is in management group "${group}" is not known`);
}
