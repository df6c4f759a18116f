import { type ArmValue, partially } from "../../arm-value.ts";
import { composeId, splitSegments } from "../../id-text.ts";
import { type Call, type FunctionTable, lenient } from "../call.ts";
import { encodeSymbol, symbolOf, unknownValue } from "../scope.ts";

/**
 * Resource ids and references:
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource (read 2026-11-21).
 * An id with unknown parts keeps the known ones readable, so that it can be matched with the resource it names.
 */
export const resourceFunctions: FunctionTable = new Map([
  ["resourceid", lenient(2, Number.POSITIVE_INFINITY, resourceId)],
  ["subscriptionresourceid", lenient(2, Number.POSITIVE_INFINITY, subscriptionResourceId)],
  ["managementgroupresourceid", lenient(2, Number.POSITIVE_INFINITY, managementGroupResourceId)],
  ["tenantresourceid", lenient(2, Number.POSITIVE_INFINITY, (call) => build(call, [], 0))],
  ["extensionresourceid", lenient(3, Number.POSITIVE_INFINITY, (call) => build(call, [call.value(0)], 1))],
  ["reference", lenient(1, 3, reference)],
  ["resourceinfo", lenient(1, 1, resourceInfo)],
]);

/** `resourceId([subscriptionId], [resourceGroupName], type, name, …)`: the type is the first argument with a slash. */
function resourceId(call: Call): ArmValue | string | null {
  const at = typeIndex(call);
  const { target } = call.scope;
  const subscription = at === 2 ? call.value(0) : target.subscriptionId;
  const group = at > 0 ? call.value(at - 1) : target.resourceGroupName;
  if (at > 2) return call.fail("the resource type is not where it belongs");
  if (at === 0 && target.level === "subscription")
    return build(call, [text(call, "/subscriptions/"), subscription], at);
  if (at === 0 && target.level === "tenant") return build(call, [], at);
  return build(call, [text(call, "/subscriptions/"), subscription, text(call, "/resourceGroups/"), group], at);
}

function subscriptionResourceId(call: Call): ArmValue | string | null {
  const at = typeIndex(call);
  const subscription = at === 1 ? call.value(0) : call.scope.target.subscriptionId;
  return build(call, [text(call, "/subscriptions/"), subscription], at);
}

function managementGroupResourceId(call: Call): ArmValue | string | null {
  const at = typeIndex(call);
  const group: ArmValue =
    at === 1
      ? call.value(0)
      : unknownValue(
          call.scope.session,
          "{management-group}",
          "the management group of the deployment is not in the input",
          call.place,
        );
  return build(call, [text(call, "/providers/Microsoft.Management/managementGroups/"), group], at);
}

function typeIndex(call: Call): number {
  return Math.max(
    0,
    call.values.findIndex((value) => value.kind === "string" && /^[^/]+\.[^/]+\/./.test(value.value)),
  );
}

/** The id from its scope, in parts, and the type and names from argument `at` on. */
function build(call: Call, scope: readonly ArmValue[], at: number): ArmValue | string | null {
  const type = call.value(at);
  if (type.kind === "unknown") return call.unknown(type.reason);
  const parts = [...scope, ...call.values.slice(at + 1)];
  const names = call.values.slice(at + 1).flatMap((value) => splitSegments(segment(value)));
  const id = composeId(scope.map(segment).join(""), call.string(at), names.join("/"));
  if (id === undefined)
    return call.fail(`type ${JSON.stringify(call.string(at))} does not take ${names.length} name(s)`);
  const unknown = parts.find((part) => part.kind === "unknown");
  return unknown?.kind === "unknown" ? unknownValue(call.scope.session, id, unknown.reason, call.place) : id;
}

function segment(value: ArmValue): string {
  if (value.kind === "unknown") return value.symbol;
  return value.kind === "string" || value.kind === "number" ? String(value.value) : `{${encodeSymbol(value.kind)}}`;
}

function text(call: Call, value: string): ArmValue {
  return { kind: "string", value, place: call.place };
}

/** What the input says about a resource; all that Azure would add is unknown. */
function reference(call: Call): ArmValue {
  const wanted = call.value(0);
  const name = wanted.kind === "unknown" ? wanted.symbol : call.string(0);
  const found = call.scope.resource(name);
  const symbol = `reference(${symbolOf(wanted)})`;
  if (found === undefined) return call.unknown(`${JSON.stringify(name)} is not in the input`);
  const body = found.body();
  if (body.kind === "unknown") return body;
  const partial = { reason: `Azure answers it only when ${JSON.stringify(name)} is deployed`, symbol };
  const mode = call.value(2);
  if (mode.kind === "string" && mode.value.toLowerCase() === "full") return partially(body, partial);
  const properties = body.kind === "object" ? body.members.get("properties") : undefined;
  return partially(properties ?? call.record([]), partial);
}

function resourceInfo(call: Call): ArmValue {
  const found = call.scope.resource(call.string(0));
  if (found === undefined) return call.unknown(`${JSON.stringify(call.string(0))} is not in the input`);
  return call.record([
    ["id", found.id()],
    ["name", found.name()],
    ["type", text(call, found.type)],
  ]);
}
