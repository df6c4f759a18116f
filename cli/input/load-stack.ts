import { existsSync, readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../config/environment.ts";
import { type LocatedProblem, loadStackFile } from "../../config/load-file.ts";
import type { Settings } from "../../config/parse-settings.ts";
import { resourceName } from "../../model/resource-id.ts";
import { type ArmFile, readArm } from "../../readers/arm/read-arm.ts";
import type { Problem } from "../../readers/problem.ts";
import { registeredResources } from "../../stacks/registered-resources.ts";
import { optionProblem } from "./input-problems.ts";
import type { LoadedInput } from "./loaded-input.ts";
import { readTextFile } from "./read-text-file.ts";
import { registeredPlan, stackEstate } from "./stack-estate.ts";

/** Where the stack files are (`stackConfigDir` of Pulumi.yaml). */
const stackFolder = fileURLToPath(new URL("../../config/stacks/", import.meta.url));

/**
 * Evaluates the program with the configuration of a stack, without an engine and without a login, together with the exports that
 * the configuration names for networks that others own. What is wrong goes to `problems`.
 */
export async function loadStack(
  name: string,
  problems: Problem[],
  folder: string = stackFolder,
): Promise<LoadedInput | undefined> {
  const file = stackFile(name, folder, problems);
  if (file === undefined) return undefined;
  const loaded = loadStackFile(file);
  if (!loaded.ok) {
    problems.push(...loaded.problems.map(asProblem));
    return undefined;
  }
  const { environment } = loaded.settings;
  const networks = foreignNetworks(environment);
  const captured = readCaptured(networks, dirname(file), problems);
  const registered = await evaluate(loaded.settings, name, file, problems);
  if (captured === undefined || registered === undefined) return undefined;
  const reading = stackEstate(registered, captured);
  const plan = registeredPlan(registered);
  return {
    kind: "stack",
    name,
    ...reading,
    assumptions: [...reading.assumptions, ...networks.flatMap(assumptionAbout)],
    cloudPcSubnets: plan.pools.map(({ subnet }) => subnet),
    ...plan,
  };
}

function stackFile(name: string, folder: string, problems: Problem[]): string | undefined {
  const file = resolve(folder, `Pulumi.${name}.yaml`);
  if (/^[\w.-]+$/.test(name) && existsSync(file)) return file;
  const known = readdirSync(folder).flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? []);
  const message = `there is no stack "${name}" (config/stacks/Pulumi.<stack>.yaml); there are ${known.join(", ") || "none"}`;
  problems.push(optionProblem("--stack", message));
  return undefined;
}

function asProblem({ key, path, message, location }: LocatedProblem): Problem {
  const where =
    path.length === 0 ? key : path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return { file: location.file, line: location.line, message: `${where.replace(/^\./, "")}: ${message}` };
}

/** The program refuses some configurations itself, with a `RunError` for the person; anything else it throws is a bug. */
async function evaluate(settings: Settings, name: string, file: string, problems: Problem[]) {
  try {
    return await registeredResources(settings, name);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    problems.push({ file, line: 0, message: error.message });
    return undefined;
  }
}

/** A network that somebody else owns. */
interface ForeignNetwork {
  /** `hub "weu"` */
  readonly label: string;
  readonly virtualNetworkId: string;
  readonly captured?: string;
}

function foreignNetworks({ hubs, regions }: Environment): readonly ForeignNetwork[] {
  return [
    ...hubs.map(({ name, network }) => ({ label: `hub "${name}"`, network })),
    ...regions.map(({ name, network }) => ({ label: `region "${name}"`, network })),
  ].flatMap(({ label, network }) => (network.mode === "create" ? [] : [{ label, ...network }]));
}

function assumptionAbout({ label, virtualNetworkId, captured }: ForeignNetwork): readonly string[] {
  if (captured !== undefined) return [`virtual network "${resourceName(virtualNetworkId)}" is as ${captured} shows it`];
  return [
    `${label}: virtual network "${resourceName(virtualNetworkId)}" belongs to others and no export of it is named ("captured"), so nothing is known of it but what this stack adds`,
  ];
}

function readCaptured(networks: readonly ForeignNetwork[], folder: string, problems: Problem[]) {
  const names = new Set(
    networks.flatMap(({ captured }) => (captured === undefined ? [] : [resolve(folder, captured)])),
  );
  const files: readonly ArmFile[] = [...names].flatMap((name) => readTextFile(name, problems) ?? []);
  const reading = readArm(files);
  if (!reading.ok) problems.push(...reading.problems);
  return reading.ok && files.length === names.size ? reading : undefined;
}
