import type { Environment } from "../environment.ts";
import { type Finding, problem } from "../finding.ts";
import { nameProblem, patternProblem } from "../naming.ts";
import { type PlannedName, plannedNames } from "../planned-names.ts";
import { didYouMean } from "../suggest.ts";

/** Azure accepts every name that the pattern and the overrides make, and no two are the same where that matters. */
export function* checkNames(environment: Environment): Generator<Finding> {
  const { pattern, overrides } = environment.naming;
  const wrong = patternProblem(pattern);
  if (wrong !== undefined) {
    yield problem(["naming", "pattern"], wrong);
    return;
  }
  const planned = plannedNames(environment);
  const keys = planned.map(({ key }) => key);
  for (const key of Object.keys(overrides)) {
    if (!keys.includes(key)) {
      const suggestion = didYouMean(key, keys) || '; keys are a kind and a name, such as "virtualNetwork/weu"';
      yield problem(
        ["naming", "overrides", key],
        `override "${key}" names no resource of this environment${suggestion}`,
      );
    }
  }
  const taken = new Map<string, PlannedName>();
  for (const name of planned) {
    const path = Object.hasOwn(overrides, name.key) ? ["naming", "overrides", name.key] : ["naming", "pattern"];
    const refused = nameProblem(name.kind, name.name);
    if (refused !== undefined) yield problem(path, refused);
    const unique = `${name.kind} ${name.scope} ${name.name}`.toLowerCase();
    const other = taken.get(unique);
    // Equal keys come from equal names, which is a problem of its own.
    if (other !== undefined && other.key !== name.key) {
      yield problem(path, `"${other.key}" and "${name.key}" would both be named "${name.name}"; override one of them`);
    }
    taken.set(unique, name);
  }
}
