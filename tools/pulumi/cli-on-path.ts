import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import type { Parsed } from "../../model/prefix.ts";
import { formatVersion, isNewEnough, OLDEST_VERSION, parseVersion } from "./cli-version.ts";
import { runCommand } from "./run-command.ts";
import { findInFolder, findOnPath } from "./search-path.ts";

/** A Pulumi CLI on this machine. */
export interface FoundCli {
  /** The program's file. */
  readonly pulumi: string;
  /** Such as `3.259.0`. */
  readonly version: string;
}

/** The CLI on PATH, or why there is none that this project can use. */
export async function cliOnPath(env: NodeJS.ProcessEnv): Promise<Parsed<FoundCli>> {
  const pulumi = findOnPath("pulumi", env);
  if (!pulumi) return { ok: false, message: 'no "pulumi" on PATH' };
  const version = await versionOf(pulumi, env);
  if (!version.ok) return version;
  const host = findInFolder("pulumi-language-nodejs", dirname(realpathSync(pulumi)));
  if (!host && !findOnPath("pulumi-language-nodejs", env)) {
    return {
      ok: false,
      message: `"${pulumi}" ${version.value} has no "pulumi-language-nodejs" beside it or on PATH`,
    };
  }
  return { ok: true, value: { pulumi, version: version.value } };
}

/** The version of a CLI, which must start and be new enough. */
export async function versionOf(pulumi: string, env: NodeJS.ProcessEnv): Promise<Parsed<string>> {
  const result = await runCommand(pulumi, ["version"], { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
  if (!result.ok) {
    return { ok: false, message: `"${pulumi} version" failed: ${result.stderrLines.at(-1) ?? "it printed nothing"}` };
  }
  const version = parseVersion(result.stdout);
  if (!version) return { ok: false, message: `"${pulumi} version" printed "${result.stdout.trim()}", not a version` };
  const oldest = parseVersion(OLDEST_VERSION);
  if (oldest && !isNewEnough(version, oldest)) {
    return { ok: false, message: `"${pulumi}" is ${formatVersion(version)}; ${OLDEST_VERSION} or newer is needed` };
  }
  return { ok: true, value: formatVersion(version) };
}
