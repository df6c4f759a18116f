import { basename, dirname, resolve } from "node:path";
import { parseSettings, type Settings, settingKeys } from "./parse-settings.ts";
import { environmentKey, type Problem, type ProblemPath } from "./problem.ts";
import { type FileLocation, readYamlFile, type YamlFile } from "./yaml-file.ts";

/** A problem or warning with the place in a file that is to blame. */
export interface LocatedProblem extends Problem {
  readonly location: FileLocation;
}

/** The settings of a stack file, or everything that is wrong with it. */
export type LoadedFile =
  | {
      readonly ok: true;
      readonly stackName: string;
      readonly settings: Settings;
      readonly warnings: readonly LocatedProblem[];
      /** Where in the files a part of the environment is written. */
      readonly locate: (path: ProblemPath) => FileLocation;
      /** The configuration as the engine would hand it to the program; values of secrets are not in it. */
      readonly values: ReadonlyMap<string, unknown>;
    }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/**
 * Reads the configuration of a stack from its `Pulumi.<stack>.yaml`, with no engine and no login. Encrypted values count
 * as set, and the secrets that the environment names may be missing, because nothing is deployed from here.
 */
export function loadStackFile(file: string): LoadedFile {
  const stack = readYamlFile(file);
  if (!stack.ok) return { ok: false, problems: [unreadable("config", stack)] };
  const values = new Map(Object.entries(mappingAt(stack.value, "config")));
  const secretKeys = new Set([...values].filter(([, value]) => isEncrypted(value)).map(([key]) => key));
  const shared = readSharedFile(file, values.get(settingKeys.environmentFile));
  if (shared?.ok === false) return { ok: false, problems: [unreadable(settingKeys.environmentFile, shared)] };

  const stackName = /^Pulumi\.(.+)\.ya?ml$/.exec(basename(file))?.[1] ?? basename(file);
  const parsed = parseSettings({
    stackName,
    values,
    secretKeys,
    secretsRequired: false,
    ...(shared !== undefined && { sharedEnvironment: shared.value }),
  });
  const inShared = shared !== undefined && !values.has(environmentKey);
  const locate = (key: string, path: ProblemPath) =>
    inShared && key === environmentKey ? shared.locate(path) : stack.locate(["config", key, ...path]);
  const located = (problems: readonly Problem[]) =>
    problems.map((problem) => ({ ...problem, location: locate(problem.key, problem.path) }));
  if (!parsed.ok) return { ok: false, problems: located(parsed.problems) };
  return {
    ok: true,
    stackName,
    settings: parsed.settings,
    warnings: located(parsed.warnings),
    locate: (path) => locate(environmentKey, path),
    values,
  };
}

function readSharedFile(stackFile: string, named: unknown): YamlFile | undefined {
  return named === undefined ? undefined : readYamlFile(resolve(dirname(stackFile), String(named)));
}

function unreadable(key: string, { message, location }: YamlFile & { readonly ok: false }): LocatedProblem {
  return { key, path: [], message, location };
}

/** Pulumi writes an encrypted value as `secure: <cipher text>`. */
function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "secure";
}

function mappingAt(value: unknown, key: string): object {
  const part: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof part === "object" && part !== null ? part : {};
}
