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
 * update, also where that failed half-way or had a `--target`.
 *
 * @throws {pulumi.RunError} if a stack cannot be read, or was given another environment
 */
export async function readNetworkStacks(names: readonly string[], environmentDigest: string): Promise<DeployedNetwork> {
  const stacks = await Promise.all(names.map((name) => readNetworkStack(name, environmentDigest)));
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
  return { resources: await stateOfStack(name), places: parsed.data.azureNetworkConnections };
}

async function stateOfStack(stackName: string): Promise<readonly ProgramResource[]> {
  const answer: { readonly outputs?: unknown } = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
    stackName,
  });
  const resources = plainOf(answer.outputs);
  if (!isPlain(resources)) throw new pulumi.RunError(`the state of stack "${stackName}" cannot be read`);
  return Object.entries(resources).flatMap(([urn, resource]) => {
    if (!isPlain(resource) || typeof resource.type !== "string" || !isPlain(resource.outputs)) return [];
    return [stateResource(urn, resource.type, resource.outputs)];
  });
}
