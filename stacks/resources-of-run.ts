import * as pulumi from "@pulumi/pulumi";
import { type PlainObject, type ProgramResource, withoutSecrets } from "../policy-packs/engine/program-resource.ts";

/** The resources that a program has registered so far. */
export type ResourcesOfRun = () => readonly pulumi.CustomResource[];

/** Remembers what the program registers from here on. Providers are left out: nothing is made by them alone. */
export function watchResources(): ResourcesOfRun {
  const seen = new Set<pulumi.Resource>();
  pulumi.runtime.registerStackTransformation(({ resource, type }) => {
    if (!type.startsWith("pulumi:providers:")) seen.add(resource);
    return undefined;
  });
  // A resource is transformed before it knows that it is a custom one.
  return () => [...seen].filter((resource) => pulumi.CustomResource.isInstance(resource));
}

/** The state of resources, or why it cannot be had. */
export type StateOfRun =
  | { readonly ok: true; readonly resources: readonly ProgramResource[] }
  | { readonly ok: false; readonly because: string };

/**
 * Waits until the engine has dealt with resources, and asks it what they are now. What this run deploys is then as Azure answered;
 * what it leaves alone (`--target`) is as the state has it, whatever the program asks for. Only in a preview can it be that something
 * is not there yet.
 */
export async function stateOfRun(resources: readonly pulumi.CustomResource[]): Promise<StateOfRun> {
  const urns = await new Promise<readonly string[]>((resolve) => {
    pulumi.all(resources.map(({ urn }) => urn)).apply(resolve);
  });
  const states = await Promise.all(urns.map(stateOf));
  const missing = states.find((state) => typeof state === "string");
  if (missing !== undefined) return { ok: false, because: missing };
  return { ok: true, resources: states.filter((state) => typeof state !== "string") };
}

/** The ids of resources by URN: a state that is read from another stack does not tell them. */
export function idsByUrn(resources: readonly pulumi.CustomResource[]): pulumi.Output<Record<string, string>> {
  return pulumi.all(resources.map(({ urn, id }) => pulumi.all([urn, id]))).apply((pairs) => Object.fromEntries(pairs));
}

/** What the engine has of a resource; a text says why it has nothing that could be judged. */
async function stateOf(urn: string): Promise<ProgramResource | string> {
  const name = urn.split("::").at(-1) ?? urn;
  const type = typeOf(urn);
  const what = `${type} "${name}"`;
  const answer = await engineState(urn);
  if (answer === undefined) return `the engine knows nothing of ${what}`;
  const { id, state } = answer;
  if (typeof id !== "string" || id === "") return `${what} does not exist`;
  const outputs = plainOf(state);
  if (!isPlain(outputs)) return `${what} has no state`;
  if (pulumi.containsUnknowns(outputs)) return `${what} is known only after the deployment`;
  return stateResource(urn, type, { ...outputs, id });
}

/** A resource as the engine or a state has it: all that is known are its outputs. */
export function stateResource(urn: string, type: string, outputs: PlainObject): ProgramResource {
  const name = urn.split("::").at(-1) ?? urn;
  return { urn, type, name, inputs: {}, outputs: withoutSecrets(outputs, []), madeFrom: {} };
}

async function engineState(urn: string): Promise<PlainObject | undefined> {
  try {
    return await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn });
  } catch {
    return undefined;
  }
}

function typeOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

/** A value with its secrets in the open; what may be one is dropped right after. */
export function plainOf(value: unknown): unknown {
  if (pulumi.runtime.isRpcSecret(value)) return plainOf(pulumi.runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainOf(part)]));
}

/** Whether a value is an object of plain data. */
export function isPlain(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
