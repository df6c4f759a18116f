import { PLACEHOLDER_RESOURCE_GROUP, PLACEHOLDER_SUBSCRIPTION } from "../../model/resource-id.ts";
import type { ArmResource } from "../arm/arm-resource.ts";
import { type ArmObject, type ArmValue, member } from "../arm/arm-value.ts";
import { composeId, splitSegments, typeAndName } from "../arm/id-text.ts";
import { azureNativeKey, type ResourceType, resourceTypes } from "./resource-types.ts";

/** A resource of a Pulumi program or state, with Pulumi's marks resolved. */
export interface PulumiResource {
  /** The type token. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** The id that other resources refer to it by; empty while it is not known. */
  readonly id: string;
  /** Inputs and outputs in one object. */
  readonly body: ArmObject;
}

/** Pulumi's resources as ARM resources and Windows 365 connections. */
export interface ConvertedResources {
  readonly resources: readonly ArmResource[];
  readonly connections: readonly ArmObject[];
}

/**
 * Turns resources of azure-native, which are flattened ARM resources, into ARM resources. Where an id is not ARM's (in a
 * program that was only evaluated), the one that ARM will give is made from the inputs, in references as well.
 */
export function convertPulumiResources(pulumiResources: readonly PulumiResource[]): ConvertedResources {
  const relevant = pulumiResources.filter(({ type }) => !type.startsWith("pulumi:"));
  const renamed = new Map<string, string>();
  for (const resource of relevant) {
    const id = armIdOf(resource);
    if (resource.id !== "" && id !== undefined && id !== resource.id) renamed.set(resource.id, id);
  }
  const resources: ArmResource[] = [];
  const connections: ArmObject[] = [];
  for (const resource of relevant) {
    const body = renamed.size === 0 ? resource.body : withIds(resource.body, renamed);
    if (isConnection(resource.type)) connections.push(connectionOf(resource, body));
    else resources.push(armResourceOf(resource, body));
  }
  return { resources, connections };
}

/** The id that ARM gives to a resource of azure-native; undefined for other resources. */
export function armIdOf({ type, name, id, body }: PulumiResource): string | undefined {
  if (azureNativeKey(type) === undefined) return undefined;
  const known = typeAndName(id);
  if (known !== undefined) return id;
  const entry = resourceTypes.get(azureNativeKey(type) ?? "");
  if (entry === undefined) return undefined;
  const names = entry.names.map((field) => textOf(member(body, field)) ?? `{${field} of ${name}}`);
  const armType = entry.type.replace("{recordType}", textOf(member(body, "recordType")) ?? "{recordType}");
  return composeId(scopeOf(entry.scope, body), armType, names.map((part) => part.replaceAll("/", "|")).join("/"));
}

function scopeOf(scope: ResourceType["scope"], body: ArmObject): string {
  const subscription = `/subscriptions/${PLACEHOLDER_SUBSCRIPTION}`;
  if (scope === "subscription") return subscription;
  if (scope !== "resourceGroup") return (textOf(member(body, scope)) ?? "").replace(/\/+$/, "");
  return `${subscription}/resourceGroups/${textOf(member(body, "resourceGroupName")) ?? PLACEHOLDER_RESOURCE_GROUP}`;
}

function armResourceOf(resource: PulumiResource, body: ArmObject): ArmResource {
  const id = armIdOf(resource) ?? resource.id;
  const named = azureNativeKey(resource.type) === undefined ? undefined : typeAndName(id);
  const { type, name } = named ?? resource;
  const members = new Map(body.members);
  for (const [key, value] of [
    ["id", id],
    ["name", splitSegments(name).at(-1) ?? name],
  ] as const) {
    members.set(key, { kind: "string", value, place: body.place });
  }
  // What a connection of two networks was when Pulumi wrote it down is not what it is once the other side is there.
  if (type.toLowerCase().endsWith("/virtualnetworkpeerings")) {
    members.delete("peeringState");
    members.delete("peeringSyncLevel");
  }
  return {
    type,
    name,
    id: id === "" ? `${resource.type}::${resource.name}` : id,
    body: { ...body, members },
    place: body.place,
  };
}

/** A Windows 365 connection of a provider for Microsoft Graph. */
function isConnection(type: string): boolean {
  return /:((CloudPc)?OnPremisesConnection|AzureNetworkConnection)$/i.test(type);
}

function connectionOf({ id, name }: PulumiResource, body: ArmObject): ArmObject {
  const members = new Map(body.members);
  members.set("id", { kind: "string", value: id === "" ? name : id, place: body.place });
  return { ...body, members };
}

/** Replaces ids in references, also where they begin the id of a part. */
function withIds(object: ArmObject, renamed: ReadonlyMap<string, string>): ArmObject {
  const replace = (value: ArmValue): ArmValue => {
    if (value.kind === "object") return withIds(value, renamed);
    if (value.kind === "array") return { ...value, items: value.items.map(replace) };
    if (value.kind !== "string") return value;
    let prefix = value.value;
    for (;;) {
      const id = renamed.get(prefix);
      if (id !== undefined) return { ...value, value: id + value.value.slice(prefix.length) };
      const slash = prefix.lastIndexOf("/");
      if (slash < 0) return value;
      prefix = prefix.slice(0, slash);
    }
  };
  return { ...object, members: new Map([...object.members].map(([name, value]) => [name, replace(value)])) };
}

function textOf(value: ArmValue | undefined): string | undefined {
  if (value?.kind === "unknown") return value.symbol;
  return value?.kind === "string" ? value.value : undefined;
}
