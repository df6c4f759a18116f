import type { ChildProcess } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { RequestEvent } from "../../sandbox/azure/request-log.ts";
import { recover } from "../../tools/recover/recover.ts";
import type { Workspace } from "../../tools/sandbox/workspace.ts";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";

/** Where an `up` of the hybrid example is killed: the n-th write, inside it (it runs in Azure) or right after it ended. */
const points = [
  { phase: "accepted", write: 3 },
  { phase: "accepted", write: 9 },
  { phase: "accepted", write: 15 },
  { phase: "accepted", write: 21 },
  { phase: "accepted", write: 27 },
  { phase: "completed", write: 1 },
  { phase: "completed", write: 7 },
  { phase: "completed", write: 13 },
  { phase: "completed", write: 19 },
  { phase: "completed", write: 25 },
] as const;

/** The subscription of a sandbox that is not told another one. */
const ownSubscription = "5a9db0c0-0000-4000-8000-000000000001";

describe("an up that is killed, recovered and run again", () => {
  test.each(points)("converges when it was killed with write $write $phase", async ({ phase, write }) => {
    const workspace = await testWorkspace({ timeScale: 0.001 });
    const { sandbox } = workspace;
    await workspace.prepareStack("hybrid");

    await upKilledAt(workspace, (event) => event.method === "PUT" && event.phase === phase && event.count === write);
    await sandbox.settled();
    const left = sandbox.azure.count();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(35);

    const { unknown } = await recover(runner(workspace), "hybrid", ownSubscription);
    expect(unknown).toEqual([]);
    expectSuccess(await workspace.pulumi(commands.up("hybrid")));
    expect(sandbox.azure.count()).toBe(35);
    expectSuccess(await workspace.pulumi([...commands.up("hybrid"), "--expect-no-changes"]));
    expect(createdTwice(workspace)).toEqual([]);

    expectSuccess(await workspace.pulumi(commands.destroy("hybrid")));
    expect(sandbox.azure.resources().map(({ id }) => id)).toEqual([]);
  });
});

async function upKilledAt({ sandbox, pulumi }: Workspace, isPoint: (event: RequestEvent) => boolean): Promise<void> {
  let child: ChildProcess | undefined;
  const stopListening = sandbox.onRequest((event) => {
    if (isPoint(event)) child?.kill("SIGKILL");
  });
  const { exitCode } = await pulumi(commands.up("hybrid"), {
    onSpawn: (spawned) => {
      child = spawned;
    },
  });
  stopListening();
  expect(exitCode).not.toBe(0);
}

function runner({ pulumi }: Workspace) {
  return async (args: readonly string[], input?: string) => {
    const run = await pulumi(args, { ...(input !== undefined && { input }) });
    expectSuccess(run);
    return run.output;
  };
}

/** Writes that Azure refused because the resource existed, which is what a lost create would run into. */
function createdTwice({ sandbox }: Workspace): readonly string[] {
  return sandbox.requests.filter(({ code }) => code?.includes("AlreadyExists") ?? false).map(({ id }) => id);
}
