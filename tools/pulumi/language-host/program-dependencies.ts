import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An npm package that a program names in its `package.json`, with the version that is installed. */
export interface ProgramDependency {
  readonly name: string;
  /** Empty when the package is not installed. */
  readonly version: string;
}

/** The direct dependencies of the program in `folder`, for `pulumi about`. Indirect ones are not listed. */
export function programDependencies(folder: string): ProgramDependency[] {
  const manifest = findUp(folder, "package.json");
  if (!manifest) return [];
  const { dependencies = {} }: { dependencies?: Record<string, string> } = readJson(manifest);
  return Object.keys(dependencies).map((name) => ({ name, version: installedVersion(dirname(manifest), name) }));
}

function installedVersion(folder: string, name: string): string {
  const manifest = findUp(folder, join("node_modules", name, "package.json"));
  if (!manifest) return "";
  const { version = "" }: { version?: string } = readJson(manifest);
  return version;
}

function findUp(folder: string, file: string): string | undefined {
  const candidate = join(folder, file);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : findUp(parent, file);
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}
