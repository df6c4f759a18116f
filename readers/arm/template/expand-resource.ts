import { type ArmObject, type ArmUnknown, type ArmValue, member } from "../arm-value.ts";
import { type Scope, unknownValue } from "../expression/scope.ts";
import { composeId, splitSegments } from "../id-text.ts";
import { copyCount, evaluateNode, evaluateObject, withLoop } from "./evaluate-node.ts";
import { lazily } from "./lazily.ts";
import { nestedDeployment } from "./nested-deployment.ts";
import { type DeclaredResource, textOf } from "./registry.ts";
import type { TemplateSource } from "./template-source.ts";

/** One entry of `resources`, and what it is read with. */
export interface ResourceNode {
  readonly node: ArmValue;
  readonly source: TemplateSource;
  readonly scope: Scope;
  readonly owner: object;
  readonly symbolicName: string | undefined;
  /** The resource it is nested in. */
  readonly parent?: DeclaredResource;
}

/** Members that steer the deployment, and are no part of what is deployed. */
const steering: ReadonlySet<string> = new Set([
  "copy",
  "condition",
  "dependson",
  "resources",
  "comments",
  "existing",
  "scope",
]);

/** Declares the resource of a node once, or once for each iteration of its `copy` loop, with its children. */
export function expandResource(entry: ResourceNode): void {
  const { node, source, scope, symbolicName } = entry;
  if (node.kind !== "object") {
    refuse(entry, `a resource is of type ${node.kind}, expected an object`);
    return;
  }
  const copy = member(node, "copy");
  if (copy?.kind !== "object") {
    declare(entry, node, scope, symbolicName);
    return;
  }
  const loop = member(copy, "name");
  const name = loop?.kind === "string" ? loop.value : (symbolicName ?? "");
  const count = copyCount(copy, scope);
  if (typeof count === "string") {
    source.session.notes.push(`${place(node)}: how many copies are deployed is not known, so none was read: ${count}`);
    return;
  }
  for (let index = 0; index < count && source.session.limits.steps >= 0; index++) {
    declare(entry, node, withLoop(scope, name, index, true), `${symbolicName ?? name}[${index}]`);
  }
}

function declare(entry: ResourceNode, node: ArmObject, scope: Scope, symbolicName: string | undefined): void {
  const { source, owner, parent } = entry;
  const { session, registry } = source;
  session.limits.steps -= 10;
  if (session.limits.steps < 0) {
    refuse(entry, "the templates declare more resources than can be read");
    return;
  }
  const written = evaluateNode(member(node, "type") ?? { kind: "null", place: node.place }, scope);
  if (written.kind !== "string" || (!written.value.includes("/") && parent === undefined)) {
    refuse(entry, `a resource has no "type" such as "Microsoft.Network/virtualNetworks"`);
    return;
  }
  if (member(node, "name") === undefined) {
    refuse(entry, `a resource of type "${written.value}" has no "name"`);
    return;
  }
  const type = fullType(written.value, parent);
  const cycle = () => unknownValue(session, `{${place(node)}}`, "the resource refers to itself", node.place);
  const name = lazily(() => fullName(evaluateNode(member(node, "name") ?? node, scope), type, parent, source), cycle);
  const id = lazily(() => resourceId(type, name(), scopeOf(node, scope, source, parent), source), cycle);
  const isDeployment = /^Microsoft\.Resources\/deployments$/i.test(type);
  const condition = conditionOf(node, scope, source, parent);
  const outputs =
    isDeployment && condition() !== false ? nestedDeployment({ node, scope, source, condition }) : undefined;
  const body = lazily(() => evaluateBody(node, scope, type, name(), id(), outputs?.()), cycle);
  const existing = member(node, "existing");
  const declared: DeclaredResource = {
    owner,
    symbolicName,
    type,
    name,
    id,
    body,
    condition,
    existing: existing?.kind === "boolean" && existing.value,
    place: node.place,
  };
  registry.add(declared);
  const children = member(node, "resources");
  if (children?.kind === "array") {
    for (const child of children.items)
      expandResource({ ...entry, node: child, scope, symbolicName: undefined, parent: declared });
  }
}

/** A child nested in its parent may give only its own part of the type. */
function fullType(type: string, parent: DeclaredResource | undefined): string {
  if (parent === undefined || type.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`)) return type;
  return /^[^/]+\.[^/]+\//.test(type)
    ? `${parent.type}/providers/${type.slice(type.indexOf("/") + 1)}`
    : `${parent.type}/${type}`;
}

function fullName(
  name: ArmValue,
  type: string,
  parent: DeclaredResource | undefined,
  source: TemplateSource,
): ArmValue {
  if (parent === undefined || splitSegments(textOf(name)).length >= splitSegments(type).length - 1) return name;
  return joined([parent.name(), "/", name], source);
}

function resourceId(type: string, name: ArmValue, scope: ArmValue, source: TemplateSource): ArmValue {
  const text = composeId(textOf(scope), type, textOf(name)) ?? `${textOf(scope)}/providers/${type}/${textOf(name)}`;
  const unknown = [name, scope].find((value) => value.kind === "unknown");
  return unknown?.kind === "unknown"
    ? unknownValue(source.session, text, unknown.reason, name.place)
    : { kind: "string", value: text, place: name.place };
}

/** The id that the resource is deployed under: the target of the deployment, or what `scope` names. */
function scopeOf(
  node: ArmObject,
  scope: Scope,
  source: TemplateSource,
  parent: DeclaredResource | undefined,
): ArmValue {
  const { level, subscriptionId, resourceGroupName } = source.target;
  const own = member(node, "scope");
  const target: readonly (string | ArmValue)[] =
    level === "resourceGroup"
      ? ["/subscriptions/", subscriptionId, "/resourceGroups/", resourceGroupName]
      : level === "subscription"
        ? ["/subscriptions/", subscriptionId]
        : level === "managementGroup"
          ? ["/providers/Microsoft.Management/managementGroups/{management-group}"]
          : [""];
  if (own === undefined || parent !== undefined) return joined(target, source);
  const given = evaluateNode(own, scope);
  const text = textOf(given);
  if (text === "/") return { kind: "string", value: "", place: own.place };
  if (given.kind !== "string" || text.startsWith("/")) return given;
  // `Microsoft.Network/virtualNetworks/vnet-hub` names a resource of the same deployment.
  return joined([...target, `/providers/${text}`], source);
}

function conditionOf(
  node: ArmObject,
  scope: Scope,
  source: TemplateSource,
  parent: DeclaredResource | undefined,
): () => boolean | ArmUnknown {
  const around = parent?.condition ?? source.condition;
  const own = member(node, "condition");
  if (own === undefined) return around;
  let answer: boolean | ArmUnknown | undefined;
  return () => {
    answer ??= conditionAnswer(evaluateNode(own, scope), around);
    return answer;
  };
}

function conditionAnswer(value: ArmValue, around: () => boolean | ArmUnknown): boolean | ArmUnknown {
  const outer = around();
  const no = value.kind === "boolean" ? !value.value : value.kind === "string" && value.value.toLowerCase() === "false";
  if (no || outer === false) return false;
  return value.kind === "unknown" ? value : outer;
}

function evaluateBody(
  node: ArmObject,
  scope: Scope,
  type: string,
  name: ArmValue,
  id: ArmValue,
  outputs: ArmValue | undefined,
): ArmValue {
  const { place } = node;
  const written = evaluateObject(node, scope, outputs === undefined ? steering : new Set([...steering, "properties"]));
  const members = new Map(written.members);
  for (const key of members.keys()) if (/^(type|name|id)$/i.test(key)) members.delete(key);
  members.set("id", id).set("type", { kind: "string", value: type, place }).set("name", name);
  if (outputs !== undefined)
    members.set("properties", { kind: "object", members: new Map([["outputs", outputs]]), place });
  return { kind: "object", members, place };
}

function joined(parts: readonly (string | ArmValue)[], source: TemplateSource): ArmValue {
  const text = parts.map((part) => (typeof part === "string" ? part : textOf(part))).join("");
  const { place } = source.template;
  const unknown = parts.find((part) => typeof part === "object" && part.kind === "unknown");
  return typeof unknown === "object" && unknown.kind === "unknown"
    ? unknownValue(source.session, text, unknown.reason, place)
    : { kind: "string", value: text, place };
}

function refuse({ node, source }: ResourceNode, message: string): void {
  source.session.problems.push({
    file: node.place.file,
    line: node.place.line,
    message: `${node.place.path}: ${message}`,
  });
}

function place(node: ArmObject): string {
  return `${node.place.path} of ${node.place.file}:${node.place.line}`;
}
