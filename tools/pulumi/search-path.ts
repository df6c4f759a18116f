import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** File name endings that a program may have: Windows finds programs by them. */
const EXTENSIONS = process.platform === "win32" ? [".exe", ".cmd"] : [""];

/** The first program of this name on the PATH of `env`, or undefined. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (env[pathVariable(env)] ?? "").split(delimiter)) {
    const found = folder === "" ? undefined : findInFolder(name, folder);
    if (found) return found;
  }
  return undefined;
}

/** The program of this name in one folder, or undefined. */
export function findInFolder(name: string, folder: string): string | undefined {
  return EXTENSIONS.map((extension) => join(folder, `${name}${extension}`)).find(isExecutable);
}

/** The PATH variable of `env` with folders put in front, under the name that `env` gives it (Windows writes `Path`). */
export function prependToPath(folders: readonly string[], env: NodeJS.ProcessEnv): Record<string, string> {
  const variable = pathVariable(env);
  const rest = env[variable] ? [env[variable]] : [];
  return { [variable]: [...folders, ...rest].join(delimiter) };
}

function pathVariable(env: NodeJS.ProcessEnv): string {
  return Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
