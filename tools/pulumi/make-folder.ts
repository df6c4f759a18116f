import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAlive } from "./is-alive.ts";

/**
 * Makes a folder whole or not at all: `fill` works in a sibling, which is renamed when it is done and removed when it
 * fails. Siblings that a killed process has left are swept first. A folder that another process has put in place
 * meanwhile is kept.
 */
export async function makeFolder(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  sweepPartials(folder);
  const partial = `${folder}.partial-${process.pid}-${randomBytes(4).toString("hex")}`;
  mkdirSync(partial);
  try {
    await fill(partial);
    if (!existsSync(folder)) rename(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function rename(partial: string, folder: string): void {
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process was first, with the same contents
  }
}

function sweepPartials(folder: string): void {
  const prefix = `${basename(folder)}.partial-`;
  for (const name of readdirSync(dirname(folder)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split("-")[0]);
    if (!isAlive(pid)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}
