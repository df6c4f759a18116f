import { type Problem, renderProblem } from "../../readers/problem.ts";
import { InputError } from "../input-error.ts";

/** Throws one `InputError` that lists every problem, if there is any; so nobody has to mend an input one error at a time. */
export function throwProblems(problems: readonly Problem[]): void {
  const lines = problems.map(renderProblem);
  const [only, second] = lines;
  if (only === undefined) return;
  throw new InputError(
    second === undefined ? only : `${lines.length} problems\n${lines.map((line) => `  ${line}`).join("\n")}`,
  );
}

/** A problem of an option's value: `--port: "70000" is not …`. */
export function optionProblem(option: string, message: string): Problem {
  return { file: option, line: 0, message };
}

/** Refuses an option's value where it is the only problem that can still be found. */
export function refuseOption(option: string, message: string): never {
  throw new InputError(renderProblem(optionProblem(option, message)));
}
