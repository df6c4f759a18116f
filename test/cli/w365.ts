import { fileURLToPath } from "node:url";
import type { CommandIo } from "../../cli/command-io.ts";
import { runCommandLine } from "../../cli/run-command-line.ts";

/** What a run of the command wrote, and how it ended. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `w365` in this process, on a fixed day and with no terminal. */
export async function w365(args: readonly string[], io: Partial<CommandIo> = {}): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine([...args], {
    report: (text) => void out.push(text),
    note: (text) => void err.push(text),
    today: () => "2026-11-21",
    fetchText: () => Promise.reject(new Error("no network in this test")),
    ...io,
  });
  return { code, out: out.join(""), err: err.join("") };
}

/** The path of a fixture of these tests. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** A hub with firewall and VPN gateway, a spoke with a subnet for each way out. */
export const hubAndSpoke = ["--arm", fixture("hub-and-spoke.json")];
