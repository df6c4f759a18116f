import { type CloudPcPlan, cloudPcPlanType, joinPlans, readCloudPcPlan } from "../../policy-packs/plan.ts";
import type { ArmReading } from "../../readers/arm/read-arm.ts";
import { type EstateReading, estateFromArm } from "../../readers/estate-from-arm.ts";
import { convertPulumiResources } from "../../readers/pulumi/azure-native.ts";
import { armValueOfInput, resolvePulumiValue } from "../../readers/pulumi/pulumi-value.ts";
import type { RegisteredResource } from "../../stacks/registered-resources.ts";

/**
 * What a program registers and the exports of networks that others own, as one estate: a subnet that the program adds belongs to
 * a virtual network that only an export holds.
 */
export function stackEstate(
  registered: readonly RegisteredResource[],
  captured: ArmReading & { readonly ok: true },
): EstateReading {
  const custom = registered.filter(({ type }) => !isComponent(type));
  const { resources, connections } = convertPulumiResources(custom.map((one) => ({ ...one, body: bodyOf(one) })));
  return estateFromArm(
    [...captured.resources, ...resources],
    [...captured.connections, ...connections],
    captured.notes,
  );
}

/** What the program says that its network is for. */
export function registeredPlan(registered: readonly RegisteredResource[]): CloudPcPlan {
  return joinPlans(
    registered.filter(({ type }) => type === cloudPcPlanType).map((each) => readCloudPcPlan(bodyOf(each))),
  );
}

/** Components of this project group resources; Azure knows nothing of them. */
function isComponent(type: string): boolean {
  return type.startsWith("w365:");
}

function bodyOf({ type, name, inputs }: RegisteredResource) {
  const place = { file: "the Pulumi program", line: 0, path: `${type.slice(type.lastIndexOf(":") + 1)} "${name}"` };
  const value = armValueOfInput(inputs, place);
  const resolved = value === undefined ? undefined : resolvePulumiValue(value);
  return resolved?.kind === "object" ? resolved : ({ kind: "object", members: new Map(), place } as const);
}
