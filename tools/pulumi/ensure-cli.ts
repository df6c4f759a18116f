import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pulumiCacheFolder } from "./cache-folder.ts";
import { cliOnPath } from "./cli-on-path.ts";
import { OLDEST_VERSION, PINNED_VERSION } from "./cli-version.ts";
import { downloadCli } from "./download-cli.ts";
import { OLDEST_GO } from "./go-version.ts";
import { oneLine } from "./one-line.ts";
import { placeLanguageHost } from "./place-language-host.ts";
import { prepareCli } from "./prepare-cli.ts";
import { withLock } from "./process-lock.ts";
import { findInFolder, prependToPath } from "./search-path.ts";

/** A Pulumi CLI that is ready to run. */
export interface PulumiCli {
  /** The program's file. */
  readonly pulumi: string;
  /** Such as `3.259.0`. */
  readonly version: string;
  readonly source: "path" | "cache" | "download" | "build";
  /** To be merged over `process.env`: makes this `pulumi`, and the Node that runs now, the first on PATH. */
  readonly env: Record<string, string>;
}

/** What `ensureCli` may be told. */
export interface EnsureCliOptions {
  /** Told each step that takes time, one line a step. */
  readonly log: (line: string) => void;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Puts the official CLI into `root`. @default - the installer of `@pulumi/pulumi/automation` */
  readonly download?: (version: string, root: string) => Promise<void>;
  /** Milliseconds between two lines of progress. @default 15000 */
  readonly progressMs?: number;
}

type Settings = Required<EnsureCliOptions>;

/**
 * Finds a Pulumi CLI with a language host for Node, or brings one: from PATH, from the user's cache, by the official
 * download, by a build from the pinned Go module. Throws one message that lists what was tried, and what to install.
 *
 * Safe to call from several processes at once: one prepares, the others wait and use it. A process that is killed
 * leaves nothing that a later one would take for a CLI.
 */
export async function ensureCli(options: EnsureCliOptions): Promise<PulumiCli> {
  const settings: Settings = { env: process.env, download: downloadCli, progressMs: 15_000, ...options };
  const { env, log } = settings;
  const onPath = await cliOnPath(env);
  if (onPath.ok) return { ...onPath.value, source: "path", env: prependToPath([dirname(process.execPath)], env) };

  const folder = join(pulumiCacheFolder(env), `${PINNED_VERSION}-${process.platform}-${process.arch}`);
  const cached = await cachedCli(folder, "cache", settings);
  if (cached) return cached;

  const unwritable = tryToMake(dirname(folder));
  if (unwritable) throw new Error(noCliMessage([`on PATH: ${onPath.message}`, `cache: ${unwritable}`]));
  const onWait = ({ pid }: { pid: number }) =>
    log(`process ${pid} is preparing Pulumi ${PINNED_VERSION}; waiting for it`);
  return await withLock(`${folder}.lock`, { onWait }, async () => {
    const prepared = await cachedCli(folder, "cache", settings);
    if (prepared) return prepared;
    rmSync(folder, { recursive: true, force: true }); // something that holds no CLI
    log(`no usable Pulumi CLI yet (${onPath.message}); preparing ${PINNED_VERSION} in "${folder}"`);
    const result = await prepareCli(folder, settings);
    const cli = result.ok ? await cachedCli(folder, result.source, settings) : undefined;
    if (!cli) {
      const failures = result.ok ? [] : result.failures;
      throw new Error(noCliMessage([`on PATH: ${onPath.message}`, `cache: nothing in "${folder}"`, ...failures]));
    }
    log(`Pulumi ${PINNED_VERSION} is ready: "${cli.pulumi}"`);
    return cli;
  });
}

/** The CLI in its cache folder, with a language host beside it; undefined when there is none. */
async function cachedCli(
  folder: string,
  source: PulumiCli["source"],
  { env }: Settings,
): Promise<PulumiCli | undefined> {
  const bin = join(folder, "bin");
  const found = findInFolder("pulumi", bin);
  if (!found) return undefined;
  // The official download brings its own host.
  const pulumi = findInFolder("pulumi-language-nodejs", bin) ? found : await placeLanguageHost(found, folder);
  const path = prependToPath([dirname(pulumi), dirname(process.execPath)], env);
  // The version is pinned here, so advice to update it would only mislead.
  return { pulumi, version: PINNED_VERSION, source, env: { ...path, PULUMI_SKIP_UPDATE_CHECK: "true" } };
}

/** Why a folder cannot be made and written, or nothing. */
function tryToMake(folder: string): string | undefined {
  const probe = `${folder}/.writable-${process.pid}`;
  try {
    mkdirSync(probe, { recursive: true });
    return undefined;
  } catch (error) {
    return `"${folder}" cannot be written: ${oneLine(error)}`;
  } finally {
    if (existsSync(probe)) rmSync(probe, { recursive: true });
  }
}

function noCliMessage(tried: readonly string[]): string {
  return [
    "no usable Pulumi CLI; tried in this order:",
    ...tried.map((attempt) => `  - ${attempt}`),
    "install one of these and try again:",
    `  - the Pulumi CLI ${OLDEST_VERSION} or newer, on PATH: https://www.pulumi.com/docs/install/`,
    `  - Go ${OLDEST_GO} or newer, on PATH, with which the CLI is built once: https://go.dev/dl/`,
  ].join("\n");
}
