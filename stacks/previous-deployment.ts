import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Environment } from "../config/environment.ts";
import { identityOf } from "../config/naming.ts";

const ledger = z.object({
  protect: z.boolean(),
  hubs: z.array(z.string()),
  regions: z.record(z.string(), z.array(z.string())),
});

/** What a stack remembers of its last deployment, by identity: hubs, and regions with their pools. */
export type DeploymentLedger = z.output<typeof ledger>;

/** The ledger of what this stack deploys; exported as the output `deployed`. */
export function deploymentLedger(
  { protect }: Environment,
  hubs: Environment["hubs"],
  regions: Environment["regions"],
): DeploymentLedger {
  return {
    protect,
    hubs: hubs.filter(({ network }) => network.mode === "create").map(identityOf),
    regions: Object.fromEntries(regions.map((region) => [identityOf(region), region.pools.map(identityOf)])),
  };
}

/** The ledger of the last deployment of this stack; undefined if there was none, or without an engine. */
export async function previousLedger(): Promise<DeploymentLedger | undefined> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const answer: { readonly outputs?: { readonly deployed?: unknown } } | undefined = await pulumi.runtime.invoke(
    "pulumi:pulumi:readStackOutputs",
    { name },
  );
  return ledger.safeParse(answer?.outputs?.deployed).data;
}

/**
 * Why this deployment must not go on: something protected is live but no longer configured, which the engine would refuse
 * half-way, and which is usually a rename. Empty if nothing stands in the way.
 */
export function removalProblems(before: DeploymentLedger | undefined, now: DeploymentLedger): readonly string[] {
  if (before === undefined || !before.protect) return [];
  const hubs = before.hubs.filter((hub) => !now.hubs.includes(hub)).map((hub) => removed("hub", hub));
  const regions = Object.entries(before.regions).flatMap(([region, pools]) => {
    const poolsNow = now.regions[region];
    if (poolsNow === undefined) return [removed("region", region)];
    return pools.filter((pool) => !poolsNow.includes(pool)).map((pool) => removed("pool", `${region}/${pool}`, pool));
  });
  return [...hubs, ...regions];
}

function removed(what: string, name: string, identity = name): string {
  return `${what} "${name}" is deployed and protected, but no longer configured; if it was renamed, write \`renamedFrom: ${identity}\` beside its new name, and nothing live is touched; if it is to go, deploy once with \`protect: false\`, then remove it`;
}
