import type { EstateReading } from "../../readers/estate-from-arm.ts";
import { armValueOfInput, resolvePulumiValue } from "../../readers/pulumi/pulumi-value.ts";
import { readRegisteredResources } from "../../readers/registered-resources.ts";
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
 * @throws {PlanError} for a plan that this version does not understand
 */
export function readProgram(resources: readonly ProgramResource[]): ProgramEstate {
  const resolved = resolveReferences(resources);
  const reading = readRegisteredResources(
    resolved.map((each) => ({
      type: each.resource.type,
      name: each.resource.name,
      id: each.id,
      inputs: bodyOf(each),
      custom: !isComponent(each.resource.type),
    })),
  );
  const plans = resolved.filter(({ resource }) => resource.type === cloudPcPlanType);
  return {
    ...reading,
    plan: plans.length === 0 ? undefined : joinPlans(plans.map(planOf)),
    urns: new Map(resolved.map(({ id, resource }) => [id.toLowerCase(), resource.urn])),
  };
}

function planOf({ resource, inputs }: ResolvedResource): CloudPcPlan {
  const place = { file: "the Pulumi program", line: 0, path: `CloudPcPlan "${resource.name}"` };
  const { pools, directories } = inputs;
  const value = armValueOfInput({ pools, directories }, place) ?? { kind: "null", place };
  return readCloudPcPlan(resolvePulumiValue(value));
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
