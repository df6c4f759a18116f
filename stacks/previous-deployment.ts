import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Environment } from "../config/environment.ts";
import { identityOf } from "../config/naming.ts";
import { plannedAddressPrefixes } from "../config/plan.ts";

const ledger = z.object({
  protect: z.boolean(),
  hubs: z.array(z.string()),
  regions: z.record(z.string(), z.record(z.string(), z.string())),
});

/** What a stack remembers of its last deployment, by identity: hubs, and regions with their pools and the prefixes of those. */
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
    regions: Object.fromEntries(regions.map((region) => [identityOf(region), poolPrefixes(region)])),
  };
}

/** Prefixes of a region's Cloud PC subnets, by the identity of their pools. */
function poolPrefixes(region: Environment["regions"][number]): Record<string, string> {
  const prefixes = plannedAddressPrefixes(region);
  return Object.fromEntries(region.pools.map((pool) => [identityOf(pool), prefixes.get(pool.name) ?? ""]));
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
 * Why this deployment must not go on: something protected is live but no longer configured, usually a rename, or a subnet
 * would move, which Azure refuses while Cloud PCs are in it, after the rules around it have changed. Empty if nothing
 * stands in the way.
 */
export function ledgerProblems(before: DeploymentLedger | undefined, now: DeploymentLedger): readonly string[] {
  if (before === undefined || !before.protect) return [];
  const hubs = before.hubs.filter((hub) => !now.hubs.includes(hub)).map((hub) => removed("hub", hub));
  const regions = Object.entries(before.regions).flatMap(([region, pools]) => {
    const poolsNow = now.regions[region];
    return poolsNow === undefined ? [removed("region", region)] : poolProblems(region, pools, poolsNow);
  });
  return [...hubs, ...regions];
}

function poolProblems(
  region: string,
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(before).flatMap(([pool, prefix]) => {
    const prefixNow = now[pool];
    if (prefixNow === undefined) return [removed("pool", `${region}/${pool}`, pool)];
    return prefixNow === prefix ? [] : [moved(`${region}/${pool}`, prefix, prefixNow)];
  });
}

function moved(pool: string, before: string, now: string): string {
  return `subnet of pool "${pool}" is deployed and protected with "${before}", but now computes to "${now}"; a subnet cannot move under its Cloud PCs: write \`subnet: { mode: create, addressPrefix: ${before} }\` at the pool to keep it, and give more Cloud PCs a pool of their own`;
}

function removed(what: string, name: string, identity = name): string {
  return `${what} "${name}" is deployed and protected, but no longer configured; if it was renamed, write \`renamedFrom: ${identity}\` beside its new name, and nothing live is touched; if it is to go, deploy once with \`protect: false\`, then remove it`;
}
