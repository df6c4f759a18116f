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
    location: member(body, "location") ?? (hasLocation(type) ? unknownLocation : undefined),
    body,
  };
}

const unknownLocation: ArmValue = {
  kind: "unknown",
  symbol: "{location}",
  reason: "the location is not in the input",
  place: targetPlace,
};

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
 * Whether Azure's mode `Indexed` asks about a target: its type has tags and a location. A request for such a type tells the location;
 * one of the types that certainly have one may leave it to Pulumi, which takes the resource group's.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-basics (read 2026-11-21).
 */
export function isIndexed({ type, location }: PolicyTarget): boolean {
  if (/^Microsoft\.(Authorization|Resources)\//i.test(type)) return false;
  return location !== undefined || hasLocation(type);
}

function hasLocation(type: string): boolean {
  return /^Microsoft\.(Compute|Network|OperationalInsights|Storage)\/[^/]+$/i.test(type);
}
