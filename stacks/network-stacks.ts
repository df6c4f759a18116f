import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { joinType } from "../config/profile.ts";
import type { ProgramResource } from "../policy-packs/engine/program-resource.ts";
import type { ConnectionPlace } from "./deploy-connections.ts";
import { isPlain, plainOf, stateResource } from "./resources-of-run.ts";

/** A network that other stacks have deployed. */
export interface DeployedNetwork {
  /** Everything in the states of the stacks, as of their last update. */
  readonly resources: readonly ProgramResource[];
  readonly places: readonly ConnectionPlace[];
}

const networkOutputs = z.object({
  environmentDigest: z.string(),
  resourceIds: z.record(z.string(), z.string()),
  azureNetworkConnections: z.array(
    z.object({
      region: z.string(),
      pool: z.string(),
      joinType,
      resourceGroupId: z.string(),
      subnetId: z.string(),
    }),
  ),
});

/**
 * Reads the stacks that hold the network. What is judged is their state and not an output, so it is never older than their last
 * update; where that failed half-way and left something that the outputs do not know, nothing is judged.
 *
 * @throws {pulumi.RunError} if a stack cannot be read, was given another environment, or has outputs older than its state
 */
export async function readNetworkStacks(names: readonly string[], environmentDigest: string): Promise<DeployedNetwork> {
  const settled = await Promise.allSettled(names.map((name) => readNetworkStack(name, environmentDigest)));
  const problems: unknown[] = settled.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  // What is wrong with several stacks is told at once, and in their order.
  const told = problems.filter((problem) => pulumi.RunError.isInstance(problem));
  if (told.length < problems.length) throw problems.find((problem) => !pulumi.RunError.isInstance(problem));
  if (told.length > 0) throw new pulumi.RunError(told.map(({ message }) => message).join("\n"));
  const stacks = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  return {
    resources: stacks.flatMap(({ resources }) => resources),
    places: stacks.flatMap(({ places }) => places),
  };
}

async function readNetworkStack(name: string, environmentDigest: string): Promise<DeployedNetwork> {
  // Outputs first: the engine cannot be asked for the resources of a stack that has never been deployed.
  const answer: { readonly outputs?: unknown } = await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", {
    name,
  });
  const parsed = networkOutputs.safeParse(plainOf(answer.outputs));
  if (!parsed.success) {
    throw new pulumi.RunError(
      `stack "${name}" has no outputs of the network; deploy it first, with windows365-network:layer "hub" or "region"`,
    );
  }
  if (parsed.data.environmentDigest !== environmentDigest) {
    throw new pulumi.RunError(
      `stack "${name}" was deployed with another windows365-network:environment, so it may not be what this stack judges; deploy "${name}" first, with the same one`,
    );
  }
  return { resources: await stateOfStack(name, parsed.data.resourceIds), places: parsed.data.azureNetworkConnections };
}

async function stateOfStack(
  stackName: string,
  ids: Readonly<Record<string, string>>,
): Promise<readonly ProgramResource[]> {
  const answer: { readonly outputs?: unknown } = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
    stackName,
  });
  const resources = plainOf(answer.outputs);
  if (!isPlain(resources)) throw new pulumi.RunError(`the state of stack "${stackName}" cannot be read`);
  return Object.entries(resources).flatMap(([urn, resource]) => {
    if (!isPlain(resource) || typeof resource.type !== "string" || !isPlain(resource.outputs)) return [];
    if (!resource.type.startsWith("azure-native:")) return [];
    const id = ids[urn];
    if (id === undefined) {
      throw new pulumi.RunError(
        `stack "${stackName}" has been changed since its outputs were written: they do not know ${resource.type} "${urn.split("::").at(-1)}", so the network cannot be judged; bring an update of "${stackName}" to its end first`,
      );
    }
    return [stateResource(urn, resource.type, { ...resource.outputs, id })];
  });
}
