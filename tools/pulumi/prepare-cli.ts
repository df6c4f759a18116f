import { join } from "node:path";
import type { Parsed } from "../../model/prefix.ts";
import { type BuildOptions, buildCli } from "./build-cli.ts";
import { versionOf } from "./cli-on-path.ts";
import { PINNED_VERSION } from "./cli-version.ts";
import { makeFolder } from "./make-folder.ts";
import { oneLine } from "./one-line.ts";
import { findInFolder } from "./search-path.ts";

/** How the pinned CLI is brought. */
export interface PrepareOptions extends BuildOptions {
  /** Puts the official CLI into `root` as `bin/pulumi`, with its language hosts. */
  readonly download: (version: string, root: string) => Promise<void>;
}

/** Which way worked, or why each did not. */
export type Prepared =
  | { readonly ok: true; readonly source: "download" | "build" }
  | { readonly ok: false; readonly failures: readonly string[] };

/** Puts the pinned CLI into `folder`, which must not exist: whole, running and of that version, or not at all. */
export async function prepareCli(folder: string, options: PrepareOptions): Promise<Prepared> {
  const failures: string[] = [];
  for (const source of ["download", "build"] as const) {
    const brought = await attempt(folder, async (partial) => {
      const filled = source === "download" ? await download(partial, options) : await build(partial, options);
      return filled.ok ? await verified(partial, options.env) : filled;
    });
    if (brought.ok) return { ok: true, source };
    options.log(`  ${source} failed: ${brought.message}`);
    failures.push(`${source}: ${brought.message}`);
  }
  return { ok: false, failures };
}

async function download(folder: string, options: PrepareOptions): Promise<Parsed<string>> {
  options.log(`downloading Pulumi ${PINNED_VERSION}`);
  await options.download(PINNED_VERSION, folder);
  return { ok: true, value: PINNED_VERSION };
}

async function build(folder: string, options: PrepareOptions): Promise<Parsed<string>> {
  return await buildCli(join(folder, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi"), options);
}

async function attempt(folder: string, fill: (partial: string) => Promise<Parsed<string>>): Promise<Parsed<string>> {
  try {
    await makeFolder(folder, async (partial) => {
      const filled = await fill(partial);
      if (!filled.ok) throw new Error(filled.message);
    });
    return { ok: true, value: folder };
  } catch (error) {
    return { ok: false, message: oneLine(error) };
  }
}

async function verified(folder: string, env: NodeJS.ProcessEnv): Promise<Parsed<string>> {
  const pulumi = findInFolder("pulumi", join(folder, "bin"));
  if (!pulumi) return { ok: false, message: "it brought no program" };
  const version = await versionOf(pulumi, env);
  if (!version.ok || version.value === PINNED_VERSION) return version;
  return { ok: false, message: `it brought version ${version.value}, not ${PINNED_VERSION}` };
}
