import type { ProblemPath } from "./problem.ts";

/** What a check says about an environment that has the right shape. */
export interface Finding {
  /** A problem stops everything; a warning is legal but likely wrong. */
  readonly severity: "problem" | "warning";
  readonly path: ProblemPath;
  readonly message: string;
}

/** Something that cannot be deployed or cannot work. */
export function problem(path: ProblemPath, message: string): Finding {
  return { severity: "problem", path, message };
}

/** Something that is legal but likely wrong. */
export function warning(path: ProblemPath, message: string): Finding {
  return { severity: "warning", path, message };
}
