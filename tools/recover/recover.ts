import { type PendingCreate, pendingCreates, type StackExport, type StateResource } from "./pending-creates.ts";

/** Runs a command of the CLI, with text on its standard input, and returns what it printed; rejects if it fails. */
export type RunPulumi = (args: readonly string[], input?: string) => Promise<string>;

/** What was done to a stack. */
export interface Recovery {
  /** Resources that were being created and are in Azure: the state knows them again. */
  readonly found: readonly PendingCreate[];
  /** Resources that were being created and are not in Azure. */
  readonly absent: readonly PendingCreate[];
  /** Resources whose id cannot be computed; a person must find them. The state still calls them pending. */
  readonly unknown: readonly PendingCreate[];
}

/**
 * Mends a stack after a deployment was killed: releases its lock, and takes into the state what was being created, by the
 * ids computed from its names. What Azure does not have is left out again by a refresh.
 *
 * What is found is marked as unfinished with the inputs that were sent, so that the next deployment writes it once more and
 * whole, whatever had become of it. (The CLI's own `refresh --import-pending-creates` forgets pending creates: tried with
 * version 3.259.)
 */
export async function recover(run: RunPulumi, stack: string, ownSubscription?: string): Promise<Recovery> {
  await run(["cancel", "--yes", "--stack", stack, "--non-interactive"]);
  const before = await exportStack(run, stack);
  const { pending_operations: pending = [] } = before.deployment;
  const operations = pending.filter(({ resource }) => isInAzure(resource.urn));
  const creates = pendingCreates(before, ownSubscription).filter(({ urn }) => isInAzure(urn));
  const unknown = creates.filter(({ id }) => id === undefined);
  const known = new Map(creates.flatMap(({ urn, id }) => (id === undefined ? [] : [[urn, id] as const])));
  if (pending.length === 0) return { found: [], absent: [], unknown };

  const taken = operations
    .filter(({ type, resource }) => type === "creating" && known.has(resource.urn))
    .map(
      ({ resource }): StateResource => ({
        ...resource,
        id: known.get(resource.urn) ?? "",
        outputs: resource.inputs ?? {},
      }),
    );
  const stillPending = operations.filter(({ type, resource }) => type === "creating" && !known.has(resource.urn));
  await importStack(run, stack, before, [...(before.deployment.resources ?? []), ...taken], stillPending);

  const targets = operations.filter((operation) => !stillPending.includes(operation));
  if (targets.length > 0) {
    const urns = [...new Set(targets.map(({ resource }) => resource.urn))];
    const flags = urns.flatMap((urn) => ["--target", urn]);
    await run(["refresh", "--yes", "--skip-preview", "--stack", stack, "--non-interactive", ...flags]);
  }
  const after = await exportStack(run, stack);
  const unfinished = (after.deployment.resources ?? []).map((resource) => {
    const sent = taken.find(({ urn }) => urn === resource.urn);
    return sent === undefined ? resource : { ...resource, inputs: sent.inputs ?? {}, initErrors: [interrupted] };
  });
  await importStack(run, stack, after, unfinished, stillPending);

  const present = new Set(unfinished.map(({ urn }) => urn));
  const looked = creates.filter(({ id }) => id !== undefined);
  return {
    found: looked.filter(({ urn }) => present.has(urn)),
    absent: looked.filter(({ urn }) => !present.has(urn)),
    unknown,
  };
}

/** Components and providers exist in the state alone: the next deployment makes them again. */
function isInAzure(urn: string): boolean {
  const type = urn.split("::")[2] ?? "";
  return !/(^|\$)(w365:[^$]*|pulumi:providers:[^$]*)$/.test(type);
}

const interrupted = "its creation was interrupted; the next deployment writes it again";

async function exportStack(run: RunPulumi, stack: string): Promise<StackExport> {
  return JSON.parse(await run(["stack", "export", "--stack", stack]));
}

async function importStack(
  run: RunPulumi,
  stack: string,
  exported: StackExport,
  resources: readonly StateResource[],
  pending: NonNullable<StackExport["deployment"]["pending_operations"]>,
): Promise<void> {
  const { pending_operations: _, ...deployment } = exported.deployment;
  const imported = {
    ...exported,
    deployment: { ...deployment, resources, ...(pending.length > 0 && { pending_operations: pending }) },
  };
  await run(["stack", "import", "--force", "--stack", stack], JSON.stringify(imported));
}
