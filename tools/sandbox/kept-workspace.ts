import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../pulumi/process-lock.ts";
import { openWorkspace, projectRoot, type Workspace } from "./workspace.ts";

/** How the workspace of this clone is opened. */
export interface KeptWorkspaceOptions {
  /** Told what takes time, one line a step. */
  readonly log: (line: string) => void;
  /** Throw away what an earlier run left. @default false */
  readonly afresh?: boolean;
}

/**
 * Runs an action with the one workspace of this clone, in `.sandbox`, which lasts between commands. Only one process has it
 * at a time; the others wait and say so.
 */
export async function withKeptWorkspace<T>(
  { log, afresh = false }: KeptWorkspaceOptions,
  action: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const folder = join(projectRoot, ".sandbox");
  const onWait = ({ pid }: { pid: number }) => log(`process ${pid} is using the sandbox; waiting for it`);
  return withLock(`${folder}.lock`, { onWait }, async () => {
    if (afresh) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const workspace = await openWorkspace({ folder, log });
    try {
      return await action(workspace);
    } finally {
      await workspace.close();
    }
  });
}
