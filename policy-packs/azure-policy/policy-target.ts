import { hasPlaceholderScope, type ResourceId } from "../../model/resource-id.ts";
import type { ArmResource } from "../../readers/arm/arm-resource.ts";
import { type ArmObject, type ArmValue, armValue, member, type Place } from "../../readers/arm/arm-value.ts";

/** What a policy is asked about: the request that makes a resource, in ARM's form. */
export interface PolicyTarget {
  readonly id: ResourceId;
  /** `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  /** The name without, and with, the names of its parents. */
  readonly name: ArmValue;
  readonly fullName: ArmValue;
  readonly location: ArmValue | undefined;
  readonly body: ArmObject;
}

/** The place of what a target says of itself. */
const targetPlace: Place = { file: "", line: 0, path: "" };

/** A resource of the input as the target of a policy. */
export function targetOf({ id, type, name, body }: ArmResource): PolicyTarget {
  const known = !name.includes("{");
  const text = (value: string): ArmValue =>
    known
      ? armValue(value, targetPlace)
      : { kind: "unknown", symbol: value, reason: `the name "${name}" is not known`, place: targetPlace };
  return {
    id,
    type,
    name: text(name.slice(name.lastIndexOf("/") + 1)),
    fullName: text(name),
    location: member(body, "location"),
    body,
  };
}

/** The name of the resource group that a target is in, and its subscription, where the id tells. */
export function targetGroup({ id }: PolicyTarget): {
  readonly subscriptionId: ArmValue;
  readonly resourceGroupName: ArmValue;
} {
  const [, subscription = "", group = ""] = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(id) ?? [];
  return { subscriptionId: part(subscription, "subscription"), resourceGroupName: part(group, "resource group") };
}

function part(text: string, what: string): ArmValue {
  if (text !== "" && !hasPlaceholderScope(`/${text}`)) return armValue(text, targetPlace);
  return { kind: "unknown", symbol: `{${what}}`, reason: `the ${what} is not known`, place: targetPlace };
}

/**
 * Child types that have tags and a location. Azure's mode `Indexed` asks only about types that do; all other children have neither.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/tag-support (read 2026-11-21).
 */
const taggedChildTypes: ReadonlySet<string> = new Set([
  "microsoft.network/privatednszones/virtualnetworklinks",
  "microsoft.network/dnsresolvers/inboundendpoints",
  "microsoft.network/dnsresolvers/outboundendpoints",
  "microsoft.network/networkwatchers/flowlogs",
]);

/** Whether Azure's mode `Indexed` asks about a type. */
export function isIndexed(type: string): boolean {
  const lower = type.toLowerCase();
  if (/^microsoft\.(authorization|resources)\//.test(lower)) return false;
  return lower.split("/").length === 2 || taggedChildTypes.has(lower);
}
