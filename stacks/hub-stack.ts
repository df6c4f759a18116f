import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { HubLayer, SharedContext } from "./deploy-shared.ts";
import { subscriptionOf } from "./subscriptions.ts";

const sharedOutput = z.object({
  environmentDigest: z.string(),
  workspaceId: z.string().optional(),
  hubs: z.array(
    z.object({
      name: z.string(),
      virtualNetworkId: z.string(),
      virtualNetworkName: z.string(),
      resourceGroupName: z.string(),
    }),
  ),
});

/**
 * Reads the stack of the hub layer. Both stacks must have been given the same environment, else their address plans and
 * firewall rules would disagree; a difference is an error that says so.
 *
 * @throws {pulumi.RunError} if the stack has no such output, or another environment
 */
export async function readHubStack(
  hubStack: string,
  { environmentDigest, inSubscription }: SharedContext,
): Promise<HubLayer> {
  const reference = new pulumi.StackReference(hubStack);
  const { value } = await reference.getOutputDetails("shared");
  const shared = sharedOutput.safeParse(value);
  if (!shared.success) {
    throw new pulumi.RunError(
      `stack "${hubStack}" has no output "shared" of the hub layer; deploy it first, with windows365-network:layer "hub"`,
    );
  }
  if (shared.data.environmentDigest !== environmentDigest) {
    throw new pulumi.RunError(
      `stack "${hubStack}" was deployed with another windows365-network:environment; give both stacks the same one, or one file by windows365-network:environmentFile, and deploy "${hubStack}" first`,
    );
  }
  return {
    workspaceId: shared.data.workspaceId,
    hubs: shared.data.hubs.map((hub) => ({
      ...hub,
      ...inSubscription(subscriptionOf(hub.virtualNetworkId)),
      writes: [],
    })),
  };
}
