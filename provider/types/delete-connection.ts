import type { GraphClient } from "../graph/graph-client.ts";
import { refusalForConnections } from "../graph/require-delegated.ts";
import { replication, waitUntil } from "../graph/wait-until.ts";
import { isMap, type PropertyMap } from "../protocol/property-values.ts";
import type { OperationContext } from "../protocol/resource-type.ts";

const base = "/deviceManagement/virtualEndpoint";

/**
 * Removes a connection that nothing uses. One in use is left alone, with a message that names who uses it: Graph would refuse, and
 * Cloud PCs would lose their network.
 * https://learn.microsoft.com/graph/api/cloudpconpremisesconnection-delete (read 2026-11-21)
 */
export async function deleteConnection(
  id: string,
  _: PropertyMap,
  { graph, signal, log, urn }: OperationContext,
): Promise<void> {
  const client = graph();
  const refusal = refusalForConnections(await client.claims());
  if (refusal !== undefined) throw new Error(refusal);
  const path = `${base}/onPremisesConnections/${id}`;
  const look = () => client.get(path, "$select=id,displayName,inUse,inUseByCloudPc");
  // A policy that was removed a moment ago may still count.
  const settled = await waitUntil(
    async () => {
      const found = await look();
      if (found?.inUse !== true) return { use: undefined };
      const use = await useOf(client, found);
      if (use.length > 0) return { use };
      log.progress(urn, "still counted as in use, although no policy and no Cloud PC uses it any more");
      return undefined;
    },
    { ...replication, signal },
  );
  if (settled === undefined)
    throw new Error(`Azure network connection "${id}" still counts as in use; try again later`);
  if (settled.use !== undefined) {
    throw new Error(
      `Azure network connection "${id}" is in use by ${settled.use.join(" and ")}, and is not removed; give the policies another connection, let the Cloud PCs be reprovisioned or removed, then run the same command again`,
    );
  }
  await client.delete(path);
  await waitUntil(async () => ((await client.get(path)) === undefined ? true : undefined), { ...replication, signal });
}

/** Who uses a connection, as words. */
async function useOf(client: GraphClient, { id, inUseByCloudPc }: PropertyMap): Promise<readonly string[]> {
  const policies = (await client.list(`${base}/provisioningPolicies`)).filter(({ domainJoinConfigurations }) =>
    (Array.isArray(domainJoinConfigurations) ? domainJoinConfigurations : [])
      .filter(isMap)
      .some(({ onPremisesConnectionId }) => onPremisesConnectionId === id),
  );
  const names = policies.map(({ displayName }) => `"${String(displayName)}"`).join(", ");
  return [
    ...(policies.length > 0
      ? [`${policies.length === 1 ? "provisioning policy" : "provisioning policies"} ${names}`]
      : []),
    ...(inUseByCloudPc === true ? ["Cloud PCs"] : []),
  ];
}
