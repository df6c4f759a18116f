import { isUnknown } from "../../model/read.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import type { EstateReading } from "../../readers/estate-from-arm.ts";
import type { Problem } from "../../readers/problem.ts";
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
  return reading.ok && files.length === names.length ? fromFiles("arm", names.join(" "), reading) : undefined;
}

async function loadState(name: string, problems: Problem[]): Promise<LoadedInput | undefined> {
  const { readPulumiState } = await import("../../readers/pulumi-state.ts");
  const file = readTextFile(name, problems);
  const reading = file === undefined ? undefined : readPulumiState(file);
  if (reading?.ok === false) problems.push(...reading.problems);
  return reading?.ok ? fromFiles("state", name, reading) : undefined;
}

function fromFiles(
  kind: "arm" | "state",
  name: string,
  { estate, fieldsNotRead, assumptions }: EstateReading,
): LoadedInput {
  const cloudPcSubnets = estate.azureNetworkConnections.flatMap(({ subnetId }) =>
    subnetId === undefined || isUnknown(subnetId) ? [] : [subnetId],
  );
  return {
    kind,
    name,
    estate,
    fieldsNotRead,
    assumptions,
    cloudPcSubnets: [...new Set(cloudPcSubnets)],
    pools: [],
    directories: [],
  };
}
