import { type ArmArray, type ArmObject, type ArmValue, member } from "./arm/arm-value.ts";
import { parseJson } from "./arm/parse-json.ts";
import type { ArmFile } from "./arm/read-arm.ts";
import { type EstateReading, estateFromArm } from "./estate-from-arm.ts";
import type { Problem } from "./problem.ts";
import { convertPulumiResources, type PulumiResource } from "./pulumi/azure-native.ts";
import { resolvePulumiValue } from "./pulumi/pulumi-value.ts";

/** The estate of a stack, or every problem that stands in the way. */
export type StateReading =
  | ({
      readonly ok: true;
      /** Components, which are no resources of Azure but may say what others are for. */
      readonly components: readonly PulumiResource[];
    } & EstateReading)
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a Pulumi checkpoint, or what `pulumi stack export` prints, of a stack that uses azure-native. */
export function readPulumiState(file: ArmFile): StateReading {
  const parsed = parseJson(file.text, file.name);
  if ("problem" in parsed) return { ok: false, problems: [parsed.problem] };
  const list = resourceList(parsed.value);
  if (list === undefined) {
    const message =
      'this is not the state of a Pulumi stack: expected a checkpoint, or "deployment" with "resources" as `pulumi stack export` prints them';
    return { ok: false, problems: [{ file: file.name, line: parsed.value.place.line, message }] };
  }
  const problems: Problem[] = [];
  const all = list.items.flatMap((item) => pulumiResource(item, problems));
  if (problems.length > 0) return { ok: false, problems };
  const { resources, connections } = convertPulumiResources(all.filter(({ isComponent }) => !isComponent));
  const components = all.filter(({ isComponent }) => isComponent);
  return { ok: true, components, ...estateFromArm(resources, connections) };
}

/** `deployment.resources` of an export, `checkpoint.latest.resources` of a checkpoint; a stack never deployed has none. */
function resourceList(value: ArmValue): ArmArray | undefined {
  const checkpoint = objectMember(value, "checkpoint");
  const deployment =
    checkpoint === undefined ? objectMember(value, "deployment") : (objectMember(checkpoint, "latest") ?? checkpoint);
  if (deployment === undefined) return undefined;
  const resources = member(deployment, "resources");
  if (resources?.kind === "array") return resources;
  return resources === undefined || resources.kind === "null"
    ? { kind: "array", items: [], place: deployment.place }
    : undefined;
}

function pulumiResource(item: ArmValue, problems: Problem[]): (PulumiResource & { readonly isComponent: boolean })[] {
  const type = item.kind === "object" ? member(item, "type") : undefined;
  const urn = item.kind === "object" ? member(item, "urn") : undefined;
  if (item.kind !== "object" || type?.kind !== "string" || urn?.kind !== "string") {
    const message = `${item.place.path} is no resource of a Pulumi state: it has no "urn" and "type"`;
    problems.push({ file: item.place.file, line: item.place.line, message });
    return [];
  }
  const custom = member(item, "custom");
  const pendingDelete = member(item, "delete");
  if (pendingDelete?.kind === "boolean" && pendingDelete.value) return [];
  const id = member(item, "id");
  const body: ArmObject = { kind: "object", members: inputsAndOutputs(item), place: item.place };
  return [
    {
      type: type.value,
      name: urn.value.slice(urn.value.lastIndexOf("::") + 2),
      id: id?.kind === "string" ? id.value : "",
      body,
      isComponent: custom?.kind === "boolean" && !custom.value,
    },
  ];
}

/** Outputs win, because they are what Azure answered. */
function inputsAndOutputs(resource: ArmObject): ReadonlyMap<string, ArmValue> {
  const inputs = new Map(resolvedMembers(resource, "inputs"));
  const outputs = new Map(resolvedMembers(resource, "outputs"));
  const members = new Map([...inputs, ...outputs]);
  // The output "type" is the resource type, and hides an input of that name; the Azure CLI calls the input so.
  const type = inputs.get("type");
  return type !== undefined && outputs.has("type") ? members.set("typePropertiesType", type) : members;
}

/** The members of inputs or outputs without Pulumi's own entries (`__defaults`). */
function resolvedMembers(resource: ArmObject, name: string): readonly (readonly [string, ArmValue])[] {
  const value = member(resource, name);
  const resolved = value === undefined ? undefined : resolvePulumiValue(value);
  return resolved?.kind === "object" ? [...resolved.members].filter(([key]) => !key.startsWith("__")) : [];
}

function objectMember(value: ArmValue, name: string): ArmObject | undefined {
  const found = value.kind === "object" ? member(value, name) : undefined;
  return found?.kind === "object" ? found : undefined;
}
