import { type PendingCreate, pendingCreates, type StackExport } from "./pending-creates.ts";

/** Runs a command of the CLI and returns what it printed; rejects if it fails. */
export type RunPulumi = (args: readonly string[]) => Promise<string>;

/** What was done to a stack. */
export interface Recovery {
  /** Resources that were taken into the state, or found not to exist. */
  readonly looked: readonly PendingCreate[];
  /** Resources whose id cannot be computed; a person must find them. */
  readonly unknown: readonly PendingCreate[];
}

/**
 * Mends a stack after a deployment was killed: releases its lock, then lets the engine read what was being created, by
 * the ids computed from its names. What exists is taken into the state, what does not is dropped from it.
 */
export async function recover(run: RunPulumi, stack: string, ownSubscription?: string): Promise<Recovery> {
  await run(["cancel", "--yes", "--stack", stack, "--non-interactive"]);
  const exported: StackExport = JSON.parse(await run(["stack", "export", "--stack", stack]));
  const pending = pendingCreates(exported, ownSubscription);
  const unknown = pending.filter(({ id }) => id === undefined);
  const looked = pending.filter(({ id }) => id !== undefined);
  if (looked.length > 0 || (exported.deployment.pending_operations ?? []).length > 0) {
    const imports = looked.flatMap(({ urn, id = "" }) => ["--import-pending-creates", `${urn},${id}`]);
    await run(["refresh", "--yes", "--skip-preview", "--stack", stack, "--non-interactive", ...imports]);
  }
  return { looked, unknown };
}
