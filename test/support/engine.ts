import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { openWorkspace, type PulumiRun, type Workspace, type WorkspaceOptions } from "../../tools/sandbox/workspace.ts";

/** A workspace of its own for a test file or a test, removed afterwards. */
export async function testWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), "w365-engine-"));
  const workspace = await openWorkspace({ folder, log: () => undefined, persistent: false, ...options });
  const close = async () => {
    await workspace.close();
    rmSync(folder, { recursive: true, force: true });
  };
  opened.push(close);
  return workspace;
}

const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

/** The commands of a stack's life, without a terminal and without questions. */
export const commands = {
  preview: (stack: string) => ["preview", "--stack", stack, "--non-interactive"],
  up: (stack: string) => ["up", "--yes", "--skip-preview", "--stack", stack, "--non-interactive"],
  refresh: (stack: string) => ["refresh", "--yes", "--skip-preview", "--stack", stack, "--non-interactive"],
  destroy: (stack: string) => ["destroy", "--yes", "--skip-preview", "--stack", stack, "--non-interactive"],
} as const;

/** Fails the test with what the CLI printed, unless it ended well. */
export function expectSuccess({ exitCode, output }: PulumiRun): void {
  expect(exitCode, output).toBe(0);
}

/** Stack outputs, secrets left out. */
export async function stackOutputs(workspace: Workspace, stack: string): Promise<Record<string, unknown>> {
  const run = await workspace.pulumi(["stack", "output", "--json", "--stack", stack]);
  expectSuccess(run);
  return JSON.parse(run.output);
}
