import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./is-alive.ts";

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Tells one holding from another by the same process. */
  readonly nonce: string;
}

/** How `withLock` waits. */
export interface LockOptions {
  /** Called once when another process holds the lock. */
  readonly onWait: (owner: LockOwner) => void;
  /** Milliseconds without a sign of life after which an owner counts as gone. @default 60000 */
  readonly silenceMs?: number;
}

const POLL_MS = 200;
const HEARTBEAT_MS = 5_000;

/**
 * Runs `action` while this process alone holds the lock file.
 *
 * The file names its owner, who touches it every few seconds. A lock is taken over when its owner's process is gone,
 * or, for an owner on another machine or a process id used again, when it has not been touched for `silenceMs`. The
 * silence is timed by the waiter's own clock, so neither a changed wall clock nor a laptop's sleep looks like death.
 */
export async function withLock<T>(file: string, options: LockOptions, action: () => Promise<T>): Promise<T> {
  const own: LockOwner = { pid: process.pid, host: hostname(), nonce: randomUUID() };
  await acquire(file, own, options);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    if (readLock(file)?.owner?.nonce === own.nonce) rmSync(file, { force: true });
  }
}

async function acquire(file: string, own: LockOwner, options: LockOptions): Promise<void> {
  const { onWait, silenceMs = 60_000 } = options;
  let seen: string | undefined;
  let seenAt = performance.now();
  let told = false;
  while (!createExclusively(file, JSON.stringify(own))) {
    const lock = readLock(file);
    if (lock) {
      if (lock.sign !== seen) {
        seen = lock.sign;
        seenAt = performance.now();
      }
      const dead = lock.owner?.host === own.host && !isAlive(lock.owner.pid);
      if (dead || performance.now() - seenAt > silenceMs) removeStale(file, lock.sign);
      else if (lock.owner && !told) {
        told = true;
        onWait(lock.owner);
      }
    }
    await sleep(POLL_MS);
  }
}

/**
 * Removes a lock that is still the one judged stale. A second file guards the moment between looking and removing, so
 * that two waiters cannot remove each other's fresh lock; a guard left by a waiter that died there is ten seconds old.
 */
function removeStale(file: string, sign: string): void {
  const guard = `${file}.takeover`;
  if (!createExclusively(guard, String(process.pid))) {
    const guardAgeMs = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (guardAgeMs > 10_000) rmSync(guard, { force: true });
    return;
  }
  try {
    if (readLock(file)?.sign === sign) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** The lock as it stands: its owner, unless the file is half-written, and a sign that changes with every heartbeat. */
function readLock(file: string): { readonly owner: LockOwner | undefined; readonly sign: string } | undefined {
  try {
    const text = readFileSync(file, "utf8");
    return { owner: parseOwner(text), sign: `${text} ${statSync(file).mtimeMs}` };
  } catch {
    return undefined; // released between two looks
  }
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const { pid, host, nonce }: Partial<LockOwner> = JSON.parse(text);
    return typeof pid === "number" && host !== undefined && nonce !== undefined ? { pid, host, nonce } : undefined;
  } catch {
    return undefined;
  }
}

function createExclusively(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody removed the lock by hand: the work goes on, and its result is still put in place in one step.
  }
}
