import { z } from "zod";

/** Where something is in the value of a configuration key: object keys and array indices. */
export type ProblemPath = readonly (string | number)[];

/** One thing that is wrong, or probably wrong, with the configuration. */
export interface Problem {
  /** The configuration key with its namespace, for example `windows365-network:environment`. */
  readonly key: string;
  /** Where in the value of that key; empty for the whole of it. */
  readonly path: ProblemPath;
  /** What is wrong, what was given and what would be right, in one line. */
  readonly message: string;
}

/** The namespace of this project's configuration keys: the name in `Pulumi.yaml`. */
export const configNamespace = "windows365-network";

/** The key that holds the environment. */
export const environmentKey = `${configNamespace}:environment`;

/**
 * Every problem in the order given, as one text:
 * ```
 * config windows365-network:environment is not valid
 * ✖ key "dsnServers" is not known; did you mean "dnsServers"?
 *   → at regions[0].dsnServers
 * ```
 */
export function renderProblems(problems: readonly Problem[]): string {
  const byKey = Map.groupBy(problems, ({ key }) => key);
  return [...byKey]
    .map(([key, ofKey]) => [`config ${key} is not valid`, ...ofKey.map((problem) => renderProblem(problem))].join("\n"))
    .join("\n");
}

/** One problem or warning, with its place on a second line. */
export function renderProblem({ path, message }: Problem, mark = "✖"): string {
  return path.length === 0 ? `${mark} ${message}` : `${mark} ${message}\n  → at ${z.core.toDotPath(path)}`;
}
