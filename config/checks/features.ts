import { features as knownFeatures } from "../../catalogue/features.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem } from "../finding.ts";

/** Every optional feature has documented endpoints in the environment's cloud. */
export function* checkFeatures({ cloud, features }: Environment): Generator<Finding> {
  for (const [index, id] of features.entries()) {
    const clouds = knownFeatures().find((feature) => feature.id === id)?.clouds ?? [];
    if (!clouds.includes(cloud)) {
      yield problem(["features", index], `feature "${id}" has no documented endpoints in the cloud "${cloud}"`);
    }
  }
}
