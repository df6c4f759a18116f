import { normalizeId } from "../../model/resource-id.ts";
import type { ArmResource } from "../../readers/arm/arm-resource.ts";
import type { ArmObject } from "../../readers/arm/arm-value.ts";
import { type EstateReading, estateFromArm } from "../../readers/estate-from-arm.ts";
import { convertPulumiResources } from "../../readers/pulumi/azure-native.ts";
import { armValueOfInput, resolvePulumiValue } from "../../readers/pulumi/pulumi-value.ts";
import { type CloudPcPlan, cloudPcPlanType, joinPlans, readCloudPcPlan } from "../plan.ts";
import type { PlainObject, ProgramResource } from "./program-resource.ts";
import { holdsUnknown, type ResolvedResource, resolveReferences } from "./resolve-references.ts";

/** What the resources of a program amount to. */
export interface ProgramEstate extends EstateReading {
  /** What the program says that its network is for; undefined where it says nothing. */
  readonly plan: CloudPcPlan | undefined;
  /** URNs by ARM id in lower case, to show a finding at its resource. */
  readonly urns: ReadonlyMap<string, string>;
}

/**
 * Reads the resources of a program, made or still to be made.
 *
 * @param captured - resources of networks that others own; where the program has the same resource, that is the newer one
 * @throws {PlanError} for a plan that this version does not understand
 */
export function readProgram(
  resources: readonly ProgramResource[],
  captured: readonly ArmResource[] = [],
): ProgramEstate {
  const resolved = resolveReferences(resources);
  const own = convertPulumiResources(
    resolved
      .filter(({ resource }) => !isComponent(resource.type))
      .map((each) => ({
        type: each.resource.type,
        name: each.resource.name,
        id: each.id,
        body: armObjectOf(each, bodyOf(each)),
      })),
  );
  const newer = new Set(own.resources.map(({ id }) => normalizeId(id)));
  const others = captured.filter(({ id }) => !newer.has(normalizeId(id)));
  const reading = estateFromArm([...others, ...own.resources], own.connections);
  const plans = resolved.filter(({ resource }) => resource.type === cloudPcPlanType);
  return {
    ...reading,
    plan: plans.length === 0 ? undefined : joinPlans(plans.map(planOf)),
    urns: new Map(resolved.map(({ id, resource }) => [id.toLowerCase(), resource.urn])),
  };
}

function planOf(plan: ResolvedResource): CloudPcPlan {
  const { pools, directories } = plan.inputs;
  return readCloudPcPlan(armObjectOf(plan, { pools, directories }));
}

function armObjectOf({ resource: { type, name } }: ResolvedResource, body: PlainObject): ArmObject {
  const place = { file: "the Pulumi program", line: 0, path: `${type.slice(type.lastIndexOf(":") + 1)} "${name}"` };
  const value = armValueOfInput(body, place);
  const resolved = value === undefined ? undefined : resolvePulumiValue(value);
  return resolved?.kind === "object" ? resolved : { kind: "object", members: new Map(), place };
}

/** Components group resources; Azure knows nothing of them. */
function isComponent(type: string): boolean {
  return type.startsWith("w365:") || type === "pulumi:pulumi:Stack";
}

/**
 * Inputs and outputs in one object. What Azure answered wins; what is not known before it answers is left out, because the
 * program did not ask for it, unless it is also an input.
 */
function bodyOf({ resource, inputs }: ResolvedResource): PlainObject {
  const { id, ...answered } = Object.fromEntries(
    Object.entries(resource.outputs).filter(([, value]) => !holdsUnknown(value)),
  );
  // The output "type" is the resource type, and hides an input of that name; the Azure CLI calls the input so.
  const type = inputs.type !== undefined && answered.type !== undefined ? { typePropertiesType: inputs.type } : {};
  return { ...inputs, ...answered, ...type };
}
