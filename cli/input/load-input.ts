import { subnetsOfConnections } from "../../policy-packs/choose-subnets.ts";
import { type CloudPcPlan, cloudPcPlanType, joinPlans, PlanError, readCloudPcPlan } from "../../policy-packs/plan.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import type { EstateReading } from "../../readers/estate-from-arm.ts";
import type { Problem } from "../../readers/problem.ts";
import type { PulumiResource } from "../../readers/pulumi/azure-native.ts";
import type { InputOptions } from "./input-options.ts";
import type { LoadedInput } from "./loaded-input.ts";
import { readTextFile } from "./read-text-file.ts";

/** Reads the network that the options name, by default the stack "example"; what is wrong goes to `problems`. */
export async function loadInput(options: InputOptions, problems: Problem[]): Promise<LoadedInput | undefined> {
  if (options.arm !== undefined) return loadArm(options.arm, problems);
  if (options.state !== undefined) return loadState(options.state, problems);
  // Only here: evaluating the program takes Pulumi and zod, which cost more than everything else together.
  const { loadStack } = await import("./load-stack.ts");
  return loadStack(options.stack ?? "example", problems);
}

function loadArm(names: readonly string[], problems: Problem[]): LoadedInput | undefined {
  const files = names.flatMap((name) => readTextFile(name, problems) ?? []);
  const reading = readArmInput(files);
  if (!reading.ok) problems.push(...reading.problems);
  if (!reading.ok || files.length !== names.length) return undefined;
  return fromFiles("arm", names.join(" "), reading, { pools: [], directories: [] });
}

async function loadState(name: string, problems: Problem[]): Promise<LoadedInput | undefined> {
  const { readPulumiState } = await import("../../readers/pulumi-state.ts");
  const file = readTextFile(name, problems);
  const reading = file === undefined ? undefined : readPulumiState(file);
  if (reading?.ok === false) problems.push(...reading.problems);
  if (!reading?.ok) return undefined;
  const plan = planOf(reading.components, problems);
  return plan && fromFiles("state", name, reading, plan);
}

/** What the stack says that its network is for. */
function planOf(components: readonly PulumiResource[], problems: Problem[]): CloudPcPlan | undefined {
  try {
    return joinPlans(
      components.filter(({ type }) => type === cloudPcPlanType).map(({ body }) => readCloudPcPlan(body)),
    );
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    problems.push({ file: "--state", line: 0, message: error.message });
    return undefined;
  }
}

function fromFiles(
  kind: "arm" | "state",
  name: string,
  { estate, resources, fieldsNotRead, assumptions }: EstateReading,
  plan: CloudPcPlan,
): LoadedInput {
  const planned = plan.pools.map(({ subnet }) => subnet);
  const cloudPcSubnets = [...planned, ...subnetsOfConnections(estate.azureNetworkConnections)];
  return { kind, name, estate, resources, fieldsNotRead, assumptions, cloudPcSubnets, ...plan };
}
