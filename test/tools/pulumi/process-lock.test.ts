import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type LockOwner, withLock } from "../../../tools/pulumi/process-lock.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const quiet = { onWait: () => undefined };
const endedPid = () => spawnSync(process.execPath, ["--version"]).pid;

describe("withLock", () => {
  test("names its owner while it is held and leaves nothing", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "it.lock");
    const owner: LockOwner = await withLock(file, quiet, async () => JSON.parse(readFileSync(file, "utf8")));
    expect(owner).toMatchObject({ pid: process.pid, host: hostname() });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is released when the action fails", async () => {
    const file = join(temporaryFolder(), "it.lock");
    const failing = withLock(file, quiet, async () => {
      throw new Error("no luck");
    });
    await expect(failing).rejects.toThrow("no luck");
    expect(existsSync(file)).toBe(false);
  });

  test("lets only one in at a time, also when all find a dead owner's lock", async () => {
    const file = join(temporaryFolder(), "it.lock");
    writeFileSync(file, JSON.stringify({ pid: endedPid(), host: hostname(), nonce: "dead" }));
    let inside = 0;
    let most = 0;
    const waited: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, () =>
        withLock(file, { onWait: ({ pid }) => waited.push(pid) }, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await sleep(30);
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(new Set(waited)).toEqual(new Set([process.pid]));
  });

  test.each([
    { case: "on this machine whose process has ended", owner: () => ({ pid: endedPid(), host: hostname() }) },
    { case: "on another machine that has gone silent", owner: () => ({ pid: 1, host: "elsewhere.example" }) },
    { case: "whose process id is used by another process", owner: () => ({ pid: process.pid, host: hostname() }) },
  ])("takes over from an owner $case", async ({ owner }) => {
    const file = join(temporaryFolder(), "it.lock");
    writeFileSync(file, JSON.stringify({ ...owner(), nonce: "other" }));
    expect(await withLock(file, { ...quiet, silenceMs: 500 }, async () => "mine")).toBe("mine");
  });

  test("takes over a lock that was never written to the end", async () => {
    const file = join(temporaryFolder(), "it.lock");
    writeFileSync(file, "");
    expect(await withLock(file, { ...quiet, silenceMs: 500 }, async () => "mine")).toBe("mine");
  });

  test("takes over although a waiter died while it was taking over", async () => {
    const file = join(temporaryFolder(), "it.lock");
    writeFileSync(file, JSON.stringify({ pid: endedPid(), host: hostname(), nonce: "dead" }));
    writeFileSync(`${file}.takeover`, "");
    utimesSync(`${file}.takeover`, new Date(0), new Date(0));
    expect(await withLock(file, quiet, async () => "mine")).toBe("mine");
  });

  test("waits for an owner that gives signs of life, however long it takes, and says for whom", async () => {
    const file = join(temporaryFolder(), "it.lock");
    writeFileSync(file, JSON.stringify({ pid: 1, host: "elsewhere.example", nonce: "other" }));
    const alive = setInterval(() => utimesSync(file, new Date(), new Date()), 100);
    const owners: LockOwner[] = [];
    let got = false;
    const waiting = withLock(file, { onWait: (owner) => owners.push(owner), silenceMs: 600 }, async () => {
      got = true;
    });
    await sleep(1_500);
    expect(got).toBe(false);
    clearInterval(alive);
    await waiting;
    expect(owners).toEqual([{ pid: 1, host: "elsewhere.example", nonce: "other" }]);
  });
});
